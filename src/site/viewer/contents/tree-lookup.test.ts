import { expect, it } from 'vitest';
import type { DataTree, TreeObject } from '../../../core/data-tree/data-tree.ts';
import { TreeLookup } from './tree-lookup.ts';

const group = (path: string): TreeObject => ({ kind: 'group', path });
const link = (path: string, target: string, file?: string): TreeObject => ({
  kind: 'link',
  path,
  link: file === undefined ? 'soft' : 'external',
  target,
  ...(file === undefined ? {} : { file }),
});
function lookup(...objects: TreeObject[]): TreeLookup {
  const tree: DataTree = {
    format: 'hdf5',
    objects: [group('/'), ...objects],
    namespaces: {},
    types: {},
    omitted: [],
  };
  return new TreeLookup(tree);
}
function target(found: TreeLookup, path: string): string | undefined {
  const object = found.at(path);
  return object?.kind === 'link' ? found.targetOf(object)?.path : 'no link';
}

it('finds members, and shows what has lost its group at the top', () => {
  const found = lookup(group('/a'), group('/a/b'), group('/lost/c'), group('/__proto__'));
  expect(found.membersOf('/').map(({ path }) => path)).toEqual(['/a', '/lost/c', '/__proto__']);
  expect(found.membersOf('/a').map(({ path }) => path)).toEqual(['/a/b']);
  expect(found.membersOf('constructor')).toEqual([]);
});

it('follows links, also through links, and ends circles', () => {
  const found = lookup(
    group('/a'),
    group('/a/b'),
    link('/a/up', '../a/b'),
    link('/short', '/a'),
    link('/through', '/short/up'),
    link('/one', '/two'),
    link('/two', '/one/x'),
    link('/gone', '/nowhere'),
    link('/out', '/a', 'other.h5'),
    link('/root', '/'),
  );
  expect(target(found, '/a/up')).toBe('/a/b');
  expect(target(found, '/through')).toBe('/a/b');
  expect(target(found, '/root')).toBe('/');
  for (const path of ['/one', '/two', '/gone', '/out']) expect(target(found, path)).toBe(undefined);
});
