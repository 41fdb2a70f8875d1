// Two threads that hash the same bytes at a time, each a part of the work. The bytes are in memory that all
// share: a file is read once and copied nowhere.

import type { Worker } from 'node:worker_threads';
import { startThread } from '../process/start-thread.ts';
import type { HashAnswer, HashOrder, HashMemory } from './hash-thread.ts';
import type { HashResult, HashWork } from './hash-work.ts';

/** Pieces that are read ahead, and the bytes of each. */
const SLOTS = 8;
export const PIECE = 1024 * 1024;

/** Both threads, for one file after another. */
export class HashThreads {
  readonly #memory = new SharedArrayBuffer(SLOTS * PIECE);
  readonly #workers: Worker[];
  /** How many threads still use each slot. */
  readonly #users = new Array<number>(SLOTS).fill(0);
  readonly #waiting: (() => void)[] = [];
  readonly #results: ((result: HashResult) => void)[] = [];
  #failure: Error | undefined;

  constructor() {
    this.#workers = [0, 1].map((at) => {
      const memory: HashMemory = { memory: this.#memory, piece: PIECE };
      const worker = startThread(import.meta.url, 'hash-thread', memory);
      worker.on('message', (answer: HashAnswer) => {
        if (answer.kind === 'result') this.#results[at]?.(answer.result);
        else this.#users[answer.slot]! -= 1;
        this.#wake();
      });
      worker.on('error', (error) => {
        this.#failure = error;
        this.#wake();
      });
      return worker;
    });
  }

  #wake(): void {
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Memory for the next piece, once neither thread uses it any more. */
  async #slot(at: number): Promise<Uint8Array> {
    while (this.#users[at]! > 0 && this.#failure === undefined)
      await new Promise<void>((go) => this.#waiting.push(go));
    if (this.#failure !== undefined) throw this.#failure;
    return new Uint8Array(this.#memory, at * PIECE, PIECE);
  }

  /**
   * Hashes what `read` puts into the memory that it is given, until it gives 0 bytes. `works` are those of both
   * threads; their results are put together.
   */
  async hash(
    works: readonly [HashWork, HashWork],
    read: (target: Uint8Array) => Promise<number>,
  ): Promise<HashResult> {
    const send = (order: HashOrder): void => this.#workers.forEach((one) => one.postMessage(order));
    works.forEach((work, at) => this.#workers[at]?.postMessage({ kind: 'begin', work }));
    for (let slot = 0; ; slot = (slot + 1) % SLOTS) {
      const length = await read(await this.#slot(slot));
      if (length === 0) break;
      this.#users[slot] = this.#workers.length;
      send({ kind: 'update', slot, length });
    }
    const results = this.#workers.map(
      (_, at) => new Promise<HashResult>((resolve) => (this.#results[at] = resolve)),
    );
    send({ kind: 'end' });
    const [one, other] = await Promise.all(results);
    return {
      whole: { ...one?.whole, ...other?.whole },
      parts: { ...one?.parts, ...other?.parts },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
