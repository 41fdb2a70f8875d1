// Makes the indexes of files and puts them into a store: derived, immutable, made anew at will.

import type { Bytes } from '../../adapters/bytes/bytes.ts';
import type { ObjectStore } from '../../adapters/object-store/object-store.ts';
import { ArchiveError } from '../../core/error.ts';
import { fileIndexText } from '../../core/file-index/file-index.ts';
import { chunksKey, indexKey } from '../../core/file-index/index-keys.ts';
import type { FileToIndex } from './index-plan.ts';
import { makeFileIndex, type IndexTools, type MadeIndex } from './make-file-index.ts';

/** What became of a file. */
export type Indexed =
  | {
      kind: 'made';
      file: FileToIndex;
      objects: number;
      chunks: number;
      checked: number;
      bytes: number;
      cost: MadeIndex['cost'];
      omitted: readonly string[];
    }
  | { kind: 'there'; file: FileToIndex }
  | { kind: 'failed'; file: FileToIndex; error: ArchiveError };

export interface IndexAdapters extends IndexTools {
  openBytes(address: string, signal?: AbortSignal): Promise<Bytes>;
  /** Where indexes are written. */
  store: ObjectStore;
  gzip(text: string): Uint8Array;
}

export interface IndexSettings {
  /** Makes those anew that are there. */
  again?: boolean;
  /** Writes nothing and reads no file: says which there are and which are missing. */
  dryRun?: boolean;
  signal?: AbortSignal;
  done?: (one: Indexed | { kind: 'missing'; file: FileToIndex }) => void;
}

/** Bytes at the first address that gives them. @throws ArchiveError that of the last */
export async function openFirst(
  { addresses, path }: Pick<FileToIndex, 'addresses' | 'path'>,
  open: IndexAdapters['openBytes'],
  signal?: AbortSignal,
): Promise<Bytes> {
  let failure: unknown = new ArchiveError(
    'bytes-not-found',
    `The record of ${path} names no address of its bytes.`,
  );
  for (const address of addresses) {
    try {
      return await open(address, signal);
    } catch (error) {
      signal?.throwIfAborted();
      failure = error;
    }
  }
  throw failure;
}

const HEADERS = { cacheControl: 'public, max-age=3600' };

/** Writes the tables before the document that refers to them. */
async function writeIndex(
  { index, chunks }: MadeIndex,
  { store, gzip }: IndexAdapters,
): Promise<number> {
  const { sha256 } = index.file;
  if (chunks.length > 0)
    await store.write(chunksKey(sha256), [chunks], {
      ...HEADERS,
      contentType: 'application/octet-stream',
    });
  const document = gzip(fileIndexText(index));
  await store.write(indexKey(sha256), [document], { ...HEADERS, contentType: 'application/gzip' });
  return document.length;
}

async function indexOne(
  file: FileToIndex,
  adapters: IndexAdapters,
  signal?: AbortSignal,
): Promise<Indexed> {
  try {
    const bytes = await openFirst(file, adapters.openBytes, signal);
    const made = await makeFileIndex(bytes, file, adapters);
    const size = await writeIndex(made, adapters);
    const { tree } = made.index;
    return {
      kind: 'made',
      file,
      objects: tree.objects.length,
      chunks: [...made.tables.values()].reduce((all, { offsets }) => all + offsets.length, 0),
      checked: made.checked,
      bytes: size + made.chunks.length,
      cost: made.cost,
      omitted: tree.omitted,
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ArchiveError) || error.code === 'store-failed') throw error;
    return { kind: 'failed', file, error };
  }
}

/**
 * Indexes files that have no index yet, one after another. A file that cannot be read is part of the result.
 *
 * @throws ArchiveError `store-failed` if the store cannot be written to
 */
export async function indexFiles(
  files: readonly FileToIndex[],
  adapters: IndexAdapters,
  { again = false, dryRun = false, signal, done }: IndexSettings = {},
): Promise<void> {
  for (const file of files) {
    signal?.throwIfAborted();
    const isThere = (await adapters.store.head(indexKey(file.sha256), signal)) !== undefined;
    if (isThere && !again) done?.({ kind: 'there', file });
    else if (dryRun) done?.({ kind: 'missing', file });
    else done?.(await indexOne(file, adapters, signal));
  }
}
