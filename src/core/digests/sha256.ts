// SHA-256 in any runtime: core may use neither node:crypto nor the browser's (asynchronous) one.
// Bytes of data files are never hashed here, only records (at most some tens of megabytes).

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Computes the lower-case hexadecimal SHA-256 of bytes: sha256Hex, or a faster function of the runtime. */
export type Sha256 = (bytes: Uint8Array) => string;

/** The lower-case hexadecimal SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** The SHA-256 and the size of bytes that arrive in pieces. */
export function sha256OfChunks(chunks: Iterable<Uint8Array>): { sha256: string; size: number } {
  const hash = sha256.create();
  let size = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: bytesToHex(hash.digest()), size };
}
