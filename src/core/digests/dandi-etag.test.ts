import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { dandiEtag, planParts } from './dandi-etag.ts';

const TIB = 1024 ** 4;

test.each([
  [0, 67108864, 0],
  [1, 67108864, 1],
  [67108864, 67108864, 1],
  [67108865, 67108864, 2],
  [TIB, 109951163, 10000],
])('a file of %i bytes is cut into parts of %i: %i of them', (size, partSize, count) => {
  expect(planParts(size)).toEqual({ partSize, count });
});

test('the last part of a large file is what is left', () => {
  const { partSize, count } = planParts(TIB);
  expect(TIB - partSize * (count - 1)).toBe(109948939);
});

test.each([-1, 0.5, 5 * TIB + 1, Number.NaN])('%d bytes are refused', (size) => {
  expect(() => planParts(size)).toThrow(RangeError);
});

test('an empty file has no parts, and a small one has one', () => {
  expect(dandiEtag([])).toBe('d41d8cd98f00b204e9800998ecf8427e-0');
  const part = createHash('md5').update('hello one').digest();
  expect(dandiEtag([part])).toBe('a4b384fe9d35d43770dc478a96c9515c-1');
});
