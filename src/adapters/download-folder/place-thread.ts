// A thread that puts small files at their places while the next ones arrive; runs on import.

import { parentPort, workerData } from 'node:worker_threads';
import { ArchiveError } from '../../core/error.ts';
import { journalLines } from './folder-journal.ts';
import { filePlacer, type PlaceOrder } from './place-file.ts';

export interface PlaceFolder {
  folder: string;
  /** Its `.dandiset`. */
  state: string;
}

/** What became of an order; a failure in parts, because an error loses its class between threads. */
export type Placed =
  | { mtime: string }
  | { failure: { code: ArchiveError['code']; message: string; hint?: string; cause?: string } };

const { folder, state } = workerData as PlaceFolder;
const journal = journalLines(state);
const place = filePlacer(folder, journal.append);

function failureOf(error: unknown): Placed {
  if (!(error instanceof ArchiveError)) throw error;
  const { code, message, hint, cause } = error;
  const reason = (cause as NodeJS.ErrnoException | undefined)?.code;
  return {
    failure: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(reason === undefined ? {} : { cause: reason }),
    },
  };
}

parentPort?.on('message', (order: PlaceOrder | 'close') => {
  if (order === 'close') {
    journal.close();
    parentPort?.close();
    return;
  }
  let done: Placed;
  try {
    done = { mtime: place(order).mtime };
  } catch (error) {
    done = failureOf(error);
  }
  parentPort?.postMessage(done);
});
