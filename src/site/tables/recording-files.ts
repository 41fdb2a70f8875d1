// Everything that the files of the archive recorded, one row each, as Parquet: what was read from their bytes, or
// what their records say where nothing was read.

import { decodeUtf8 } from '../../core/text/utf8.ts';
import { readObject } from '../../adapters/content-files/content-tree.ts';
import { dandisetFolder } from '../../core/identifiers/dandiset-id.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import { DERIVED_FILE, toDerived } from '../../core/records/derived.ts';
import { versionFolder } from '../../core/records/layout.ts';
import { readRecordingList } from '../../core/recordings/recording-list.ts';
import {
  factsByKey,
  recordingRows,
  type FactsByKey,
  type RecordingRow,
} from '../../core/recordings/recording-rows.ts';
import { readList, type Catalog, type DandisetEntry } from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';
import { ParquetTable } from './parquet-table.ts';
import { RECORDING_COLUMNS } from './recording-columns.ts';
import type { CellValue } from './table-columns.ts';

function cellsOf(row: RecordingRow): CellValue[] {
  return RECORDING_COLUMNS.map(({ name }) => row[name as keyof RecordingRow]);
}

/** What was read from the bytes of a Dandiset's files; nothing where its list is not reachable. */
export async function knownRecordings(
  { tree, readStoredList }: Pick<Catalog, 'tree' | 'readStoredList'>,
  { number }: Pick<DandisetEntry, 'number'>,
): Promise<FactsByKey> {
  const derived = toDerived(await readObject(tree, `${dandisetFolder(number)}/${DERIVED_FILE}`));
  if (derived.recordings === undefined) return new Map();
  const list = await readStoredList(derived.recordings);
  const text = list === undefined ? undefined : decodeUtf8(list);
  return text === undefined ? new Map() : factsByKey(readRecordingList(text));
}

/** The rows of the version that a Dandiset's page shows, file by file; none of a withdrawn one. */
export async function* recordingsOf(
  catalog: Pick<Catalog, 'tree' | 'readStoredList'>,
  dandiset: DandisetEntry,
): AsyncGenerator<RecordingRow> {
  const { shown, identifier, number } = dandiset;
  if (shown.status === 'withdrawn') return;
  const { list } = await readList(catalog, versionFolder(number, shown.version));
  if (list === undefined) return;
  const known = await knownRecordings(catalog, dandiset);
  for (const asset of readableAssets(list))
    yield* recordingRows({ dandiset: identifier, version: shown.version }, asset, known);
}

/** Rows of one part of the table, which a program can skip by its statistics. */
const ROWS_A_PART = 50_000;

/** `search/recordings.parquet`: Dandisets in the order of their numbers, files in the order of their paths. */
export async function* recordingFiles(catalog: Catalog): AsyncGenerator<SiteFile> {
  const about = `${catalog.archive.site}handbook/data/#recordings`;
  const table = new ParquetTable(RECORDING_COLUMNS, about);
  let rows: CellValue[][] = [];
  for (const dandiset of catalog.dandisets)
    for await (const row of recordingsOf(catalog, dandiset)) {
      rows.push(cellsOf(row));
      if (rows.length < ROWS_A_PART) continue;
      table.add(rows);
      rows = [];
    }
  table.add(rows);
  yield { path: 'search/recordings.parquet', contents: table.finish() };
}
