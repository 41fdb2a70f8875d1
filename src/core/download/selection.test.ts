import { describe, expect, test } from 'vitest';
import { globTest } from '../api/asset-queries.ts';
import type { AssetRecord } from '../records/asset.ts';
import type { Part } from './resource.ts';
import { selectAssets, type Filters } from './selection.ts';
import { targetOf } from './target-path.ts';

const asset = (path: string, size = 1, metadata = {}): AssetRecord => ({ path, size, metadata });

describe('a place in the target', () => {
  // The cases of dandi-cli's own test of the same.
  test.each([
    ['fo', 'foo/bar', 'foo/bar'],
    ['foo', 'foo/bar', 'foo/bar'],
    ['foo/', 'foo/bar', 'foo/bar'],
    ['foo/bar', 'foo/bar/baz/quux', 'bar/baz/quux'],
    ['foo/bar/', 'foo/bar/baz/quux', 'bar/baz/quux'],
    ['/foo/bar', 'foo/bar/baz/quux', 'bar/baz/quux'],
    ['foo/ba', 'foo/bar/baz/quux', 'bar/baz/quux'],
    ['foo/bar', 'foo/bar', 'bar'],
  ])('%s of %s is %s', (named, path, target) => {
    expect(targetOf(path, { kind: 'prefix', path: named }, false)).toBe(target);
    expect(targetOf(path, { kind: 'prefix', path: named }, true)).toBe(path);
  });

  test('of everything else', () => {
    expect(targetOf('a/b', { kind: 'all' }, false)).toBe('a/b');
    expect(targetOf('a/b', { kind: 'glob', pattern: '*b' }, false)).toBe('a/b');
    expect(targetOf('a/b', { kind: 'path', path: 'a/b' }, false)).toBe('b');
  });
});

describe('the assets that are wanted', () => {
  const assets = [
    asset('sub-1/a.nwb', 10),
    asset('sub-1/a.nwb.json', 1),
    asset('sub-2/deep/B.nwb', 20, {
      identifier: '0a748f90-d497-4a9c-822e-9c63811db412',
      wasAttributedTo: [{ identifier: 'M2' }],
    }),
  ];
  const paths = (part: Part, filters?: Filters): string[] =>
    selectAssets(assets, part, filters).map(({ path }) => path);

  test.each<[Part, string[]]>([
    [{ kind: 'all' }, ['sub-1/a.nwb', 'sub-1/a.nwb.json', 'sub-2/deep/B.nwb']],
    [{ kind: 'folder', path: 'sub-2/' }, ['sub-2/deep/B.nwb']],
    [{ kind: 'prefix', path: 'sub-1/a' }, ['sub-1/a.nwb', 'sub-1/a.nwb.json']],
    // A prefix that is a whole path means this asset alone.
    [{ kind: 'prefix', path: 'sub-1/a.nwb' }, ['sub-1/a.nwb']],
    [{ kind: 'glob', pattern: 'SUB-*/b.NWB' }, ['sub-2/deep/B.nwb']],
    [{ kind: 'path', path: 'sub-1/a.nwb' }, ['sub-1/a.nwb']],
    [{ kind: 'id', id: '0a748f90-d497-4a9c-822e-9c63811db412' }, ['sub-2/deep/B.nwb']],
  ])('%o', (part, expected) => {
    expect(paths(part)).toEqual(expected);
  });

  test.each<[Filters, string[]]>([
    [{ include: ['*/*.nwb'] }, ['sub-1/a.nwb']],
    [{ include: ['**/*.nwb'] }, ['sub-1/a.nwb', 'sub-2/deep/B.nwb']],
    [{ exclude: ['sub-1/**'] }, ['sub-2/deep/B.nwb']],
    [{ subjects: ['M2'] }, ['sub-2/deep/B.nwb']],
    [{ subjects: ['sub-1'] }, ['sub-1/a.nwb', 'sub-1/a.nwb.json']],
    [{ maxSize: 10 }, ['sub-1/a.nwb', 'sub-1/a.nwb.json']],
  ])('narrowed by %o', (filters, expected) => {
    expect(paths({ kind: 'all' }, filters)).toEqual(expected);
  });
});

test.each([
  ['*', '', true],
  ['a*b', 'ab', true],
  ['a*b', 'aXb/c', false],
  ['ab*ba', 'aba', false],
  ['*x*y*', '1x2y3', true],
  ['a?c', 'abc', false],
  ['a[b]', 'a[b]', true],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(globTest(pattern)(text)).toBe(expected);
});

test('many stars cost no more than the text', () => {
  expect(globTest('a*'.repeat(4000))('a'.repeat(3999))).toBe(false);
});
