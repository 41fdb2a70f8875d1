import { expect, it } from 'vitest';
import type { TreeDataset, TreeObject, TreeValue } from '../../../core/data-tree/data-tree.ts';
import { tableHead } from './dynamic-table.ts';
import { TreeLookup } from './tree-lookup.ts';

const column = (name: string, value: TreeValue[], count = value.length): TreeDataset => ({
  kind: 'dataset',
  path: `/units/${name}`,
  type: '<f8',
  shape: [count],
  storage: { layout: 'contiguous' },
  ...(count === value.length ? { value } : { head: value }),
});

function headOf(colnames: TreeValue, ...columns: TreeObject[]): ReturnType<typeof tableHead> {
  const group = { kind: 'group' as const, path: '/units', attributes: { colnames } };
  const objects: TreeObject[] = [{ kind: 'group', path: '/' }, group, ...columns];
  const tree = { format: 'hdf5' as const, objects, namespaces: {}, types: {}, omitted: [] };
  return tableHead(new TreeLookup(tree), group);
}

it('joins columns to rows, and cuts ragged cells', () => {
  expect(
    headOf(
      ['spike_times', 'depth', 'gone'],
      column('id', [0, 1, 2]),
      column('depth', [10, 20], 3),
      column('spike_times', [0.1, 0.2, 0.3], 900),
      column('spike_times_index', [2, 3, 900]),
    ),
  ).toEqual({
    columns: ['id', 'spike_times', 'depth', 'gone'],
    rows: [
      [0, [0.1, 0.2], 10, undefined],
      [1, [0.3], 20, undefined],
      [2, { omitted: '897 values' }, undefined, undefined],
    ],
    total: 3,
  });
});

it('shows no table where an index goes backwards, or nothing is known', () => {
  const hostile = headOf(
    ['a'],
    column('id', [0, 1]),
    column('a', [1, 2, 3]),
    column('a_index', [3, -5]),
  );
  expect(hostile?.rows).toEqual([
    [0, [1, 2, 3]],
    [1, undefined],
  ]);
  expect(headOf('a', column('id', [0]))).toBeUndefined();
  expect(headOf(['a'], column('id', [], 5))).toBeUndefined();
});
