// What the verb `index` reads files and stores with.

import { gunzipSync, gzipSync } from 'node:zlib';
import packageFile from '../../../package.json' with { type: 'json' };
import { openBytes } from '../../adapters/bytes/open-bytes.ts';
import { sha256OfBytes } from '../../adapters/digests/file-digests.ts';
import { isChunkRight } from '../../adapters/hdf5/compare-chunk.ts';
import { openHdf5 } from '../../adapters/hdf5/open-hdf5.ts';
import type { ObjectStore } from '../../adapters/object-store/object-store.ts';
import { MOST_UNPACKED_INDEX } from '../../core/file-index/file-index.ts';
import type { IndexAdapters } from '../../workflows/indexing/index-files.ts';
import type { IndexReader } from '../../workflows/indexing/read-file-index.ts';

/** Compresses without the name of the operating system in the header, so that equal texts have equal bytes. */
function gzip(text: string): Uint8Array {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes;
}

/** The adapters of indexing; indexes are read from `store`, and written to it. */
export function indexAdapters(store: ObjectStore): IndexAdapters & IndexReader {
  return {
    openBytes: (address, signal) => openBytes(address, signal === undefined ? {} : { signal }),
    openHdf5: (bytes) => openHdf5(bytes),
    isChunkRight,
    sha256: sha256OfBytes,
    random: Math.random,
    madeBy: `dandiset ${packageFile.version}`,
    store,
    gzip,
    gunzip: (bytes) => gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_INDEX }).toString('utf8'),
  };
}
