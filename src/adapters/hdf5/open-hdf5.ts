// HDF5 files in Node: each is read in a thread of its own, which is ended when it takes too long or is not needed.

import { Worker } from 'node:worker_threads';
import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import type { ChunkTable } from '../../core/file-index/chunk-table.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { threadModule } from '../process/thread-module.ts';
import { bridgeTo, serveRange, type RangeRequest } from './byte-bridge.ts';
import type { ExpectedChunk } from './check-chunks.ts';
import {
  receivedError,
  type Hdf5Operation,
  type OperationInput,
  type OperationRequest,
  type OperationResponse,
  type OperationResult,
} from './hdf5-operations.ts';
import type { Ranges } from './read-elements.ts';
import type { DataSlice } from './read-slice.ts';
import type { TreeLimits } from './read-hdf5-tree.ts';

export interface OpenHdf5Options {
  /** Ends the thread. */
  signal?: AbortSignal;
  /** Milliseconds for one operation; 10 minutes by default. */
  time?: number;
  /** Bytes of memory for the HDF5 library; 1 GiB by default. */
  memory?: number;
}

/**
 * An HDF5 file that is read by ranges. Each method rejects with an ArchiveError: `bytes-unreadable` with a plain
 * sentence for what is wrong in the file or takes too long, and those of Bytes.
 */
export interface Hdf5Access {
  /** All that is known of the file without reading its data. */
  tree(limits?: Partial<TreeLimits>): Promise<DataTree>;
  /** A part of a dataset; without ranges, all of it. Rejects with a RangeError for ranges outside of its shape. */
  slice(path: string, ranges?: Ranges): Promise<DataSlice>;
  /**
   * Where each chunk of a dataset is; undefined if it is not chunked. Rejects with a plain sentence if there are more
   * than 10⁶.
   */
  chunks(path: string): Promise<ChunkTable | undefined>;
  /** The numbers of those chunks that the HDF5 library does not read from the stated place; none is fetched. */
  wrongChunks(path: string, expected: readonly ExpectedChunk[]): Promise<number[]>;
  /** What was requested from the bytes so far. */
  cost(): Promise<{ requests: number; bytes: number }>;
  close(): Promise<void>;
}

const DEFAULT_TIME = 10 * 60_000;
const DEFAULT_MEMORY = 1024 * 1024 * 1024;

type FromThread = { range: RangeRequest } | { response: OperationResponse };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

class Hdf5Thread {
  readonly #worker: Worker;
  readonly #bytes: Bytes;
  readonly #time: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #control = new AbortController();
  #ended: unknown;
  #count = 0;

  constructor(
    bytes: Bytes,
    { signal, time = DEFAULT_TIME, memory = DEFAULT_MEMORY }: OpenHdf5Options,
  ) {
    signal?.throwIfAborted();
    this.#bytes = bytes;
    this.#time = time;
    const bridge = bridgeTo(bytes);
    this.#worker = new Worker(threadModule(import.meta.url, 'hdf5-thread'), {
      workerData: { bridge, memory },
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    // It must not keep the process from ending while nothing is requested.
    this.#worker.unref();
    this.#worker.on('message', (message: FromThread) => {
      if ('range' in message) void serveRange(bytes, bridge, message.range, this.#control.signal);
      else this.#settle(message.response);
    });
    const failed = (reason: string) => () =>
      this.#end(
        new ArchiveError('bytes-unreadable', `${bytes.name} could not be read as HDF5: ${reason}.`),
      );
    this.#worker.on('error', failed('the reader failed'));
    this.#worker.on('exit', failed('the reader has ended'));
    signal?.addEventListener('abort', () => this.#end(signal.reason), { once: true });
  }

  #settle(response: OperationResponse): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in response) waiting?.reject(receivedError(response.error));
    else waiting?.resolve(response.result);
  }

  #end(reason: unknown): void {
    this.#ended ??= reason;
    this.#control.abort(reason);
    for (const one of this.#waiting.values()) one.reject(this.#ended);
    this.#waiting.clear();
    void this.#worker.terminate();
  }

  async run<Name extends Hdf5Operation>(
    name: Name,
    ...input: OperationInput<Name>
  ): Promise<OperationResult<Name>> {
    if (this.#ended !== undefined) throw this.#ended;
    const request: OperationRequest = { id: (this.#count += 1), name, input };
    this.#worker.ref();
    const timer = setTimeout(() => {
      const limit = `${Math.round(this.#time / 1000)} seconds`;
      const message = `${this.#bytes.name} could not be read as HDF5 within ${limit}.`;
      this.#end(new ArchiveError('bytes-unreadable', message));
    }, this.#time);
    try {
      return await new Promise<OperationResult<Name>>((resolve, reject) => {
        this.#waiting.set(request.id, {
          resolve: (value) => resolve(value as OperationResult<Name>),
          reject,
        });
        this.#worker.postMessage(request);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#end(new ArchiveError('bytes-unreadable', `${this.#bytes.name} has been closed.`));
    await this.#worker.terminate();
  }
}

/** Opens a file in a thread of its own; whether it is HDF5 shows at the first operation. Close it. */
export function openHdf5(bytes: Bytes, options: OpenHdf5Options = {}): Hdf5Access {
  const thread = new Hdf5Thread(bytes, options);
  return {
    tree: (limits) => thread.run('tree', limits),
    slice: (path, ranges) => thread.run('slice', path, ranges),
    chunks: (path) => thread.run('chunks', path),
    wrongChunks: (path, expected) => thread.run('wrongChunks', path, expected),
    cost: () => thread.run('cost'),
    close: () => thread.close(),
  };
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
