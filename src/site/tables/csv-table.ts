// A table as CSV (RFC 4180) that a spreadsheet can be trusted with.

import type { CellValue, TableColumn, TableRow } from './table-columns.ts';

/** Between the values of a list; the description of the table names it. */
export const LIST_SEPARATOR = '|';

// What a spreadsheet takes for the beginning of a formula, if it stands first in a cell.
const FORMULA = /^[=+\-@\t\r]/;

function cellText(value: CellValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // The separator has no escape in CSV on the Web, so no value of a list may hold it.
  const text = Array.isArray(value)
    ? value.map((one: string) => one.replaceAll(LIST_SEPARATOR, '/')).join(LIST_SEPARATOR)
    : (value as string);
  return FORMULA.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table with a line of names first. A text that a spreadsheet would run begins with `'`. */
export function csvTable(
  columns: readonly Pick<TableColumn, 'name'>[],
  rows: readonly TableRow[],
): string {
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => row.map((value) => quoted(cellText(value)))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
