// How the values of a dataset are stored.

import type { Filter, Storage } from '../../core/data-tree/data-tree.ts';
import { NO_ADDRESS } from './byte-cursor.ts';
import { decodeElements } from './decode-elements.ts';
import { HDF5_CLASS, type DataMetadata } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import { readObjectHeader, type ObjectHeader } from './object-header.ts';

/** The header at the address of a reference. @throws Hdf5Problem, ArchiveError */
export function headerOf(reader: Hdf5Reader, address: bigint): ObjectHeader {
  return readObjectHeader(reader.read, reader.format, Number(address));
}

/** The value of elements that have never been written, of a dataset of numbers; nothing if it is 0. */
function fillOf(header: ObjectHeader | undefined, meta: DataMetadata): Pick<Storage, 'fill'> {
  const bytes = header?.fill;
  const isNumber = meta.type === HDF5_CLASS.integer || meta.type === HDF5_CLASS.float;
  if (bytes?.length !== meta.size || !isNumber) return {};
  const ordered = meta.littleEndian ? bytes : bytes.toReversed();
  const context = { budget: 1, reference: () => null };
  return { fill: decodeElements(ordered, 0, 1, meta, context)[0] ?? null };
}

/** Layout and filters, and where contiguous values begin. @throws ArchiveError */
export function storageOf(
  reader: Hdf5Reader,
  header: ObjectHeader | undefined,
  meta: DataMetadata,
  filters: readonly Filter[],
): Storage {
  const filtered = filters.length === 0 ? {} : { filters };
  const fill = fillOf(header, meta);
  if (meta.chunks !== null)
    return { layout: 'chunked', chunkShape: [...meta.chunks], ...filtered, ...fill };
  if (meta.virtual_sources !== undefined) return { layout: 'virtual' };
  const layout = header?.layout;
  if (layout?.class === 'compact') return { layout: 'compact', bytes: layout.bytes };
  if (header?.hasExternalFiles === true) return { layout: 'external' };
  if (layout?.class !== 'contiguous') return { layout: 'contiguous' };
  const bytes = layout.bytes ?? meta.size * meta.total_size;
  const offset = layout.address === NO_ADDRESS ? -1 : layout.address + reader.format.base;
  if (offset === -1) return { layout: 'contiguous', bytes: 0, ...fill };
  const isInside = offset + bytes <= reader.cache.size;
  return { layout: 'contiguous', bytes, ...(isInside ? { offset } : {}) };
}

/** The header, as far as it can be read. @throws ArchiveError */
export function readableHeader(reader: Hdf5Reader, address: bigint): ObjectHeader | undefined {
  try {
    return headerOf(reader, address);
  } catch (error) {
    if (error instanceof Hdf5Problem) return undefined;
    throw error;
  }
}
