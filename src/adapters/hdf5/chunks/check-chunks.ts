// Whether the library reads a chunk where a table says that it is: by asking it for an element of the chunk, and
// watching what it reads. The chunk itself is not delivered, so that nothing is fetched or decompressed.

import { hasOuterParts } from '../element-types.ts';
import { Hdf5Problem } from '../hdf5-problem.ts';
import type { Hdf5Reader } from '../hdf5-reader.ts';
import { datasetAt } from '../read-slice.ts';

/** A chunk that is checked. */
export interface ExpectedChunk {
  /** Its number in the order of rows of the grid. */
  readonly at: number;
  readonly offset: number;
  readonly length: number;
}

const MOST_CHECKS = 10_000;

/** The first element of a chunk. */
function firstElement(
  at: number,
  shape: readonly number[],
  chunkShape: readonly number[],
): number[] | undefined {
  let rest = at;
  const start = [...shape].map(() => 0);
  for (let d = shape.length - 1; d >= 0; d -= 1) {
    const length = Math.ceil(shape[d]! / chunkShape[d]!);
    start[d] = (rest % length) * chunkShape[d]!;
    rest = Math.floor(rest / length);
  }
  return rest === 0 && Number.isSafeInteger(at) && at >= 0 ? start : undefined;
}

/**
 * The numbers of those chunks that the library does not read from the stated place.
 *
 * @throws Hdf5Problem if the dataset is not chunked; ArchiveError
 */
export function wrongChunks(
  reader: Hdf5Reader,
  path: string,
  expected: readonly ExpectedChunk[],
): number[] {
  const { shape, chunks, size, ...meta } = datasetAt(reader, path);
  if (shape === null || chunks === null) throw new Hdf5Problem('It has no chunks.');
  const isFiltered =
    reader.call((library, file) => library.get_dataset_filters(file, path)).length > 0;
  return expected.slice(0, MOST_CHECKS).flatMap(({ at, offset, length }) => {
    const start = firstElement(at, shape, chunks);
    if (start === undefined) return [at];
    let isFound = false;
    // Of a large chunk without filters only the element is read.
    const observer = (from: number, bytes: number): boolean => {
      if (from !== offset || (bytes !== length && (isFiltered || bytes > length))) return true;
      isFound = true;
      return false;
    };
    const [one, begin] = [start.map(() => 1n), start.map(BigInt)];
    reader.observe(observer, (library, file) => {
      const address = library._malloc(size);
      try {
        library.get_dataset_data(file, path, one, begin, one, BigInt(address));
        if (hasOuterParts({ ...meta, size }))
          library.reclaim_vlen_memory_count(file, path, '', BigInt(address), one);
      } finally {
        library._free(address);
      }
    });
    return isFound ? [] : [at];
  });
}
