// Bytes in memory.

import { clippedLength, type Bytes } from './bytes.ts';
import { streamOf } from './bytes-stream.ts';

/** The bytes of an array, which must not be changed while they are used. */
export function memoryBytes(data: Uint8Array, name = 'bytes in memory'): Bytes {
  return {
    name,
    size: data.length,
    async range(from, length, signal) {
      signal?.throwIfAborted();
      return new Uint8Array(data.subarray(from, from + clippedLength(data.length, from, length)));
    },
    stream(from = 0, signal, length) {
      const end = from + clippedLength(data.length, from, length);
      return streamOf(async function* () {
        if (from < end) yield data.subarray(from, end);
      }, signal);
    },
  };
}
