// How the values of a dataset are stored.

import type { Filter, Storage } from '../../core/data-tree/data-tree.ts';
import type { DataMetadata } from './hdf5-library.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import type { FoundObject } from './list-hdf5-objects.ts';

/** Layout, filters, and where contiguous values begin. */
export function storageOf(
  _reader: Hdf5Reader,
  _found: FoundObject,
  meta: DataMetadata,
  filters: readonly Filter[],
): Storage {
  if (meta.chunks !== null)
    return {
      layout: 'chunked',
      chunkShape: [...meta.chunks],
      ...(filters.length === 0 ? {} : { filters }),
    };
  return { layout: meta.virtual_sources === undefined ? 'contiguous' : 'virtual' };
}
