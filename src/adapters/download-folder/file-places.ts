// Small files are put at their places by a thread, so that the next ones can be received meanwhile.

import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { JournalEntry, WantedEntry } from '../../core/download/journal.ts';
import { ArchiveError } from '../../core/error.ts';
import { startThread } from '../process/start-thread.ts';
import { placedEntry, type PlaceOrder } from './place-file.ts';
import type { PlaceFolder, Placed } from './place-thread.ts';

/** Files that are placed without it: starting a thread takes as long. */
const WITHOUT = 20;

interface Waiting {
  entry: WantedEntry;
  resolve(placed: JournalEntry): void;
  reject(error: Error): void;
}

/** Places files as `placeHere` does, and from some number of them on in a thread, in the order of the calls. */
export class FilePlaces {
  readonly #folder: PlaceFolder;
  readonly #placeHere: (order: PlaceOrder) => JournalEntry;
  #count = 0;
  #thread: Worker | undefined;
  #waiting: Waiting[] = [];
  /** Why the thread ended by itself. */
  #failure: Error | undefined;

  constructor(folder: PlaceFolder, placeHere: (order: PlaceOrder) => JournalEntry) {
    this.#folder = folder;
    this.#placeHere = placeHere;
  }

  #start(): Worker {
    const thread = startThread(import.meta.url, 'place-thread', this.#folder);
    thread.on('message', (done: Placed) => {
      const waiting = this.#waiting.shift();
      if ('mtime' in done) return waiting?.resolve(placedEntry(waiting.entry, done.mtime));
      const { code, message, hint, cause } = done.failure;
      waiting?.reject(
        new ArchiveError(code, message, {
          ...(hint === undefined ? {} : { hint }),
          ...(cause === undefined
            ? {}
            : { cause: Object.assign(new Error(cause), { code: cause }) }),
        }),
      );
    });
    thread.on('error', (error) => {
      this.#failure = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
    return thread;
  }

  /** Puts a file at its place. Bytes must not change before it is there. */
  async place(order: PlaceOrder): Promise<JournalEntry> {
    this.#count += 1;
    if (order.bytes === undefined || this.#count <= WITHOUT) return this.#placeHere(order);
    if (this.#failure !== undefined) throw this.#failure;
    const thread = (this.#thread ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry: order.entry, resolve, reject });
      thread.postMessage(order);
    });
  }

  /** Ends the thread, after all that it was given. */
  async close(): Promise<void> {
    if (this.#thread === undefined || this.#failure !== undefined) return;
    const ended = once(this.#thread, 'exit');
    this.#thread.postMessage('close');
    await ended;
  }
}
