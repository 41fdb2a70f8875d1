import { expect, test } from 'vitest';
import { requestedPage } from './list-page.ts';

const page = (query: string, count: number): [number, number, boolean] | undefined => {
  const found = requestedPage(new URLSearchParams(query), count);
  return found && [found.from, found.to, found.isLast];
};

test.each<[query: string, count: number, found: [number, number, boolean] | undefined]>([
  ['', 3, [0, 3, true]],
  ['page=1', 0, [0, 0, true]],
  ['page=2', 0, undefined],
  ['page=2&page_size=2', 3, [2, 3, true]],
  ['page=1&page_size=2', 3, [0, 2, false]],
  ['page=3&page_size=2', 3, undefined],
  ['page=last&page_size=2', 5, [4, 5, true]],
  ['page_size=100000', 2500, [0, 1000, false]],
  ['page=02&page_size=1', 2, [1, 2, true]],
  // What is no size is ignored, as DANDI does; what is no page is not found.
  ['page_size=0', 3, [0, 3, true]],
  ['page_size=-1', 3, [0, 3, true]],
  ['page_size=many', 3, [0, 3, true]],
  ['page=', 3, [0, 3, true]],
  ['page=0', 3, undefined],
  ['page=-1', 3, undefined],
  ['page=1e3', 3, undefined],
  [`page=${'9'.repeat(15)}`, 3, undefined],
  [`page=${'9'.repeat(5000)}`, 3, undefined],
])('%s of %d', (query, count, found) => {
  expect(page(query, count)).toEqual(found);
});
