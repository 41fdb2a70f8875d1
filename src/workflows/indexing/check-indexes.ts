// Compares indexes that are in a store with the files that they are of.

import type { Hdf5Access } from '../../adapters/hdf5/hdf5-access.ts';
import type { TreeDataset } from '../../core/data-tree/data-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import { openFirst, type IndexAdapters } from './index-files.ts';
import type { FileToIndex } from './index-plan.ts';
import { someChunks, type ChunkName } from './make-file-index.ts';
import { readChunkTables, readFileIndex, type IndexReader } from './read-file-index.ts';

/** What was found about the index of a file. */
export type CheckedIndex =
  | { kind: 'right'; file: FileToIndex; checked: number; chunks: number }
  | { kind: 'missing'; file: FileToIndex }
  /** `wrong`: what is not as the index says, a sentence each. */
  | { kind: 'wrong'; file: FileToIndex; wrong: string[] }
  | { kind: 'unread'; file: FileToIndex; error: ArchiveError };

/** Messages of one file. */
const MOST_SAID = 20;

function byDataset(chosen: readonly ChunkName[]): Map<TreeDataset, ChunkName[]> {
  const found = new Map<TreeDataset, ChunkName[]>();
  for (const one of chosen) {
    const list = found.get(one.dataset);
    if (list === undefined) found.set(one.dataset, [one]);
    else list.push(one);
  }
  return found;
}

/** Chunks that one question names. */
const AT_ONCE = 1000;

/** Chunks that the library reads from elsewhere, a sentence each. */
async function wrongPlaces(
  access: Hdf5Access,
  chosen: readonly ChunkName[],
  signal?: AbortSignal,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [dataset, chunks] of byDataset(chosen)) {
    for (let start = 0; start < chunks.length; start += AT_ONCE) {
      signal?.throwIfAborted();
      const expected = chunks.slice(start, start + AT_ONCE).map(({ table, number }) => ({
        at: number,
        offset: table.offsets[number]!,
        length: table.lengths[number]!,
      }));
      for (const at of await access.wrongChunks(dataset.path, expected)) {
        const offset = expected.find((one) => one.at === at)?.offset;
        wrong.push(`Chunk ${at} of ${dataset.path} is not at ${offset}.`);
      }
    }
  }
  return wrong;
}

async function checkOne(
  file: FileToIndex,
  count: number,
  adapters: IndexAdapters & IndexReader,
  signal?: AbortSignal,
): Promise<CheckedIndex> {
  const index = await readFileIndex(file, adapters);
  if (index === undefined) return { kind: 'missing', file };
  const tables = await readChunkTables(index, adapters);
  const bytes = await openFirst(file, adapters.openBytes, signal);
  if (bytes.size !== index.file.size)
    return {
      kind: 'wrong',
      file,
      wrong: [`The file has ${bytes.size} bytes, not ${index.file.size}.`],
    };
  const access = adapters.openHdf5(bytes);
  try {
    const chosen = someChunks(index.tree, tables, count, adapters);
    const wrong = await wrongPlaces(access, chosen, signal);
    if (wrong.length > 0) return { kind: 'wrong', file, wrong: wrong.slice(0, MOST_SAID) };
    const chunks = [...tables.values()].reduce((all, { offsets }) => all + offsets.length, 0);
    return { kind: 'right', file, checked: chosen.length, chunks };
  } finally {
    await access.close();
  }
}

/** Checks up to `count` chunks of each index, chosen at random; the rest of an index by its form alone. */
export async function checkIndexes(
  files: readonly FileToIndex[],
  count: number,
  adapters: IndexAdapters & IndexReader,
  done: (one: CheckedIndex) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (const file of files) {
    signal?.throwIfAborted();
    try {
      done(await checkOne(file, count, adapters, signal));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ArchiveError)) throw error;
      if (error.code === 'bytes-wrong') done({ kind: 'wrong', file, wrong: [error.message] });
      else done({ kind: 'unread', file, error });
    }
  }
}
