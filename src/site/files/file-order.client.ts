// The rows a list shows and their order: folders first, then files.

import { isFolderRow, type ListingRow } from './file-shards.ts';
import type { SortColumn } from './file-state.ts';

/** A row with the folder it is in. */
export interface PlacedRow {
  folder: string;
  row: ListingRow;
}

const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(column: SortColumn, a: ListingRow, b: ListingRow): number {
  if (isFolderRow(a) || isFolderRow(b)) {
    if (!isFolderRow(a) || !isFolderRow(b)) return 0;
    return column === 'size' ? a[2] - b[2] : column === 'type' ? a[1] - b[1] : 0;
  }
  if (column === 'size') return a[1] - b[1];
  if (column === 'type') return texts.compare(a[2], b[2]);
  return column === 'modified' ? texts.compare(a[5], b[5]) : 0;
}

/**
 * The rows sorted by a column; equal ones retain their previous order, which is that of names. Folders, which
 * have no type and no date, are ordered by size and by their number of files.
 */
export function sorted(
  rows: readonly PlacedRow[],
  column: SortColumn,
  descending: boolean,
): PlacedRow[] {
  const folders = rows.filter(({ row }) => isFolderRow(row));
  const files = rows.filter(({ row }) => !isFolderRow(row));
  for (const group of [folders, files]) {
    if (column === 'name') {
      if (descending) group.reverse();
    } else {
      const sign = descending ? -1 : 1;
      group.sort((a, b) => sign * compare(column, a.row, b.row));
    }
  }
  return [...folders, ...files];
}
