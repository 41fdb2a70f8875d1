import { expect, test } from 'vitest';
import {
  HUMAN,
  indexOf,
  MOUSE,
  searchDocument,
  wordsIndexOf,
} from '../../../tests/support/sites/small-search.ts';
import { looserQueries, withPhrasesApart } from './looser-queries.ts';
import { parseQuery } from './query.ts';

const documents = [
  searchDocument('000003', 'Granule cells', { values: [MOUSE] }),
  searchDocument('000004', 'Granule and other cells', { values: [MOUSE] }),
  searchDocument('000005', 'Mossy fibres', { values: [HUMAN] }),
];
const index = indexOf(documents);
const words = wordsIndexOf(documents);

function looser(text: string): [without: string, text: string, count: number][] {
  const query = parseQuery(text);
  const matches = query.terms.map((term) => words.rowsOf(term.text));
  return looserQueries(index, text, { query, matches, order: 'best' }).map((one) => [
    one.without,
    one.text,
    one.count,
  ]);
}

test.each([
  [
    'granule species:human',
    [
      ['species:human', 'granule', 2],
      ['granule', 'species:human', 1],
    ],
  ],
  [
    'mossy granule bytes:<1TB',
    [
      ['mossy', 'granule bytes:<1TB', 2],
      ['granule', 'mossy bytes:<1TB', 1],
    ],
  ],
  // No single part is to blame: each is searched alone then.
  [
    'mossy granule species:human bytes:>1TB',
    [
      ['mossy species:human bytes:>1TB', 'granule', 2],
      ['granule species:human bytes:>1TB', 'mossy', 1],
      ['mossy granule bytes:>1TB', 'species:human', 1],
    ],
  ],
  ['bytes:>1TB', [['bytes:>1TB', '', 3]]],
  ['xyzzyqq', []],
] as const)('%s is loosened', (text, expected) => {
  expect(looser(text)).toEqual(expected);
});

test.each([
  ['"mossy granule" x', 'mossy granule x'],
  ['“a b” -"c d" "e-f"', 'a b -"c d" e f'],
  ['"one" two-photon', undefined],
])('%s with the words of its phrases apart', (text, expected) => {
  expect(withPhrasesApart(text, parseQuery(text))).toBe(expected);
});
