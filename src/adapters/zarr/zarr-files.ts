// The files of a Zarr: many small ones below a folder, an address, or a key of a store.

import { isArchiveError } from '../../core/error.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { failedBytes } from '../bytes/http-bytes.ts';

/** Which bytes of a file are wanted: a range, or as many as there are at its end. */
export type FilePart = { from: number; length: number } | { last: number };

/** Reads files by their paths relative to the Zarr, `acquisition/lfp/.zarray`; runs in Node and in browsers. */
export interface ZarrFiles {
  /** The path or address of the Zarr, for messages. */
  readonly name: string;
  /** The paths of all of its files, where they are known: then no file is asked for that isn't there. */
  readonly list?: readonly string[];
  /**
   * A whole file; undefined if there is none.
   *
   * @throws ArchiveError as `Bytes` does, and if the file has more than `most` bytes
   */
  read(path: string, most: number, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  /**
   * A part of a file; undefined if there is no such file.
   *
   * @throws ArchiveError as `Bytes` does
   */
  readPart(path: string, part: FilePart, signal?: AbortSignal): Promise<Uint8Array | undefined>;
}

/** The files that `open` opens by their relative paths; it fails with `bytes-not-found` where there is none. */
export function openZarrFiles(
  name: string,
  open: (path: string, signal?: AbortSignal) => Promise<Bytes>,
  list?: readonly string[],
): ZarrFiles {
  const known = list === undefined ? undefined : new Set(list);

  async function opened(path: string, signal?: AbortSignal): Promise<Bytes | undefined> {
    if (known?.has(path) === false) return undefined;
    try {
      return await open(path, signal);
    } catch (error) {
      // A file that the list names and that isn't there is damage, not absence.
      if (known === undefined && isArchiveError(error, 'bytes-not-found')) return undefined;
      throw error;
    }
  }

  return {
    name,
    ...(list === undefined ? {} : { list }),
    async read(path, most, signal) {
      const bytes = await opened(path, signal);
      if (bytes !== undefined && bytes.size > most)
        throw failedBytes(
          bytes.name,
          'bytes-unreadable',
          `has more than the ${most} bytes that are read of it`,
        );
      return bytes?.range(0, bytes.size, signal);
    },
    async readPart(path, part, signal) {
      const bytes = await opened(path, signal);
      if (bytes === undefined) return undefined;
      const from = 'last' in part ? Math.max(0, bytes.size - part.last) : part.from;
      return bytes.range(from, 'last' in part ? part.last : part.length, signal);
    },
  };
}
