// Compares the place of a chunk, as an index has it, with the file: what is there is decoded without the HDF5 library,
// and must be what the library reads of the same elements.

import type { TreeDataset } from '../../core/data-tree/data-tree.ts';
import { bytesWithin, chunkSpans, numberLayout } from '../../core/file-index/chunk-place.ts';
import type { ChunkTable } from '../../core/file-index/chunk-table.ts';
import { undoFilters, unknownFilters } from '../../core/file-index/undo-filters.ts';
import { ArchiveError } from '../../core/error.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { unpackChunk } from '../zarr/zarr-codecs.ts';
import type { Hdf5Access } from './hdf5-access.ts';

/** Bytes of a chunk that is decoded. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Whether chunks of a dataset can be decoded without the HDF5 library. */
function isDecodable({ type, storage }: TreeDataset): boolean {
  const layout = numberLayout(type);
  if (layout === undefined || unknownFilters(storage.filters ?? []).length > 0) return false;
  return (storage.chunkShape ?? []).reduce((all, one) => all * one, layout.size) <= MOST_BYTES;
}

/**
 * Whether the chunk with a number is where a table says: it is decoded, and compared with what the library reads; or,
 * if only one of both can decode it, the library has to read that place.
 *
 * @throws ArchiveError as {@link Hdf5Access} and {@link Bytes}, if the file cannot be read
 */
export async function isChunkRight(
  file: Hdf5Access,
  bytes: Bytes,
  dataset: TreeDataset,
  table: ChunkTable,
  number: number,
): Promise<boolean> {
  const { shape, storage, type, path } = dataset;
  const layout = numberLayout(type);
  const { chunkShape, filters = [] } = storage;
  if (shape === null || chunkShape === undefined) return false;
  const [offset, length] = [table.offsets[number] ?? -1, table.lengths[number] ?? 0];
  if (offset < 0) return false;
  const isRead = async (): Promise<boolean> =>
    (await file.wrongChunks(path, [{ at: number, offset, length }])).length === 0;
  if (layout === undefined || !isDecodable(dataset)) return isRead();
  const spans = chunkSpans(shape, chunkShape, number);
  const slice = await file.slice(path, spans).catch((error: unknown) => {
    if (error instanceof ArchiveError && error.code === 'bytes-unreadable') return undefined;
    throw error;
  });
  // The library lacks a decoder. If it were the bytes that cannot be read, this would fail too.
  if (slice === undefined) return isRead();
  const { values } = slice;
  if (!ArrayBuffer.isView(values)) return false;
  const stored = await bytes.range(offset, length);
  const size = chunkShape.reduce((all, one) => all * one, layout.size);
  const mask = table.masks?.[number] ?? 0;
  const chunk = await undoFilters(stored, filters, mask, size, unpackChunk).catch(() => undefined);
  if (chunk === undefined) return false;
  const found = Buffer.from(bytesWithin(chunk, dataset, spans, layout));
  return found.equals(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
