// A table as Parquet, with typed columns and lists as lists.

import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import type { CellValue, ColumnType, TableColumn, TableRow } from './table-columns.ts';

type SchemaElement = NonNullable<Parameters<typeof parquetWrite>[0]['schema']>[number];

const LEAVES: Record<Exclude<ColumnType, 'list'>, Omit<SchemaElement, 'name'>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  address: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  count: { type: 'INT64' },
  'yes or no': { type: 'BOOLEAN' },
  day: { type: 'INT32', converted_type: 'DATE' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

function elementsOf({ name, type, isRequired }: TableColumn): SchemaElement[] {
  if (type !== 'list') {
    return [
      { name, ...LEAVES[type], repetition_type: isRequired === true ? 'REQUIRED' : 'OPTIONAL' },
    ];
  }
  return [
    { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...LEAVES.text },
  ];
}

function parquetValue(type: ColumnType, value: CellValue): unknown {
  if (value === undefined) return undefined;
  if (type === 'count') return BigInt(value as number);
  if (type === 'day' || type === 'time') return new Date(value as string);
  return value;
}

/** The bytes of the table: the same rows make the same bytes. `about` names its description. */
export function parquetTable(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  about: string,
): Uint8Array {
  const writer = new ByteWriter();
  void parquetWrite({
    writer,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)],
    columnData: columns.map(({ name, type }, at) => ({
      name,
      data: rows.map((row) => parquetValue(type, row[at])),
    })),
    kvMetadata: [{ key: 'describedby', value: about }],
    createdBy: 'dandi-static-archive',
  });
  return writer.getBytes();
}
