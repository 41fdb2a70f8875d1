// A table as CSV (RFC 4180) that is safe to open in a spreadsheet.

import type { CellValue, TableColumn, TableRow } from './table-columns.ts';

/** Between the values of a list; the description of the table names it. */
export const LIST_SEPARATOR = '|';

// What a spreadsheet takes for the beginning of a formula where it is first in a cell, ignoring blanks; also
// in the full-width forms of East Asian keyboards.
const FORMULA_FIRST = /^(?:[;\t\r]|[ \u00a0\u3000]*[=+\-@＝＋－＠])/;
// Where `;` separates the cells, as in much of Europe, the quotation marks of this table have no effect, and
// cells begin in the middle of a text.
const FORMULA_INSIDE = /([;\t\r\n][ \u00a0\u3000]{0,100})(?=[=+\-@＝＋－＠])/g;

function cellText(value: CellValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // The separator has no escape in CSV on the Web, so no value of a list may contain it.
  const text = Array.isArray(value)
    ? value.map((one: string) => one.replaceAll(LIST_SEPARATOR, '/')).join(LIST_SEPARATOR)
    : (value as string);
  const inside = text.replace(FORMULA_INSIDE, "$1'");
  return FORMULA_FIRST.test(text) ? `'${inside}` : inside;
}

function quoted(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
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
