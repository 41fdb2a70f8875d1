import { expect, it } from 'vitest';
import { toBasePath } from '../catalog/addresses.ts';
import { listPages } from './list-pages.ts';

it('cuts long lists into pages and has one page for an empty list', () => {
  const pages = listPages([1, 2, 3, 4, 5], '/x/', 2);
  expect(pages.map((page) => page.rows)).toEqual([[1, 2], [3, 4], [5]]);
  expect(pages[2]?.addresses).toEqual(['/x/', '/x/page/2/', '/x/page/3/']);
  expect(listPages([], '/x/')).toHaveLength(1);
});

it('makes any spelling of a base path begin and end with one slash', () => {
  expect(['', '/', 'a', '/a/b/', '//a//'].map(toBasePath)).toEqual([
    '/',
    '/',
    '/a/',
    '/a/b/',
    '/a/',
  ]);
  expect(toBasePath(undefined)).toBe('/');
});
