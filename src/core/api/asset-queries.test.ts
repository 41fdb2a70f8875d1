import { expect, it } from 'vitest';
import { globTest, pathEntries, withPathPrefix } from './asset-queries.ts';

const assets = ['README', 'sub-1/a.nwb', 'sub-1/b.nwb', 'sub-1/ses/c.nwb', 'sub-10/a.nwb'].map(
  (path, index) => ({ asset_id: `id${index}`, path, size: index + 1 }),
);
const paths = (found: readonly { path: string }[]): string[] => found.map(({ path }) => path);

it('treats a path as a beginning, and returns an exact match alone', () => {
  expect(paths(withPathPrefix(assets, 'sub-1'))).toHaveLength(4);
  expect(paths(withPathPrefix(assets, 'sub-1/'))).toHaveLength(3);
  expect(paths(withPathPrefix(assets, 'sub-1/a.nwb'))).toEqual(['sub-1/a.nwb']);
});

it('treats only the star as special in a pattern', () => {
  const match = (glob: string): string[] =>
    paths(assets.filter(({ path }) => globTest(glob)(path)));
  expect(match('SUB-*/A.nwb')).toEqual(['sub-1/a.nwb', 'sub-10/a.nwb']);
  expect(match('*c.nwb')).toEqual(['sub-1/ses/c.nwb']);
  expect(match('sub-1?/a.nwb')).toEqual([]);
  expect(match('README')).toEqual(['README']);
  expect(globTest('ab*ba')('aba')).toBe(false);
  expect(globTest('a**b')('ab')).toBe(true);
  expect(globTest(`${'*a'.repeat(5000)}b`)('a'.repeat(20_000))).toBe(false);
});

it('sums folders', () => {
  expect(pathEntries(assets, '')).toEqual([
    { path: 'README', aggregate_files: 1, aggregate_size: 1, asset_id: 'id0' },
    { path: 'sub-1', aggregate_files: 3, aggregate_size: 9 },
    { path: 'sub-10', aggregate_files: 1, aggregate_size: 5 },
  ]);
  expect(paths(pathEntries(assets, 'sub-1'))).toEqual(['sub-1/a.nwb', 'sub-1/b.nwb', 'sub-1/ses']);
  expect(pathEntries(assets, 'sub-1/a.nwb')).toHaveLength(1);
  expect(pathEntries(assets, 'nothing')).toEqual([]);
});
