import { expect, test } from 'vitest';
import {
  namesOf,
  searchDocument,
  wordsIndexOf,
} from '../../../tests/support/sites/small-search.ts';
import { parseQuery } from './query.ts';
import { matchTerms, type TextAnswer } from './text-search.ts';
import { intersect } from './run-search.ts';

const MOUSE = ['house mouse', 'mouse', 'mice'];
const PATCH = ['patch clamp', 'whole cell', 'icephys'];
const documents = [
  searchDocument('000001', 'Mouse hippocampus', { named: [MOUSE] }),
  searchDocument('000002', 'Something of a murine kind', { named: [MOUSE, PATCH] }),
  searchDocument('000003', 'The clamp of a patch', {}),
  searchDocument('000004', 'The growth rate of rats and c-Fos', { moreWords: ['cfos', 'oconnor'] }),
  searchDocument('000005', 'A rat', {}),
];
const index = wordsIndexOf(documents);
const names = namesOf(documents);
const answer = (text: string): Promise<TextAnswer> =>
  matchTerms(parseQuery(text).terms, index, names, async () => new Set([3]));
const found = async (text: string): Promise<number[]> =>
  [...intersect((await answer(text)).matches).keys()].sort();

test.each([
  ['mice', [0, 1]],
  ['Mouse', [0, 1]],
  ['house mice', [0, 1]],
  ['house-mouse', [0, 1]],
  // Texts with the words apart, and texts about what they name.
  ['patch clamp', [1, 2]],
  ['whole-cell', [1]],
  ['icephys mouse', [1]],
  ['mice hippocampus', [0]],
  // In quotes, what is written is meant.
  ['"mice"', []],
  ['"mouse"', [0]],
  ['"rat"', [4]],
  ['rat', [3, 4]],
  ['c-fos', [3]],
  ["O'Connor", [3]],
  ['xyzzyqq', []],
])('%s finds the rows %j', async (text, rows) => expect(await found(text)).toEqual(rows));

test('an excluded name excludes all that it names', async () => {
  const { matches } = await answer('-mice');
  expect([...(matches[0]?.keys() ?? [])].sort()).toEqual([0, 1]);
});

test('names that find more are reported, one that finds no more is not', async () => {
  const reported = async (text: string): Promise<string[]> =>
    names.otherNames((await answer(text)).widening);
  expect(await reported('mice')).toEqual(['mouse']);
  expect(await reported('patch clamp')).toEqual(['whole cell', 'icephys']);
  expect(await reported('"mice"')).toEqual([]);
  expect(await reported('hippocampus')).toEqual([]);
});

test('a whole word is distinguished from a longer one', async () => {
  const matches = (await answer('rat')).matches[0];
  expect(matches?.get(4)?.isWhole).toBe(true);
  // Its plural is as good; `rate` alone would not be.
  expect(matches?.get(3)?.isWhole).toBe(true);
  expect((await answer('growt')).matches[0]?.get(3)?.isWhole).toBe(false);
});

test('a name is known though no text has its words', async () => {
  expect((await answer('icephys')).unknown.size).toBe(0);
  expect((await answer('icephyz')).unknown.size).toBe(1);
});
