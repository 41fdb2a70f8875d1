import { expect, test } from 'vitest';
import { editDistance, nearestWords } from './nearest-words.ts';

const WORDS = [
  'hippocampus',
  'campus',
  'cortex',
  'vortex',
  'mouse',
  'mice',
  '000004',
  'ca1',
  'nwb',
];

test.each([
  ['hipocampus', ['hippocampus']],
  ['hippocmapus', ['hippocampus']],
  ['coretx', ['cortex']],
  // The first letter is seldom wrong.
  ['cartex', ['cortex']],
  ['mouze', ['mouse']],
  ['xyzzyqq', []],
  // Short words and numbers are near to everything.
  ['nbw', []],
  ['000005', []],
])('%s may mean %j', (word, expected) => {
  expect(nearestWords(word, WORDS, 3).map((near) => near.word)).toEqual(expected);
});

test('words that begin alike come first, and no more than requested', () => {
  expect(nearestWords('cortax', ['vortax', 'cortix', 'cortex'], 2).map(({ word }) => word)).toEqual(
    ['cortex', 'cortix'],
  );
});

test.each([
  ['kitten', 'sitting', 3],
  ['ab', 'ba', 1],
  ['', 'abc', 3],
  ['abcd', '', Infinity],
])('from “%s” to “%s”', (from, to, distance) => {
  expect(editDistance(from, to, 3)).toBe(distance);
});
