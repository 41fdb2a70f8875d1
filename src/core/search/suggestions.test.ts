import { expect, test } from 'vitest';
import {
  HUMAN,
  indexOf,
  MOUSE,
  searchDocument,
} from '../../../tests/support/sites/small-search.ts';
import { suggestionsFor } from './suggestions.ts';

const index = indexOf([
  searchDocument('000003', 'Mouse', { values: [MOUSE] }),
  searchDocument('000004', 'Human', { values: [HUMAN, { ...MOUSE }] }),
]);
const offered = (text: string, found: number[] = []): (string | number)[] =>
  suggestionsFor(index, text, found).map((one) => (one.kind === 'dandiset' ? one.row : one.text));

test.each([
  ['spec', ['species:']],
  ['cortex -spec', ['cortex -species:']],
  ['species:hum', ['species:"Homo sapiens" ']],
  ['a -species:"homo s', ['a -species:"Homo sapiens" ']],
  // An operator alone offers all values, the most frequent first.
  ['species:', ['species:"Mus musculus" ', 'species:"Homo sapiens" ']],
  ['house mo', ['house species:"Mus musculus" ']],
  ['cortex mouse', ['cortex species:"Mus musculus" ']],
  // Nothing is completed after what is not an operator, or is a range.
  ['colour:hum', []],
  ['bytes:1', []],
  ['', []],
  ['species:"mouse" ', []],
  ['__proto__:', []],
  ['species:(', ['species:"Mus musculus" ', 'species:"Homo sapiens" ']],
])('“%s” is completed', (text, expected) => {
  expect(offered(text)).toEqual(expected);
});

test('after a closed quote only what is found is offered', () => {
  expect(offered('"granule cells"', [1])).toEqual([1]);
});

test('what is found comes before values and leaves them room', () => {
  const rows = Array.from({ length: 20 }, (_, row) => row);
  expect(offered('mouse', rows)).toEqual([0, 1, 2, 3, 4, 5, 6, 'species:"Mus musculus" ']);
  expect(offered('xyz', rows)).toHaveLength(8);
});
