// A thread that hashes pieces in memory which it shares with who reads them; runs on import.

import { parentPort, workerData } from 'node:worker_threads';
import { runHashes, type HashResult, type HashWork, type RunningHashes } from './hash-work.ts';

export interface HashMemory {
  memory: SharedArrayBuffer;
  /** Bytes of a slot. */
  piece: number;
}

export type HashOrder =
  | { kind: 'begin'; work: HashWork }
  | { kind: 'update'; slot: number; length: number }
  | { kind: 'end' };

export type HashAnswer = { kind: 'free'; slot: number } | { kind: 'result'; result: HashResult };

const { memory, piece } = workerData as HashMemory;
const answer = (one: HashAnswer): void => parentPort?.postMessage(one);
let running: RunningHashes = runHashes({ whole: [], parts: [], partSize: 1 });

parentPort?.on('message', (order: HashOrder) => {
  if (order.kind === 'begin') running = runHashes(order.work);
  else if (order.kind === 'update') {
    running.update(new Uint8Array(memory, order.slot * piece, order.length));
    answer({ kind: 'free', slot: order.slot });
  } else answer({ kind: 'result', result: running.result() });
});
