// HDF5 files in a browser: each is read in a worker of its own.

import { Hdf5Calls, type Hdf5Access, type OpenHdf5Options } from '../hdf5-access.ts';
import type { OperationResponse } from '../hdf5-operations.ts';
import type { Hdf5Opening } from './serve-hdf5.ts';

/** A tab that shows a file should stay below 500 MB. */
const DEFAULT_MEMORY = 256 * 1024 * 1024;

/**
 * Opens a file in a worker that was just started and calls `serveHdf5`; whether it is HDF5 shows at the first
 * operation. Close it, which ends the worker.
 */
export function openBrowserHdf5(
  worker: Worker,
  opening: Omit<Hdf5Opening, 'memory'>,
  options: OpenHdf5Options = {},
): Hdf5Access {
  const { memory = DEFAULT_MEMORY } = options;
  const calls = new Hdf5Calls(
    opening.name,
    { send: (request) => worker.postMessage(request), stop: () => worker.terminate() },
    options,
  );
  worker.onmessage = ({ data }: MessageEvent<OperationResponse>) => calls.settle(data);
  worker.onerror = () => calls.fail(': the reader failed');
  worker.postMessage({ ...opening, memory } satisfies Hdf5Opening);
  return calls.access;
}
