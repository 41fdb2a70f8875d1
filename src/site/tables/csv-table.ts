// A table as CSV (RFC 4180) that is safe to open in a spreadsheet.

import { csvText } from '../../core/text/csv-text.ts';
import type { CellValue, TableColumn, TableRow } from './table-columns.ts';

/** Between the values of a list; the description of the table names it. */
export const LIST_SEPARATOR = '|';

function cellText(value: CellValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // The separator has no escape in CSV on the Web, so no value of a list may contain it.
  const text = Array.isArray(value)
    ? value
        .map((one: string | number) => String(one).replaceAll(LIST_SEPARATOR, '/'))
        .join(LIST_SEPARATOR)
    : (value as string);
  return csvText(text);
}

/** The table with a line of names first. A text that a spreadsheet would run begins with `'`. */
export function csvTable(
  columns: readonly Pick<TableColumn, 'name'>[],
  rows: readonly TableRow[],
): string {
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => row.map((value) => cellText(value))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
