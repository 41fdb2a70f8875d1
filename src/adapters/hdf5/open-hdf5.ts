// HDF5 files in Node: each is read in a thread of its own, which is ended when it takes too long or is not needed.

import type { DataTree } from '../../core/data-tree/data-tree.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { startThread } from '../process/start-thread.ts';
import { bridgeTo, serveRange, type RangeRequest } from './byte-bridge.ts';
import { Hdf5Calls, type Hdf5Access, type OpenHdf5Options } from './hdf5-access.ts';
import type { OperationResponse } from './hdf5-operations.ts';
import type { TreeLimits } from './read-hdf5-tree.ts';

const DEFAULT_MEMORY = 1024 * 1024 * 1024;
/** For the tree of a large file. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 1024 };

type FromThread = { range: RangeRequest } | { response: OperationResponse };

/** Opens a file in a thread of its own; whether it is HDF5 shows at the first operation. Close it. */
export function openHdf5(bytes: Bytes, options: OpenHdf5Options = {}): Hdf5Access {
  options.signal?.throwIfAborted();
  const control = new AbortController();
  const bridge = bridgeTo(bytes);
  const workerData = { bridge, memory: options.memory ?? DEFAULT_MEMORY };
  const thread = startThread(import.meta.url, 'hdf5-thread', workerData, THREAD_LIMITS);
  // It does not keep the process from ending while nothing is requested.
  thread.unref();
  const worker = {
    send: (request: object) => thread.postMessage(request),
    busy: (isBusy: boolean) => (isBusy ? thread.ref() : thread.unref()),
    stop: () => {
      control.abort();
      void thread.terminate();
    },
  };
  const calls = new Hdf5Calls(bytes.name, worker, options);
  thread.on('message', (message: FromThread) => {
    if ('range' in message) void serveRange(bytes, bridge, message.range, control.signal);
    else calls.settle(message.response);
  });
  thread.on('error', () => calls.fail(': the reader failed'));
  thread.on('exit', () => calls.fail(': the reader has ended'));
  return calls.access;
}

/** The tree of one file. @throws ArchiveError as {@link Hdf5Access} says */
export async function readDataTree(
  bytes: Bytes,
  options: OpenHdf5Options & { limits?: Partial<TreeLimits> } = {},
): Promise<DataTree> {
  const file = openHdf5(bytes, options);
  try {
    return await file.tree(options.limits);
  } finally {
    await file.close();
  }
}
