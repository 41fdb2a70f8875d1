// The first rows of an NWB table, whose columns are datasets of a group: also ragged columns, whose cells an
// index cuts out of a longer list.

import type { TreeDataset, TreeGroup, TreeValue } from '../../../core/data-tree/data-tree.ts';
import type { TreeLookup } from './tree-lookup.ts';

export interface TableHead {
  columns: string[];
  /** Cells by row; undefined where the value is not known. */
  rows: (TreeValue | undefined)[][];
  /** How many rows the table has. */
  total: number;
}

const MOST_COLUMNS = 60;
const MOST_ROWS = 30;
const MOST_IN_CELL = 50;

function datasetAt(lookup: TreeLookup, path: string): TreeDataset | undefined {
  const found = lookup.at(path);
  const object = found?.kind === 'link' ? lookup.targetOf(found) : found;
  return object?.kind === 'dataset' ? object : undefined;
}

function known(dataset: TreeDataset | undefined): readonly TreeValue[] {
  const values = dataset?.value ?? dataset?.head;
  return Array.isArray(values) ? (values as readonly TreeValue[]) : [];
}

/** Where row `at` of a ragged column begins and ends; undefined if that is not known. */
function bounds(index: readonly TreeValue[], at: number): [from: number, to: number] | undefined {
  const from = at === 0 ? 0 : index[at - 1];
  const to = index[at];
  return typeof from === 'number' && typeof to === 'number' && from <= to ? [from, to] : undefined;
}

/** The cell of a ragged column: its values, or a note of how many there are. */
function raggedCell(
  values: readonly TreeValue[],
  index: readonly TreeValue[],
  at: number,
): TreeValue | undefined {
  const found = bounds(index, at);
  if (found === undefined) return undefined;
  const [from, to] = found;
  if (to - from <= MOST_IN_CELL && to <= values.length) return values.slice(from, to);
  return { omitted: `${to - from} values` };
}

/** The head of a group's table; undefined if the group is none, or no value of it is known. */
export function tableHead(lookup: TreeLookup, group: TreeGroup): TableHead | undefined {
  const names = group.attributes?.['colnames'];
  if (!Array.isArray(names)) return undefined;
  const columns = (names as readonly TreeValue[])
    .filter((name) => typeof name === 'string')
    .slice(0, MOST_COLUMNS);
  const prefix = group.path === '/' ? '/' : `${group.path}/`;
  const id = datasetAt(lookup, `${prefix}id`);
  const total = id?.shape?.[0] ?? 0;
  const cellsOf = (name: string): ((at: number) => TreeValue | undefined) => {
    const values = known(datasetAt(lookup, prefix + name));
    const index = datasetAt(lookup, `${prefix}${name}_index`);
    if (index === undefined) return (at) => values[at];
    // A list of lists of lists has an index of its index; its cells are only counted.
    const isDeep = datasetAt(lookup, `${prefix}${name}_index_index`) !== undefined;
    if (isDeep) return () => ({ omitted: 'lists of lists' });
    return (at) => raggedCell(values, known(index), at);
  };
  const readers = [...(id === undefined ? [] : ['id']), ...columns].map((name) => ({
    name,
    at: cellsOf(name),
  }));
  const rows = Array.from({ length: Math.min(total, MOST_ROWS) }, (_, row) =>
    readers.map(({ at }) => at(row)),
  );
  const isKnown = rows.some((row) => row.some((cell) => cell !== undefined));
  return isKnown ? { columns: readers.map(({ name }) => name), rows, total } : undefined;
}
