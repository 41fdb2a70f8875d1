// Bytes that are read synchronously, as the HDF5 library needs them: in a worker, never in the thread of a page.

import { ArchiveError } from '../../core/error.ts';

/** Bytes that do not change, read by ranges; the synchronous counterpart of Bytes. */
export interface SyncBytes {
  /** The path or address, for messages. */
  readonly name: string;
  readonly size: number;
  /**
   * Exactly `length` bytes, all within the size.
   *
   * @throws ArchiveError as Bytes says; never returns fewer bytes, or others
   */
  read(from: number, length: number): Uint8Array;
}

/** The bytes of an array, which must not be changed while they are used. */
export function syncMemoryBytes(data: Uint8Array, name = 'bytes in memory'): SyncBytes {
  return {
    name,
    size: data.length,
    read: (from, length) => exactLength(data.subarray(from, from + length), length, name),
  };
}

/** The bytes that a source returned. @throws ArchiveError `bytes-unreadable` if they are not as many as requested */
export function exactLength(bytes: Uint8Array, length: number, name: string): Uint8Array {
  if (bytes.length === length) return bytes;
  throw new ArchiveError(
    'bytes-unreadable',
    `${name} could not be read: ${bytes.length} bytes came instead of ${length}.`,
  );
}
