// A table as JSON: an array of objects, which is what data frames read, and its JSON Schema.

import type { CellValue, ColumnType, TableColumn, TableRow } from './table-columns.ts';

/** One object per row, one line each; an unknown value is null. */
export function jsonTable(columns: readonly TableColumn[], rows: readonly TableRow[]): string {
  const object = (row: TableRow): [string, CellValue | null][] =>
    columns.map(({ name }, at) => [name, row[at] ?? null]);
  const lines = rows.map((row) => JSON.stringify(Object.fromEntries(object(row))));
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}

const SCHEMAS: Record<ColumnType, object> = {
  text: { type: 'string' },
  address: { type: 'string', format: 'uri' },
  list: { type: 'array', items: { type: 'string' } },
  count: { type: 'integer', minimum: 0 },
  counts: { type: 'array', items: { type: 'integer', minimum: 0 } },
  number: { type: 'number' },
  'yes or no': { type: 'boolean' },
  day: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'date-time' },
};

function columnSchema({ type, unit, about, isRequired }: TableColumn): object {
  const description = unit === undefined ? about : `${about} Unit: ${unit}.`;
  const schema = SCHEMAS[type];
  // A list without values is empty, never null.
  if (isRequired === true || type === 'list' || type === 'counts')
    return { description, ...schema };
  return { description, oneOf: [schema, { type: 'null' }] };
}

/** The JSON Schema of such a table. */
export function jsonTableSchema(id: string, columns: readonly TableColumn[]): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title: 'Dandisets, one a row',
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: columns.map(({ name }) => name),
      properties: Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)])),
    },
  };
}
