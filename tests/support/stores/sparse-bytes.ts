// Bytes of any size that are made as they are read, so that no test fills a disk or a memory with them.

import { clippedLength, type Bytes } from '../../../src/adapters/bytes/bytes.ts';
import { streamOf } from '../../../src/adapters/bytes/bytes-stream.ts';

const PIECE = 256 * 1024;
const SCRATCH = new Float64Array(16 * 1024);
const wordAt = (place: number): number => place * 1.000_000_1;

/** Whether a piece is what these bytes hold at a place; takes no memory of its own. */
export function holdsSparse(piece: Uint8Array, from: number): boolean {
  for (let at = 0; at < piece.length; at += SCRATCH.byteLength / 2) {
    const part = piece.subarray(at, at + SCRATCH.byteLength / 2);
    const first = Math.floor((from + at) / 8);
    for (let word = 0; word < SCRATCH.length; word += 1) SCRATCH[word] = wordAt(first + word);
    const start = from + at - first * 8;
    const meant = new Uint8Array(SCRATCH.buffer, start, part.length);
    if (Buffer.compare(meant, part) !== 0) return false;
  }
  return true;
}

/** Bytes that differ from each other at every place that matters: each eight hold their own place. */
export function sparseBytes(size: number): Bytes {
  function make(from: number, length: number): Uint8Array<ArrayBuffer> {
    const first = Math.floor(from / 8);
    const words = new Float64Array(Math.ceil((from + length) / 8) - first);
    for (let at = 0; at < words.length; at += 1) words[at] = wordAt(first + at);
    return new Uint8Array(words.buffer, from - first * 8, length);
  }
  return {
    name: `${size} bytes that are made`,
    size,
    async range(from, length, signal) {
      signal?.throwIfAborted();
      return make(from, clippedLength(size, from, length));
    },
    stream(from = 0, signal, length) {
      const end = from + clippedLength(size, from, length);
      return streamOf(async function* () {
        for (let at = from; at < end; at += PIECE) yield make(at, Math.min(PIECE, end - at));
      }, signal);
    },
  };
}
