// An HDF5 file as the rest of the program sees it, whatever kind of worker reads it.

import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import type { ChunkTable } from '../../core/file-index/chunk-table.ts';
import type { ExpectedChunk } from './chunks/check-chunks.ts';
import type {
  Hdf5Operation,
  OperationInput,
  OperationRequest,
  OperationResponse,
  OperationResult,
} from './hdf5-operations.ts';
import type { Ranges } from './read-elements.ts';
import type { TreeLimits } from './read-hdf5-tree.ts';
import type { DataSlice } from './read-slice.ts';
import { receivedError } from './sent-error.ts';

export interface OpenHdf5Options {
  /** Ends the worker. */
  signal?: AbortSignal;
  /** Milliseconds for one operation; 10 minutes by default. */
  time?: number;
  /** Bytes of memory for the HDF5 library; 1 GiB by default, 256 MiB in a browser. */
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

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A worker, of whatever kind. */
export interface Hdf5Worker {
  send(request: OperationRequest): void;
  /** Ends it, whatever it is doing. */
  stop(): void;
  /** Whether it has something to do from now on. */
  busy?(isBusy: boolean): void;
}

/** What was requested from a worker and has not been answered. */
export class Hdf5Calls {
  readonly #name: string;
  readonly #worker: Hdf5Worker;
  readonly #time: number;
  readonly #waiting = new Map<number, Waiting>();
  #ended: unknown;
  #count = 0;

  /** `name`: of the file, for messages. */
  constructor(name: string, worker: Hdf5Worker, { signal, time = DEFAULT_TIME }: OpenHdf5Options) {
    this.#name = name;
    this.#worker = worker;
    this.#time = time;
    signal?.addEventListener('abort', () => this.#end(signal.reason), { once: true });
  }

  settle(response: OperationResponse): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (this.#waiting.size === 0) this.#worker.busy?.(false);
    if ('error' in response) waiting?.reject(receivedError(response.error));
    else waiting?.resolve(response.result);
  }

  /** Ends the worker and all that waits for it. `why`: as words after "could not be read as HDF5". */
  fail(why: string): void {
    this.#end(
      new ArchiveError('bytes-unreadable', `${this.#name} could not be read as HDF5${why}.`),
    );
  }

  #end(reason: unknown): void {
    this.#ended ??= reason;
    this.#worker.stop();
    for (const one of this.#waiting.values()) one.reject(this.#ended);
    this.#waiting.clear();
  }

  async #run<Name extends Hdf5Operation>(
    name: Name,
    ...input: OperationInput<Name>
  ): Promise<OperationResult<Name>> {
    if (this.#ended !== undefined) throw this.#ended;
    const request: OperationRequest = { id: (this.#count += 1), name, input };
    this.#worker.busy?.(true);
    const limit = Math.round(this.#time / 1000);
    const timer = setTimeout(() => this.fail(` within ${limit} seconds`), this.#time);
    try {
      return await new Promise<OperationResult<Name>>((resolve, reject) => {
        const whenDone = (value: unknown): void => resolve(value as OperationResult<Name>);
        this.#waiting.set(request.id, { resolve: whenDone, reject });
        this.#worker.send(request);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  get access(): Hdf5Access {
    return {
      tree: (limits) => this.#run('tree', limits),
      slice: (path, ranges) => this.#run('slice', path, ranges),
      chunks: (path) => this.#run('chunks', path),
      wrongChunks: (path, expected) => this.#run('wrongChunks', path, expected),
      cost: () => this.#run('cost'),
      close: async () =>
        this.#end(new ArchiveError('bytes-unreadable', `${this.#name} has been closed.`)),
    };
  }
}
