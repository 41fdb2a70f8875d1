// A table as Parquet, with typed columns and lists as lists.

import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { CellValue, ColumnType, TableColumn, TableRow } from './table-columns.ts';

/** What a column of a Parquet file needs to be. */
export type ParquetColumn = Pick<TableColumn, 'name' | 'type' | 'isRequired'>;

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

const LEAVES: Record<Exclude<ColumnType, 'list' | 'counts'>, Omit<SchemaElement, 'name'>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  address: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  count: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  'yes or no': { type: 'BOOLEAN' },
  day: { type: 'INT32', converted_type: 'DATE' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

function elementsOf({ name, type, isRequired }: ParquetColumn): SchemaElement[] {
  if (type !== 'list' && type !== 'counts') {
    return [
      { name, ...LEAVES[type], repetition_type: isRequired === true ? 'REQUIRED' : 'OPTIONAL' },
    ];
  }
  const leaf = type === 'list' ? LEAVES.text : LEAVES.count;
  return [
    { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...leaf },
  ];
}

function parquetValue(type: ColumnType, value: CellValue): unknown {
  if (value === undefined) return type === 'list' || type === 'counts' ? [] : undefined;
  if (type === 'count') return BigInt(value as number);
  if (type === 'counts') return (value as readonly number[]).map(BigInt);
  if (type === 'day' || type === 'time') return new Date(value as string);
  return value;
}

/** Writes a table in parts, so that its rows need not all be in memory: the same rows make the same bytes. */
export class ParquetTable {
  private readonly bytes = new ByteWriter();
  private readonly writer: ParquetWriter;
  private readonly columns: readonly ParquetColumn[];

  /** `about` names the description of the table. */
  constructor(columns: readonly ParquetColumn[], about: string) {
    this.columns = columns;
    this.writer = new ParquetWriter({
      writer: this.bytes,
      schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)],
      kvMetadata: [{ key: 'describedby', value: about }],
      createdBy: 'dandi-static-archive',
    });
  }

  /** Adds rows, each with a cell a column. */
  add(rows: readonly TableRow[]): void {
    if (rows.length === 0) return;
    void this.writer.write({
      columnData: this.columns.map(({ name, type }, at) => ({
        name,
        data: rows.map((row) => parquetValue(type, row[at])),
      })),
    });
  }

  /** The bytes of the whole table; nothing is added after this. */
  finish(): Uint8Array {
    void this.writer.finish();
    return this.bytes.getBytes();
  }
}

/** The bytes of a table whose rows are all there. */
export function parquetTable(
  columns: readonly ParquetColumn[],
  rows: readonly TableRow[],
  about: string,
): Uint8Array {
  const table = new ParquetTable(columns, about);
  table.add(rows);
  return table.finish();
}
