// The worker that reads the tree of an HDF5 file in a browser. It waits for each range, as the HDF5 library does, and
// is ended with its one job.

import { addressSyncBytes, blobSyncBytes } from '../../adapters/hdf5/browser/browser-sync-bytes.ts';
import { Hdf5Reader } from '../../adapters/hdf5/hdf5-reader.ts';
import { readHdf5Tree } from '../../adapters/hdf5/read-hdf5-tree.ts';
import { hdf5Decoder } from './hdf5-decoders.client.ts';
import type { ReadingEvent, ReadingJob } from './read-in-worker.client.ts';

/** Bytes of memory for the library, and of the file that are cached: a tab must not take more than 500 MB. */
const MEMORY = 256 * 1024 * 1024;
const CACHE = 32 * 1024 * 1024;

const worker = globalThis as unknown as {
  postMessage(event: ReadingEvent): void;
  onmessage: ((event: MessageEvent<ReadingJob>) => void) | null;
};

worker.onmessage = async ({ data: { source, size, name } }) => {
  try {
    const cost = { requests: 0, bytes: 0 };
    const ranges =
      typeof source === 'string'
        ? addressSyncBytes({ url: source, size }, name)
        : blobSyncBytes(source, name);
    const counted = {
      ...ranges,
      read(from: number, length: number) {
        const bytes = ranges.read(from, length);
        cost.requests += 1;
        cost.bytes += bytes.length;
        worker.postMessage({ kind: 'progress', ...cost });
        return bytes;
      },
    };
    const settings = { memory: MEMORY, cache: CACHE, plugin: hdf5Decoder };
    const reader = await Hdf5Reader.open(counted, settings);
    worker.postMessage({ kind: 'done', tree: readHdf5Tree(reader) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    worker.postMessage({ kind: 'failed', why });
  }
};
