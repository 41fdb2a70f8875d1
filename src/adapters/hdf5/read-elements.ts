// Reads elements of datasets and attributes through the library, into memory that was cleared before.

import type { Filter } from '../../core/data-tree/data-tree.ts';
import { formatBytes } from '../../core/text/format.ts';
import { hasOuterParts } from './element-types.ts';
import { provideFilters } from './hdf5-filters.ts';
import type { DataMetadata, Hdf5Library } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';

/** What is done with elements that were read: `count` of them, from an address of the memory on. */
type UseElements<Result> = (memory: Uint8Array, address: number, count: number) => Result;

/** A chunk is decompressed as a whole. */
const MOST_CHUNK_BYTES = 512 * 1024 * 1024;

interface Released {
  (library: Hdf5Library, address: bigint): void;
}

function withMemory<Result>(
  library: Hdf5Library,
  meta: DataMetadata,
  count: number,
  fill: (address: bigint) => void,
  use: UseElements<Result>,
  release: Released,
): Result {
  const bytes = count * meta.size;
  const address = library._malloc(Math.max(bytes, 1));
  if (address === 0) throw new Hdf5Problem(`Its ${formatBytes(bytes)} do not fit into memory.`);
  try {
    library.HEAPU8.fill(0, address, address + bytes);
    fill(BigInt(address));
    try {
      return use(library.HEAPU8, address, count);
    } finally {
      if (hasOuterParts(meta)) release(library, BigInt(address));
    }
  } finally {
    library._free(address);
  }
}

/** The elements of an attribute. `limit` is of their bytes. @throws Hdf5Problem, ArchiveError */
export function readAttribute<Result>(
  reader: Hdf5Reader,
  [path, name, meta]: readonly [path: string, name: string, meta: DataMetadata],
  limit: number,
  use: UseElements<Result>,
): Result {
  const count = meta.total_size;
  const bytes = count * meta.size;
  if (bytes > limit) throw new Hdf5Problem(`Its ${formatBytes(bytes)} are too many to be shown.`);
  return reader.call((library, file) =>
    withMemory(
      library,
      meta,
      count,
      (address) => library.get_attribute_data(file, path, name, address),
      use,
      (_, address) => library.reclaim_vlen_memory(file, path, name, address),
    ),
  );
}

/** A dataset that can be read. */
export interface ReadableDataset {
  path: string;
  meta: DataMetadata;
  filters: readonly Filter[];
}

/** The first index and the one after the last, for each dimension. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** Why a dataset cannot be read, whatever part of it; undefined if nothing is known to be in the way. */
function obstacleOf({ meta }: ReadableDataset): string | undefined {
  const chunkBytes = (meta.chunks ?? []).reduce((all, one) => all * one, meta.size);
  if (meta.chunks !== null && chunkBytes > MOST_CHUNK_BYTES)
    return `Its chunks of ${formatBytes(chunkBytes)} are too large to be read.`;
  // The library would give fill values for what is missing.
  if (meta.virtual_sources?.some(({ file_name }) => file_name !== '.') === true)
    return 'Its values are in other files.';
  return undefined;
}

/**
 * A part of a dataset with at least one dimension, or a scalar with `[]`. `limit` is of its bytes.
 *
 * @throws Hdf5Problem, ArchiveError; RangeError for ranges that are not within the shape
 */
export function readElements<Result>(
  reader: Hdf5Reader,
  dataset: ReadableDataset,
  ranges: Ranges,
  limit: number,
  use: UseElements<Result>,
): Result {
  const { path, meta, filters } = dataset;
  const shape = meta.shape ?? [];
  const isWithin = ranges.every(
    ([from, to], i) =>
      Number.isSafeInteger(from) &&
      Number.isSafeInteger(to) &&
      from >= 0 &&
      from <= to &&
      to <= shape[i]!,
  );
  if (ranges.length !== shape.length || !isWithin)
    throw new RangeError(`${JSON.stringify(ranges)} is no part of ${JSON.stringify(shape)}`);
  const obstacle = obstacleOf(dataset);
  if (obstacle !== undefined) throw new Hdf5Problem(obstacle);
  const counts = ranges.map(([from, to]) => to - from);
  const count = counts.reduce((all, one) => all * one, 1);
  if (count === 0) return use(new Uint8Array(), 0, 0);
  const bytes = count * meta.size;
  if (bytes > limit)
    throw new Hdf5Problem(`Its ${formatBytes(bytes)} are too many to be read at once.`);
  provideFilters(reader, filters);
  const isScalar = shape.length === 0;
  const big = (values: readonly number[]): bigint[] | null =>
    isScalar ? null : values.map(BigInt);
  const selection = big(counts);
  return reader.call((library, file) =>
    withMemory(
      library,
      meta,
      count,
      (address) =>
        library.get_dataset_data(
          file,
          path,
          selection,
          big(ranges.map(([from]) => from)),
          big(ranges.map(() => 1)),
          address,
        ),
      use,
      (_, address) =>
        selection === null
          ? library.reclaim_vlen_memory(file, path, '', address)
          : library.reclaim_vlen_memory_count(file, path, '', address, selection),
    ),
  );
}
