// Reads values of a Zarr array, by zarrita: exactly those that are in its chunks, or an error.

import { open, root, type AsyncReadable } from 'zarrita';
import type { TreeValue } from '../../core/data-tree/data-tree.ts';
import { nestedValue, treeNumber } from '../../core/data-tree/tree-number.ts';
import { failedBytes } from '../bytes/http-bytes.ts';
import type { ArrayMetadata } from './array-metadata.ts';
import { boundCodecs, isKnownCodec, MOST_CHUNK_BYTES } from './zarr-codecs.ts';
import type { ZarrFiles } from './zarr-files.ts';

/** One value as zarrita gives it. */
type Cell = number | bigint | string | boolean | null | object;

/** Values in the order of their indices, the last dimension fastest, and how many there are along each. */
export interface Box {
  readonly values: readonly Cell[];
  readonly shape: readonly number[];
}

/** Values and chunks of one reading. */
const MOST_CELLS = 8 * 1024 * 1024;
const MOST_CHUNKS = 1024;
/** What the chunks of one reading may hold together when they are decompressed. */
const MOST_BYTES = 256 * 1024 * 1024;
/** A text or object of unknown size is counted as this many bytes. */
const UNKNOWN_BYTES = 64;

/** Why the values of an array can't be read here, as a sentence; undefined if they can. */
export function problemOfValues(array: ArrayMetadata): string | undefined {
  boundCodecs();
  const unknown = array.filters.find(({ name }) => !isKnownCodec(name));
  if (unknown?.name === 'pickle')
    return 'Its values are pickled, which only Python can read, and only where it trusts them.';
  if (unknown !== undefined)
    return `Its values are compressed with ${unknown.name.slice(0, 60)}, which can't be read here.`;
  if (
    typeof array.type !== 'string' ||
    !/^(?:[<>|]?[iuf][1248]|boolean|string|[<|]S\d+|[<|]U\d+)$/.test(array.type)
  )
    return `Values of its type can't be read here.`;
  const elements = array.chunkShape.reduce((product, size) => product * size, 1);
  if (elements * (array.elementBytes ?? UNKNOWN_BYTES) > MOST_CHUNK_BYTES)
    return 'Its chunks are too large to be read here.';
  return undefined;
}

/** The store that zarrita reads: the array's metadata from memory, its chunks from the files. */
function storeOf(
  files: ZarrFiles,
  path: string,
  array: ArrayMetadata,
  signal?: AbortSignal,
): AsyncReadable {
  const metadata = new TextEncoder().encode(JSON.stringify(array.json));
  const document = array.zarrFormat === 2 ? '.zarray' : 'zarr.json';
  const relative = (key: string): string =>
    `${path === '/' ? '' : path.slice(1)}${key}`.replace(/^\//, '');
  const need = (key: string, bytes: Uint8Array | undefined): Uint8Array | undefined => {
    if (bytes === undefined && !array.hasFillValue)
      throw failedBytes(
        `${files.name}/${relative(key)}`,
        'bytes-not-found',
        'is a chunk that is not there',
      );
    return bytes;
  };
  return {
    async get(key) {
      if (key === `/${document}`) return metadata;
      if (/\/(?:\.z(?:array|attrs|group)|zarr\.json)$/.test(key)) return undefined;
      return need(key, await files.read(relative(key), MOST_CHUNK_BYTES, signal));
    },
    async getRange(key, range) {
      const part =
        'suffixLength' in range
          ? { last: range.suffixLength }
          : { from: range.offset, length: range.length };
      const length = 'last' in part ? part.last : part.length;
      if (!Number.isSafeInteger(length) || length > MOST_CHUNK_BYTES)
        throw new Error('A shard claims a chunk that is larger than is read of one.');
      const bytes = await files.readPart(relative(key), part, signal);
      if (bytes !== undefined && bytes.length !== length)
        throw new Error('A shard is shorter than its index says.');
      return need(key, bytes);
    },
  };
}

/** Calls `visit` for each chunk that a box touches. */
function* chunksIn(
  from: readonly number[],
  to: readonly number[],
  chunkShape: readonly number[],
): Generator<number[]> {
  const first = from.map((start, axis) => Math.floor(start / (chunkShape[axis] ?? 1)));
  const last = to.map((end, axis) => Math.ceil(end / (chunkShape[axis] ?? 1)));
  if (last.some((end, axis) => end <= (first[axis] ?? 0))) return;
  const at = [...first];
  for (;;) {
    yield [...at];
    let axis = at.length - 1;
    while (axis >= 0 && (at[axis] ?? 0) + 1 >= (last[axis] ?? 0)) {
      at[axis] = first[axis] ?? 0;
      axis -= 1;
    }
    if (axis < 0) return;
    at[axis] = (at[axis] ?? 0) + 1;
  }
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/**
 * The values from `from` up to before `to`, an index for each dimension.
 *
 * @throws RangeError for a box that is not within the array
 * @throws ArchiveError for chunks that are absent without a fill value, damaged or unreadable
 */
export async function readBox(
  files: ZarrFiles,
  path: string,
  array: ArrayMetadata,
  box: { from: readonly number[]; to: readonly number[] },
  signal?: AbortSignal,
): Promise<Box> {
  const { from, to } = box;
  const { chunkShape } = array;
  const isWithin = array.shape.every((size, axis) => {
    const [start, end] = [from[axis] ?? -1, to[axis] ?? -1];
    return start >= 0 && start <= end && end <= size;
  });
  if (!isWithin || from.length !== array.shape.length)
    throw new RangeError('The box is outside of the array.');
  const shape = to.map((end, axis) => end - (from[axis] ?? 0));
  const problem = problemOfValues(array);
  if (problem !== undefined) throw failedBytes(`${files.name}${path}`, 'bytes-unreadable', problem);
  const chunks = [...take(chunksIn(from, to, chunkShape), MOST_CHUNKS + 1)];
  const chunkBytes = product(chunkShape) * (array.elementBytes ?? UNKNOWN_BYTES);
  if (
    product(shape) > MOST_CELLS ||
    chunks.length > MOST_CHUNKS ||
    chunks.length * chunkBytes > MOST_BYTES
  )
    throw failedBytes(`${files.name}${path}`, 'bytes-unreadable', 'is more than is read at once');
  const values = new Array<Cell>(product(shape));
  try {
    const location = root(storeOf(files, path, array, signal));
    const opened = await (array.zarrFormat === 2
      ? open.v2(location, { kind: 'array', attrs: false })
      : open.v3(location, { kind: 'array' }));
    for (const at of chunks) {
      signal?.throwIfAborted();
      const chunk = await opened.getChunk(at);
      copyChunk(chunk as ReadChunk, at, chunkShape, { from, to, shape, values });
    }
  } catch (cause) {
    signal?.throwIfAborted();
    const why = cause instanceof Error ? cause.message : 'could not be read';
    throw failedBytes(
      `${files.name}${path}`,
      'bytes-unreadable',
      `could not be decoded: ${why}`.slice(0, 300),
      cause,
    );
  }
  return { values, shape };
}

function* take<T>(items: Iterable<T>, most: number): Generator<T> {
  let left = most;
  for (const item of items) {
    if (left === 0) return;
    left -= 1;
    yield item;
  }
}

interface ReadChunk {
  readonly data: ArrayLike<Cell> & { get?: (at: number) => Cell };
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

/** Copies what a chunk has of the box. A chunk of another size than the metadata say is damaged. */
function copyChunk(
  { data, shape: chunkSizes, stride }: ReadChunk,
  at: readonly number[],
  chunkShape: readonly number[],
  box: { from: readonly number[]; to: readonly number[]; shape: readonly number[]; values: Cell[] },
): void {
  if (data.length !== product(chunkShape) || chunkSizes.length !== chunkShape.length)
    throw new Error('A chunk holds another number of values than its array says.');
  const start = at.map((index, axis) =>
    Math.max(box.from[axis] ?? 0, index * (chunkShape[axis] ?? 1)),
  );
  const end = at.map((index, axis) =>
    Math.min(box.to[axis] ?? 0, (index + 1) * (chunkShape[axis] ?? 1)),
  );
  const axes = start.length;
  const index = [...start];
  for (;;) {
    let source = 0;
    let target = 0;
    for (let axis = 0; axis < axes; axis += 1) {
      const one = index[axis] ?? 0;
      source += (one - (at[axis] ?? 0) * (chunkShape[axis] ?? 1)) * (stride[axis] ?? 0);
      target = target * (box.shape[axis] ?? 1) + one - (box.from[axis] ?? 0);
    }
    const value = data.get === undefined ? data[source] : data.get(source);
    if (value === undefined) throw new Error('A chunk holds fewer values than its array says.');
    box.values[target] = value;
    let axis = axes - 1;
    while (axis >= 0 && (index[axis] ?? 0) + 1 >= (end[axis] ?? 0)) {
      index[axis] = start[axis] ?? 0;
      axis -= 1;
    }
    if (axis < 0) return;
    index[axis] = (index[axis] ?? 0) + 1;
  }
}

/** One value as a tree has it: numbers that JSON lacks, and large integers, as text. */
function treeCell(cell: Cell): TreeValue {
  if (typeof cell === 'bigint' || typeof cell === 'number') return treeNumber(cell);
  if (typeof cell === 'object' && cell !== null)
    return { omitted: 'It is an object of a kind that is not shown.' };
  return typeof cell === 'string' ? cell.replace(/\0+$/, '') : cell;
}

/** The values of a box as nested lists; a box without dimensions is its one value. */
export function treeValueOf({ values, shape }: Box): TreeValue {
  return nestedValue(values.map(treeCell), shape);
}
