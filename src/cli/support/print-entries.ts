// Entries of a list in the forms of `dandiset ls`.

import { yamlOf } from '../../adapters/record-source/json-to-yaml.ts';
import { visibleJson, visibleText } from '../../adapters/terminal/visible-text.ts';
import { LISTED_FIELDS, type ListedEntry } from '../../core/download/listing.ts';
import { csvText } from '../../core/text/csv-text.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import { printLines } from './output.ts';

export const LIST_FORMATS = ['table', 'json', 'jsonl', 'csv', 'yaml'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

type Field = keyof ListedEntry;

/** The entry with these fields alone. */
function pick(entry: ListedEntry, fields: readonly Field[]): Partial<ListedEntry> {
  return Object.fromEntries(
    fields.filter((field) => entry[field] !== undefined).map((field) => [field, entry[field]]),
  );
}

function csvValue(value: ListedEntry[Field]): string {
  return typeof value === 'string' ? csvText(value) : String(value ?? '');
}

function tableLines(entries: readonly ListedEntry[], fields: readonly Field[]): string[] {
  const shown = fields.filter((field) => entries.some((entry) => entry[field] !== undefined));
  const isNumber = (field: Field): boolean => field === 'size' || field === 'files';
  const text = (entry: ListedEntry, field: Field): string =>
    field === 'size' ? formatBytes(entry.size) : visibleText(String(entry[field] ?? ''));
  const rows = [shown, ...entries.map((entry) => shown.map((field) => text(entry, field)))];
  const widths = shown.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((value, at) => {
        const [field, width] = [shown[at]!, widths[at] ?? 0];
        return isNumber(field) ? value.padStart(width) : value.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

function sumLine(entries: readonly ListedEntry[]): string {
  const files = entries.reduce((sum, entry) => sum + (entry.files ?? 1), 0);
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  return `${countOf(files, 'file')}, ${formatBytes(size)}`;
}

/** Fields that a table shows if none are asked for. */
const TABLE_FIELDS: readonly Field[] = [
  'path',
  'type',
  'size',
  'files',
  'version',
  'name',
  'modified',
];

/** Prints entries; a table ends with their sum. */
export function printEntries(
  entries: readonly ListedEntry[],
  format: ListFormat,
  given: readonly Field[] | undefined,
): void {
  const fields = given ?? (format === 'table' ? TABLE_FIELDS : LISTED_FIELDS);
  switch (format) {
    case 'table':
      printLines([...tableLines(entries, fields), sumLine(entries)]);
      return;
    case 'json':
      printLines([
        visibleJson(
          JSON.stringify(
            entries.map((entry) => pick(entry, fields)),
            null,
            2,
          ),
        ),
      ]);
      return;
    case 'jsonl':
      printLines(entries.map((entry) => visibleJson(JSON.stringify(pick(entry, fields)))));
      return;
    case 'csv':
      printLines([
        fields.join(','),
        ...entries.map((entry) => fields.map((field) => csvValue(entry[field])).join(',')),
      ]);
      return;
    case 'yaml':
      process.stdout.write(yamlOf(entries.map((entry) => pick(entry, fields))));
  }
}
