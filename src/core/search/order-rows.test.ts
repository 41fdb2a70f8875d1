import { expect, test } from 'vitest';
import { indexOf, searchDocument } from '../../../tests/support/sites/small-search.ts';
import type { DocumentValue, SearchDocument } from './search-document.ts';
import { isSearchOrder, orderRows, SEARCH_ORDERS } from './order-rows.ts';

const unknown: (keyof SearchDocument)[] = ['day', 'bytes', 'files', 'subjects'];
const bare = searchDocument('000002', 'Ärger 10');
for (const key of unknown) delete bare[key];
const index = indexOf([
  bare,
  searchDocument('000003', 'arger 9', {
    day: '2022-05-01',
    version: 'draft',
    files: 5,
    subjects: 9,
  }),
  searchDocument('000004', 'Zebra', { files: 50, subjects: 2 }),
  searchDocument('000005', 'bear', { day: '2024-01-02', files: 0, subjects: 2, bytes: 1 }),
]);
const all = index.rows.map((_, row) => row);

// Rows without the value come last; equal ones are ordered by their numbers.
test.each([
  ['newest', [2, 3, 1, 0]],
  ['oldest', [1, 2, 3, 0]],
  ['name', [1, 0, 3, 2]],
  ['size', [2, 1, 3, 0]],
  ['files', [2, 1, 3, 0]],
  ['subjects', [1, 2, 3, 0]],
  ['identifier', [0, 1, 2, 3]],
  ['best', [2, 3, 1, 0]],
] as const)('%s', (order, expected) => {
  expect(orderRows(index, all, order, new Map())).toEqual(expected);
});

test('the best match has the most weight, whatever the day; an exact one comes before all', () => {
  const weights = new Map([
    [0, 1],
    [1, 3],
    [2, 1],
    [3, Infinity],
  ]);
  expect(orderRows(index, all, 'best', weights)).toEqual([3, 1, 2, 0]);
  expect(orderRows(index, all, 'identifier', weights)).toEqual(all);
});

test('of equal matches those with files come first, then published ones, then the newest', () => {
  const state = (id: string): DocumentValue => ({ facet: 'status', id, label: id });
  const rows = [
    searchDocument('000001', 'Empty', { values: [state('empty')], day: '2025-01-01' }),
    searchDocument('000002', 'Draft', { status: 'draft', day: '2025-01-01' }),
    searchDocument('000003', 'Old', { day: '2020-01-01' }),
    searchDocument('000004', 'New', { day: '2024-01-01' }),
  ];
  const equal = new Map(rows.map((_, row) => [row, 1]));
  expect(orderRows(indexOf(rows), [0, 1, 2, 3], 'best', equal)).toEqual([3, 2, 1, 0]);
  expect(orderRows(indexOf(rows), [0, 1, 2, 3], 'newest', equal)).toEqual([0, 1, 3, 2]);
});

test('every order is known by its name, and nothing else is', () => {
  expect(Object.keys(SEARCH_ORDERS).every(isSearchOrder)).toBe(true);
  for (const text of ['__proto__', 'toString', '', null, undefined])
    expect(isSearchOrder(text)).toBe(false);
});
