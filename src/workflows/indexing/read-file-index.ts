// Reads the index of a file from a store.

import type { ObjectStore } from '../../adapters/object-store/object-store.ts';
import { ArchiveError } from '../../core/error.ts';
import { decodeChunkTable, type ChunkTable } from '../../core/file-index/chunk-table.ts';
import {
  MOST_PACKED_INDEX,
  parseFileIndex,
  type FileIndex,
} from '../../core/file-index/file-index.ts';
import { chunksKey, indexKey } from '../../core/file-index/index-keys.ts';

export interface IndexReader {
  store: ObjectStore;
  /** Unpacks a document. @throws if it is none, or too large */
  gunzip(bytes: Uint8Array): string;
  sha256(bytes: Uint8Array): string;
}

const damaged = (sha256: string, why: string): ArchiveError =>
  new ArchiveError('bytes-wrong', `The index of ${sha256} cannot be used. ${why}`, {
    hint: 'Make it anew with --again.',
  });

/** The index of a file; undefined if there is none. @throws ArchiveError `bytes-wrong` for one that is damaged */
export async function readFileIndex(
  { sha256, size }: { sha256: string; size: number },
  { store, gunzip }: IndexReader,
): Promise<FileIndex | undefined> {
  const bytes = await store.open(indexKey(sha256));
  if (bytes === undefined) return undefined;
  if (bytes.size > MOST_PACKED_INDEX) throw damaged(sha256, 'It is too large.');
  const document = await bytes.range(0, bytes.size);
  let text: string;
  try {
    text = gunzip(document);
  } catch {
    throw damaged(sha256, 'It could not be unpacked.');
  }
  const parsed = parseFileIndex(text, { sha256, size });
  if (parsed.ok) return parsed.index;
  throw damaged(sha256, parsed.reason);
}

/** The tables of chunks of an index, by the path of the dataset. @throws ArchiveError `bytes-wrong` */
export async function readChunkTables(
  { file, chunksFile, tree }: FileIndex,
  { store, sha256 }: IndexReader,
): Promise<Map<string, ChunkTable>> {
  const tables = new Map<string, ChunkTable>();
  if (chunksFile === undefined) return tables;
  const bytes = await store.open(chunksKey(file.sha256));
  if (bytes === undefined) throw damaged(file.sha256, 'Its tables of chunks are not there.');
  const all = await bytes.range(0, bytes.size);
  if (all.length !== chunksFile.size || sha256(all) !== chunksFile.sha256)
    throw damaged(file.sha256, 'Its tables of chunks are not those that it names.');
  for (const object of tree.objects) {
    if (object.kind !== 'dataset' || object.storage.chunks === undefined) continue;
    const { from, length, count } = object.storage.chunks;
    const table = decodeChunkTable(all.subarray(from, from + length), count, file.size);
    if (table === undefined) throw damaged(file.sha256, `The table of ${object.path} is damaged.`);
    tables.set(object.path, table);
  }
  return tables;
}
