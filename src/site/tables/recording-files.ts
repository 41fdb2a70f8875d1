// Everything that the files of the archive recorded, one row each, as Parquet: what was read from their bytes, or
// what their records say where nothing was read.

import { createHash } from 'node:crypto';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { readObject } from '../../adapters/content-files/content-tree.ts';
import { dandisetFolder } from '../../core/identifiers/dandiset-id.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import { placeOfBytes } from '../../core/records/asset.ts';
import { DERIVED_FILE, toDerived } from '../../core/records/derived.ts';
import { versionFolder } from '../../core/records/layout.ts';
import { RecordingIndexWriter, type RecordedFile } from '../../core/recordings/recording-index.ts';
import { readRecordingList } from '../../core/recordings/recording-list.ts';
import {
  factsByKey,
  recordingRows,
  type FactsByKey,
  type RecordingRow,
} from '../../core/recordings/recording-rows.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { textMember } from '../../core/json/json-text.ts';
import { readList, readRecord, type Catalog, type DandisetEntry } from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';
import { ParquetTable } from './parquet-table.ts';
import { RECORDING_COLUMNS } from './recording-columns.ts';
import type { CellValue } from './table-columns.ts';

function cellsOf(row: RecordingRow): CellValue[] {
  return RECORDING_COLUMNS.map(({ name }) => row[name as keyof RecordingRow]);
}

/** What was read from the bytes of a Dandiset's files; nothing where its list is not reachable. */
async function knownRecordings(
  { tree, readStoredList }: Pick<Catalog, 'tree' | 'readStoredList'>,
  { number }: Pick<DandisetEntry, 'number'>,
): Promise<FactsByKey> {
  const derived = toDerived(await readObject(tree, `${dandisetFolder(number)}/${DERIVED_FILE}`));
  if (derived.recordings === undefined) return new Map();
  const list = await readStoredList(derived.recordings);
  const text = list === undefined ? undefined : decodeUtf8(list);
  return text === undefined ? new Map() : factsByKey(readRecordingList(text));
}

/** The files of the version that a Dandiset's page shows, with their rows; none of a withdrawn one. */
async function* recordedFiles(
  catalog: Pick<Catalog, 'tree' | 'readStoredList'>,
  dandiset: DandisetEntry,
): AsyncGenerator<RecordedFile> {
  const { shown, identifier, number } = dandiset;
  const { version } = shown;
  if (shown.status === 'withdrawn') return;
  const { list } = await readList(catalog, versionFolder(number, version));
  if (list === undefined) return;
  const known = await knownRecordings(catalog, dandiset);
  const name = textMember(await readRecord(catalog, number, version), 'name') ?? '';
  const title = shownLine(name, 80);
  for (const asset of readableAssets(list)) {
    const rows = recordingRows({ dandiset: identifier, version }, asset, known);
    const place = placeOfBytes(asset) ?? '';
    yield { number, title, version, path: asset.path, place, rows };
  }
}

/** Rows of one part of the table, which a program can skip by its statistics. */
const ROWS_A_PART = 50_000;

/**
 * `search/recordings.parquet`, and below `search/recordings/` the same for the search: Dandisets in the order of
 * their numbers, files in the order of their paths.
 */
export async function* recordingFiles(catalog: Catalog): AsyncGenerator<SiteFile> {
  const about = `${catalog.archive.site}handbook/data/#recordings`;
  const table = new ParquetTable(RECORDING_COLUMNS, about);
  const index = new RecordingIndexWriter();
  let rows: CellValue[][] = [];
  for (const dandiset of catalog.dandisets)
    for await (const file of recordedFiles(catalog, dandiset)) {
      index.add(file);
      for (const row of file.rows) rows.push(cellsOf(row));
      if (rows.length < ROWS_A_PART) continue;
      table.add(rows);
      rows = [];
    }
  table.add(rows);
  yield { path: 'search/recordings.parquet', contents: table.finish() };
  yield* searchedFiles(index);
}

/** The files of the index, in a folder named by their contents: a page of an older build finds it gone, not changed. */
function* searchedFiles(index: RecordingIndexWriter): Generator<SiteFile> {
  const { head, files } = index.finish();
  const digest = createHash('sha256');
  for (const file of files) digest.update(file.join('\0'));
  const state = digest.digest('hex').slice(0, 12);
  for (const [name, contents] of files)
    yield { path: `search/recordings/${state}/${name}`, contents };
  yield { path: 'search/recordings/index.json', contents: JSON.stringify({ ...head, state }) };
}
