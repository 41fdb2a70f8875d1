// The archive as data, next to the search page: for questions that no page answers.

import {
  readRecord,
  type Catalog,
  type DandisetEntry,
  type VersionEntry,
} from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';
import { citableRecordOf } from '../catalog/version-material.ts';
import { csvTable } from './csv-table.ts';
import { csvwDescription } from './csvw-description.ts';
import { jsonTable, jsonTableSchema } from './json-table.ts';
import { parquetTable } from './parquet-table.ts';
import { TABLE_COLUMNS, tableRow, type TableRow } from './table-columns.ts';

async function rowOf(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): Promise<TableRow> {
  const record = await readRecord(catalog, entry.number, entry.version);
  return tableRow({
    dandiset,
    entry,
    record,
    facts: citableRecordOf(catalog, dandiset, entry, record),
  });
}

const pretty = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** Dandisets as CSV and JSON, published versions as Parquet, and what describes them. */
export async function* tableFiles(catalog: Catalog): AsyncGenerator<SiteFile> {
  const dandisets: TableRow[] = [];
  const versions: TableRow[] = [];
  for (const dandiset of catalog.dandisets) {
    // Published versions are listed as they came, the oldest first.
    const shown = [...dandiset.published].reverse();
    if (dandiset.shown.version === 'draft') shown.push(dandiset.shown);
    for (const entry of shown) {
      const row = await rowOf(catalog, dandiset, entry);
      if (entry.version !== 'draft') versions.push(row);
      if (entry === dandiset.shown) dandisets.push(row);
    }
  }
  const schema = `${catalog.archive.site}search/dandisets.schema.json`;
  const file = (name: string, contents: string | Uint8Array): SiteFile => ({
    path: `search/${name}`,
    contents,
  });
  yield file('dandisets.csv', csvTable(TABLE_COLUMNS, dandisets));
  yield file(
    'dandisets.csv-metadata.json',
    pretty(csvwDescription(catalog.archive, 'dandisets.csv', TABLE_COLUMNS)),
  );
  yield file('dandisets.json', jsonTable(TABLE_COLUMNS, dandisets));
  yield file('dandisets.schema.json', pretty(jsonTableSchema(schema, TABLE_COLUMNS)));
  yield file('versions.parquet', parquetTable(TABLE_COLUMNS, versions, schema));
}
