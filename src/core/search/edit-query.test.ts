import { expect, test } from 'vitest';
import {
  HUMAN,
  indexOf,
  MOUSE,
  placeOf,
  searchDocument,
} from '../../../tests/support/sites/small-search.ts';
import { dandisetQueries, withPartAs, withoutParts } from './edit-query.ts';
import type { DocumentValue } from './search-document.ts';

const person = (id: string, label: string): DocumentValue => ({ facet: 'contributor', id, label });
const JANE = person('0000-0001-2345-6789', 'Doe, Jane');
const OTHER_JANE = person('doe jane', 'Doe, Jane');
const DEER: DocumentValue = {
  facet: 'species',
  id: 'peromyscus',
  label: 'Peromyscus',
  note: 'Deer mouse',
};
const QUOTED: DocumentValue = { facet: 'technique', id: 'the big probe', label: 'The "big" probe' };
const index = indexOf([
  searchDocument('000003', 'One', { values: [MOUSE, JANE, QUOTED] }),
  searchDocument('000004', 'Two', { values: [HUMAN, OTHER_JANE] }),
  searchDocument('000005', 'Three', { values: [DEER] }),
]);
const toggle = (text: string, value: DocumentValue): string =>
  dandisetQueries.toggleValue(index, text, value.facet, placeOf(index, value));

test.each([
  ['is written by its name', 'cortex', HUMAN, 'cortex species:"Homo sapiens"'],
  ['goes again', 'cortex species:"Homo sapiens"', HUMAN, 'cortex'],
  ['goes by whatever name it came', 'species:9606 cortex', HUMAN, 'cortex'],
  [
    'joins others',
    'species:"Mus musculus"',
    HUMAN,
    'species:"Mus musculus" species:"Homo sapiens"',
  ],
  ['leaves the others that one word meant', 'species:mouse', DEER, 'species:"Mus musculus"'],
  ['stands beside its exclusion', '-species:human', HUMAN, '-species:human species:"Homo sapiens"'],
  ['is written by identifier where two are called so', '', JANE, `contributor:${JANE.id}`],
  ['that has nothing but its name says so', '', OTHER_JANE, 'contributor:"=Doe, Jane"'],
  ['loses its quotes', '', QUOTED, 'technique:"The big probe"'],
])('a value that is toggled %s', (_, text, value, expected) => {
  expect(toggle(text, value)).toBe(expected);
});

test.each([MOUSE, HUMAN, DEER, JANE, OTHER_JANE, QUOTED])(
  '$id alone is chosen by a click',
  (one) => {
    expect([...dandisetQueries.chosenValues(index, toggle('', one), one.facet)]).toEqual([
      placeOf(index, one),
    ]);
  },
);

test.each([
  ['a', '1', '', 'a files:1..'],
  ['a files:>3 b', '1', '5', 'a b files:1..5'],
  ['files:>3 -files:7', '', '', '-files:7'],
  ['', '', '10 000', 'files:..10000'],
])('a range in “%s” from “%s” to “%s”', (text, from, to, expected) => {
  expect(dandisetQueries.withRange(text, 'files', from, to)).toBe(expected);
});

test('parts are removed without leaving blanks behind, or change in place', () => {
  expect(withoutParts('a b c', [{ start: 2, end: 3 }])).toBe('a c');
  expect(
    withoutParts('a b c', [
      { start: 0, end: 1 },
      { start: 4, end: 5 },
    ]),
  ).toBe('b');
  expect(withPartAs('a hipo c', { start: 2, end: 6 }, 'hippo')).toBe('a hippo c');
});
