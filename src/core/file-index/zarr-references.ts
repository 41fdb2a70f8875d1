// An HDF5 file as references that read it as a Zarr (version 2): the metadata of its arrays, and where the chunks of
// each are in the file. What kerchunk's and LINDI's references have in common.

import type {
  ElementType,
  Filter,
  Storage,
  TreeDataset,
  TreeValue,
} from '../data-tree/data-tree.ts';
import { base64 } from '../text/base64.ts';
import { chunkGrid, type ChunkTable } from './chunk-table.ts';
import { flatValues, numberBytes } from './element-bytes.ts';

/** A chunk: a part of an address, `[url, offset, length]`; or its content, as text or after `base64:`. */
export type ChunkReference = string | readonly [url: string, offset: number, length: number];

/** By key: `acquisition/lfp/data/.zarray`, `acquisition/lfp/data/0.0`. */
export type References = Record<string, ChunkReference>;

/** Codecs of numcodecs, in the order in which they are applied to what is written. */
type Codec = Readonly<Record<string, string | number | boolean>>;

/** The key prefix of an object: nothing for the root. */
export function keyOf(path: string): string {
  return path === '/' ? '' : `${path.slice(1)}/`;
}

/** The codecs of HDF5 filters; undefined if one has none that decodes the same bytes. */
function codecsOf(filters: readonly Filter[]): Codec[] | undefined {
  const codecs = filters.map(({ id, parameters }): Codec | undefined => {
    const first = Array.isArray(parameters) ? Number(parameters[0] ?? 0) : 0;
    switch (id) {
      case 1:
        return { id: 'zlib', level: first };
      case 2:
        return { id: 'shuffle', elementsize: first };
      case 3:
        return { id: 'fletcher32' };
      case 32001:
        return { id: 'blosc', cname: 'lz4', clevel: 5, shuffle: 1, blocksize: 0 };
      case 32015:
        return { id: 'zstd', level: first };
      default:
        return undefined;
    }
  });
  return codecs.every((one) => one !== undefined) ? codecs : undefined;
}

/** The type of an array in NumPy's notation; undefined for what is no plain number and no text of fixed length. */
function plainType(type: ElementType): string | undefined {
  if (type === 'boolean') return '|b1';
  if (typeof type === 'object' && 'enum' in type) return plainType(type.enum);
  return typeof type === 'string' && /^[<>|](?:[iu][1248]|f[248]|S\d{1,6})$/.test(type)
    ? type
    : undefined;
}

/** The metadata of an array. */
export interface ZarrArray {
  shape: readonly number[];
  chunks: readonly number[];
  dtype: string;
  filters: readonly Codec[] | null;
  /** Of what has never been written; 0 by default. */
  fill?: TreeValue;
}

/** The text of `.zarray`. */
export function zarrayText({ shape, chunks, dtype, filters, fill = 0 }: ZarrArray): string {
  const isText = dtype === '|O' || dtype.startsWith('|S');
  return JSON.stringify({
    zarr_format: 2,
    shape,
    chunks,
    dtype,
    fill_value: dtype === '|b1' ? false : isText ? null : fill,
    order: 'C',
    filters: filters?.length === 0 ? null : filters,
    compressor: null,
  });
}

/** Bytes of one chunk of values that are one after the other in the file. */
const CONTIGUOUS_CHUNK = 16 * 1024 * 1024;

/** Contiguous values in equal parts along the first dimension, so that not all is read for a few. */
function contiguousParts(shape: readonly number[], bytes: number): number {
  const rows = shape[0] ?? 1;
  let parts = Math.min(rows, Math.ceil(bytes / CONTIGUOUS_CHUNK));
  const most = Math.min(rows, parts * 8);
  while (parts < most && rows % parts !== 0) parts += 1;
  return parts > 0 && rows % parts === 0 ? parts : 1;
}

function chunkKey(grid: readonly number[], number: number): string {
  const place: number[] = [];
  let rest = number;
  for (const count of grid.toReversed()) {
    place.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return place.length === 0 ? '0' : place.join('.');
}

/** An array and its chunks; `chunks` by their keys. */
export interface ArrayReferences {
  array: ZarrArray;
  chunks: ReadonlyMap<string, ChunkReference>;
}

function filling({ fill }: Storage): Pick<ZarrArray, 'fill'> {
  return fill === undefined ? {} : { fill };
}

function chunkedReferences(
  { shape, storage }: TreeDataset,
  dtype: string,
  table: ChunkTable | undefined,
  url: string,
): ArrayReferences | undefined {
  const { chunkShape, filters: applied = [] } = storage;
  const filters = codecsOf(applied);
  // A chunk to which a filter was not applied would be decoded by it all the same.
  if (table === undefined || shape === null || chunkShape === undefined) return undefined;
  if (filters === undefined || table.masks?.some((mask) => mask !== 0) === true) return undefined;
  const grid = chunkGrid(shape, chunkShape);
  const chunks = new Map<string, ChunkReference>();
  for (const [number, offset] of table.offsets.entries())
    if (offset >= 0) chunks.set(chunkKey(grid, number), [url, offset, table.lengths[number]!]);
  return { array: { shape, chunks: chunkShape, dtype, filters, ...filling(storage) }, chunks };
}

function contiguousReferences(
  { shape, storage }: TreeDataset,
  dtype: string,
  url: string,
): ArrayReferences | undefined {
  const { offset, bytes } = storage;
  if (shape === null || bytes === undefined) return undefined;
  const parts = contiguousParts(shape, bytes);
  const chunkShape = shape.map((length, axis) =>
    axis === 0 ? length / parts : Math.max(1, length),
  );
  const array = {
    shape,
    chunks: chunkShape.map((one) => Math.max(1, one)),
    dtype,
    filters: null,
    ...filling(storage),
  };
  const chunks = new Map<string, ChunkReference>();
  const grid = chunkGrid(shape, array.chunks);
  // Values that were never written are the fill value.
  if (offset !== undefined && bytes > 0)
    for (let part = 0; part < parts; part += 1)
      chunks.set(chunkKey(grid, part), [url, offset + (part * bytes) / parts, bytes / parts]);
  return { array, chunks };
}

/** Values that are in the tree. */
function writtenReferences(
  { shape, value }: TreeDataset,
  dtype: string,
): ArrayReferences | undefined {
  if (shape === null || value === undefined) return undefined;
  const own = dtype.replace('>', '<');
  const bytes = dtype === '|b1' ? booleanBytes(value) : numberBytes(own, value);
  if (bytes === undefined) return undefined;
  const chunks = new Map([
    [
      chunkKey(
        shape.map(() => 1),
        0,
      ),
      `base64:${base64(bytes)}`,
    ],
  ]);
  const array = { shape, chunks: shape.map((one) => Math.max(1, one)), dtype: own, filters: null };
  return { array, chunks: bytes.length === 0 ? new Map() : chunks };
}

function booleanBytes(value: TreeValue): Uint8Array {
  return Uint8Array.from(flatValues(value), (one) => (one === true ? 1 : 0));
}

/**
 * The references of a dataset of numbers, booleans or texts of fixed length; undefined if Zarr has no codec for what is
 * in the file, or it is not known where the values are.
 */
export function arrayReferences(
  dataset: TreeDataset,
  table: ChunkTable | undefined,
  url: string,
): ArrayReferences | undefined {
  const dtype = plainType(dataset.type);
  const { fill } = dataset.storage;
  // JSON has no number for it, and Zarr takes no text for an integer.
  if (typeof fill === 'string' && /\d/.test(fill)) return undefined;
  if (dtype === undefined || dataset.shape === null || dataset.problem !== undefined)
    return undefined;
  switch (dataset.storage.layout) {
    case 'chunked':
      return chunkedReferences(dataset, dtype, table, url);
    case 'contiguous':
      return contiguousReferences(dataset, dtype, url);
    case 'compact':
      return writtenReferences(dataset, dtype);
    default:
      return undefined;
  }
}
