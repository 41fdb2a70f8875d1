// Strangers' lists: what a reader does is bounded by what can be read in them.

import { expect, it } from 'vitest';
import { parseAssetLine, readableAssets, readLines } from './asset-list.ts';

const good = '{"path":"z","size":1,"metadata":{}}\n';
const paths = (text: string): string[] =>
  [...readableAssets(new TextEncoder().encode(text))].map(({ path }) => path);
const wide = (metadata: string): string => `{"path":"z","size":1,"metadata":{${metadata}}}`;

it('reading ends after 1,000 lines that cannot be read', () => {
  expect(paths('x\n'.repeat(999) + good)).toEqual(['z']);
  expect(paths(good + 'x\n'.repeat(1000) + good)).toEqual(['z']);
  expect([...readLines('x\n'.repeat(5000))]).toHaveLength(1000);
});

it.each([
  ['a million approaches', `"approach":[${Array(1_000_000).fill('{}').join()}]`],
  ['a million digests', `"digest":{${Array.from({ length: 1e6 }, (_, at) => `"${at}":1`).join()}}`],
  ['a million lists in lists', `"x":[${Array(100_000).fill('[[[[[[[[[]]]]]]]]]').join()}]`],
])('an asset of %s cannot be read', (_what, metadata) => {
  const line = parseAssetLine(wide(metadata));
  expect(line).toEqual({ ok: false, message: 'holds more than 10,000 values' });
  expect(paths(`${wide(metadata)}\n${good}`)).toEqual(['z']);
});

it('an asset of 9,000 values can', () => {
  const line = parseAssetLine(wide(`"variableMeasured":[${Array(9000).fill('1').join()}]`));
  expect(line.ok).toBe(true);
});
