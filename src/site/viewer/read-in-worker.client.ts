// Reads the tree of an HDF5 file by the library itself, in a worker that is ended with it.

import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { baseName } from '../../core/identifiers/asset-path.ts';
import { shownPath } from '../../core/text/shown-path.ts';
import type { ViewedFile } from './viewed-file.ts';

/** What the worker reads: an absolute address or a file, and its size in bytes. */
export interface ReadingJob {
  source: string | Blob;
  size: number;
  /** For messages. */
  name: string;
}

/** What has been read of the file so far. */
export interface ReadingProgress {
  bytes: number;
  requests: number;
}

export type ReadingEvent =
  | ({ kind: 'progress' } & ReadingProgress)
  | { kind: 'done'; tree: DataTree }
  | { kind: 'failed'; why: string };

/** The tree of a file. Rejects with what went wrong, or with the signal's reason. */
export function readInWorker(
  { source, size, path }: Pick<ViewedFile, 'source' | 'size' | 'path'>,
  onProgress: (progress: ReadingProgress) => void,
  signal: AbortSignal,
): Promise<DataTree> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL('./hdf5-worker.client.ts', import.meta.url), {
      type: 'module',
    });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<ReadingEvent>) => {
      if (data.kind === 'progress') onProgress(data);
      else if (data.kind === 'done') end(() => resolve(data.tree));
      else end(() => reject(new Error(data.why)));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(() => reject(new Error('The reader could not be loaded, or used up its memory.')));
    });
    const address = typeof source === 'string' ? new URL(source, document.baseURI).href : source;
    const job: ReadingJob = { source: address, size, name: shownPath(baseName(path)) };
    worker.postMessage(job);
  });
}
