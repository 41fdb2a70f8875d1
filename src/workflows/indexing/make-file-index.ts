// Makes the index of one HDF5 file, and checks some of it against the file before anything is written.

import type { Bytes } from '../../adapters/bytes/bytes.ts';
import type { Hdf5Access } from '../../adapters/hdf5/hdf5-access.ts';
import type { TreeLimits } from '../../adapters/hdf5/read-hdf5-tree.ts';
import type { DataTree, TreeDataset } from '../../core/data-tree/data-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import type { ChunkTable } from '../../core/file-index/chunk-table.ts';
import {
  fileIndex,
  withChunkTables,
  type FileIndex,
  type IndexedFile,
} from '../../core/file-index/file-index.ts';

/** What reads HDF5, and what the workflow needs of the machine. */
export interface IndexTools {
  openHdf5(bytes: Bytes): Hdf5Access;
  /** Whether a chunk is where a table says, by a real read. */
  isChunkRight(
    file: Hdf5Access,
    bytes: Bytes,
    dataset: TreeDataset,
    table: ChunkTable,
    number: number,
  ): Promise<boolean>;
  sha256(bytes: Uint8Array): string;
  /** Between 0 and 1, as Math.random. */
  random(): number;
  /** The program and its version. */
  madeBy: string;
}

export interface MadeIndex {
  index: FileIndex;
  /** The file of tables; empty if no dataset has one. */
  chunks: Uint8Array;
  tables: ReadonlyMap<string, ChunkTable>;
  /** Chunks that were compared with the file. */
  checked: number;
  /** What was read of the file. */
  cost: { requests: number; bytes: number };
}

/** Chunks that are compared before an index is written. */
const CHECKED = 3;
/** Bytes of one chunk that is read only to compare it. */
const CHEAP_CHUNK = 16 * 1024 * 1024;

/** A chunk of a dataset. */
export interface ChunkName {
  dataset: TreeDataset;
  table: ChunkTable;
  number: number;
}

function chunkedDatasets(tree: DataTree): TreeDataset[] {
  return tree.objects.filter(
    (object): object is TreeDataset =>
      object.kind === 'dataset' && object.storage.layout === 'chunked' && object.shape !== null,
  );
}

/** Some of the chunks, each at most once; all of them, if there are no more. */
export function someChunks(
  tree: DataTree,
  tables: ReadonlyMap<string, ChunkTable>,
  count: number,
  { random }: Pick<IndexTools, 'random'>,
): ChunkName[] {
  const chunks: ChunkName[] = [];
  for (const dataset of chunkedDatasets(tree)) {
    const table = tables.get(dataset.path);
    if (table === undefined) continue;
    for (let number = 0; number < table.offsets.length; number += 1)
      if (table.offsets[number]! >= 0) chunks.push({ dataset, table, number });
  }
  const cheap = chunks.filter(({ table, number }) => table.lengths[number]! <= CHEAP_CHUNK);
  const from = count < chunks.length && cheap.length >= count ? cheap : chunks;
  for (let at = 0; at < Math.min(count, from.length); at += 1) {
    const other = at + Math.floor(random() * (from.length - at));
    [from[at], from[other]] = [from[other]!, from[at]!];
  }
  return from.slice(0, count);
}

async function tablesOf(
  file: Hdf5Access,
  tree: DataTree,
): Promise<{ tables: Map<string, ChunkTable>; omitted: string[] }> {
  const tables = new Map<string, ChunkTable>();
  const omitted: string[] = [];
  for (const { path, problem } of chunkedDatasets(tree)) {
    if (problem !== undefined) continue;
    try {
      const table = await file.chunks(path);
      if (table !== undefined) tables.set(path, table);
    } catch (error) {
      if (!(error instanceof ArchiveError) || error.code !== 'bytes-unreadable') throw error;
      omitted.push(`Where the chunks of ${path} are: ${error.message}`);
    }
  }
  return { tables, omitted };
}

/**
 * Reads a file by ranges and describes it, with values within `limits`.
 *
 * @throws ArchiveError `bytes-changed` if the file is not the one that is meant, `bytes-unreadable` if it is no HDF5 or
 * some chunk is not where it was found to be, and those of Bytes
 */
export async function makeFileIndex(
  bytes: Bytes,
  { sha256, size }: Pick<IndexedFile, 'sha256' | 'size'>,
  tools: IndexTools,
  limits: Partial<TreeLimits> = {},
): Promise<MadeIndex> {
  if (bytes.size !== size) {
    const message = `${bytes.name} has ${bytes.size} bytes, and its record says ${size}.`;
    throw new ArchiveError('bytes-changed', message);
  }
  const file = tools.openHdf5(bytes);
  try {
    const bare = await file.tree(limits);
    const { tables, omitted } = await tablesOf(file, bare);
    const { tree, chunks } = withChunkTables(
      { ...bare, omitted: [...bare.omitted, ...omitted] },
      tables,
    );
    const chosen = someChunks(tree, tables, CHECKED, tools);
    for (const { dataset, table, number } of chosen) {
      if (await tools.isChunkRight(file, bytes, dataset, table, number)) continue;
      throw new ArchiveError(
        'bytes-unreadable',
        `No index was made of ${bytes.name}: chunk ${number} of ${dataset.path} is not where it was found to be.`,
      );
    }
    const about: IndexedFile = {
      sha256,
      size,
      ...(bytes.etag === undefined ? {} : { etag: bytes.etag }),
    };
    const chunksFile =
      chunks.length === 0 ? undefined : { size: chunks.length, sha256: tools.sha256(chunks) };
    return {
      index: fileIndex(about, tree, tools.madeBy, chunksFile),
      chunks,
      tables,
      checked: chosen.length,
      cost: await file.cost(),
    };
  } finally {
    await file.close();
  }
}
