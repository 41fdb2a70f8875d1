// Where each chunk of a dataset is in its file.

import type { Filter } from '../../../core/data-tree/data-tree.ts';
import {
  chunkCount,
  chunkGrid,
  MOST_CHUNKS,
  type ChunkTable,
} from '../../../core/file-index/chunk-table.ts';
import { formatCount } from '../../../core/text/format.ts';
import { NO_ADDRESS } from '../byte-cursor.ts';
import { extensibleArrayChunks, fixedArrayChunks } from './chunk-arrays.ts';
import { tree2Chunks, treeChunks, type ListContext, type ListedChunk } from './chunk-lists.ts';
import { filtersOf } from '../hdf5-filters.ts';
import type { DataMetadata } from '../hdf5-library.ts';
import { Hdf5Problem } from '../hdf5-problem.ts';
import type { Hdf5Reader } from '../hdf5-reader.ts';
import { addressOf } from '../list-hdf5-objects.ts';
import type { Layout } from '../object-header.ts';
import { datasetAt } from '../read-slice.ts';
import { headerOf } from '../read-storage.ts';

/** How HDF5 writes that a dimension has no bound. */
const UNLIMITED = 2 ** 63;

function* listedChunks(
  context: ListContext,
  { index }: Layout & { class: 'chunked' },
  grid: readonly number[],
  plain: number,
): Generator<ListedChunk> {
  if (index.address === NO_ADDRESS) return;
  const origin = grid.map(() => 0);
  switch (index.kind) {
    case 'tree':
      return yield* treeChunks(context, index.address);
    case 'tree2':
      return yield* tree2Chunks(context, index.address);
    case 'fixed':
      return yield* fixedArrayChunks(context, index.address);
    case 'extensible':
      return yield* extensibleArrayChunks(context, index.address);
    case 'single': {
      const { address, mask, length } = index;
      return yield { place: origin, address, mask, ...(length === undefined ? {} : { length }) };
    }
    case 'implicit': {
      const most = context.mostGrid.map((one) => one ?? 1);
      const count = grid.reduce((all, one) => all * one, 1);
      for (let at = 0; at < count; at += 1) {
        const place = [...grid].map(() => 0);
        let rest = at;
        for (let d = grid.length - 1; d >= 0; d -= 1) {
          place[d] = rest % grid[d]!;
          rest = Math.floor(rest / grid[d]!);
        }
        const position = place.reduce((all, one, d) => all * most[d]! + one, 0);
        yield { place, address: index.address + position * plain, mask: 0 };
      }
    }
  }
}

/** The bytes of a chunk to which no filter is applied. */
function plainBytes({ chunks, size }: DataMetadata): number {
  return (chunks ?? []).reduce((all, one) => all * one, size);
}

interface Chunked {
  meta: DataMetadata;
  filters: readonly Filter[];
  layout: Layout & { class: 'chunked' };
  shape: readonly number[];
  chunkShape: readonly number[];
}

function tableOf(
  reader: Hdf5Reader,
  { meta, filters, layout, shape, chunkShape }: Chunked,
): ChunkTable {
  const grid = chunkGrid(shape, chunkShape);
  const count = chunkCount(shape, chunkShape);
  const { format, read } = reader;
  const context: ListContext = {
    read,
    format,
    chunkShape,
    mostGrid: chunkShape.map((size, i) => {
      const most = meta.maxshape?.[i] ?? shape[i]!;
      return most >= UNLIMITED ? undefined : Math.ceil(most / size);
    }),
  };
  const plain = plainBytes(meta);
  const allFilters = 2 ** filters.length - 1;
  const offsets = new Float64Array(count).fill(-1);
  const lengths = new Float64Array(count);
  const masks = new Uint32Array(count);
  for (const { place, address, length = plain, mask } of listedChunks(
    context,
    layout,
    grid,
    plain,
  )) {
    if (!place.every((one, i) => Number.isInteger(one) && one < grid[i]!)) continue;
    const at = place.reduce((all, one, i) => all * grid[i]! + one, 0);
    if (address === NO_ADDRESS) continue;
    const from = format.base + address;
    if (from + length > reader.cache.size || length === 0)
      throw new Hdf5Problem('The list of its chunks is damaged.');
    const isEdge = place.some((one, i) => (one + 1) * chunkShape[i]! > shape[i]!);
    offsets[at] = from;
    lengths[at] = length;
    masks[at] = isEdge && !layout.filtersEdges ? allFilters : mask;
  }
  return { offsets, lengths, ...(masks.some((mask) => mask !== 0) ? { masks } : {}) };
}

/**
 * The chunks of a dataset as the file lists them; undefined if it is not chunked.
 *
 * @throws Hdf5Problem if there are more than 10⁶, or the list is damaged; ArchiveError
 */
export function readChunkTable(reader: Hdf5Reader, path: string): ChunkTable | undefined {
  const meta = datasetAt(reader, path);
  const { shape, chunks } = meta;
  if (chunks === null || shape === null || shape.length === 0) return undefined;
  const count = chunkCount(shape, chunks);
  if (count > MOST_CHUNKS)
    throw new Hdf5Problem(
      `It has ${formatCount(count)} chunks, of which the places are not listed.`,
    );
  const { layout } = headerOf(reader, addressOf(reader, path));
  if (layout?.class !== 'chunked') throw new Hdf5Problem('The list of its chunks is damaged.');
  return tableOf(reader, {
    meta,
    filters: filtersOf(reader, path),
    layout,
    shape,
    chunkShape: chunks,
  });
}
