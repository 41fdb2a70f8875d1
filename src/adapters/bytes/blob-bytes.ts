// Bytes of a Blob, such as a file selected in a browser.

import { ArchiveError } from '../../core/error.ts';
import { clippedLength, type Bytes } from './bytes.ts';
import { piecesOf, streamOf } from './bytes-stream.ts';

function unreadable(name: string, cause: unknown): ArchiveError {
  return new ArchiveError('bytes-unreadable', `${name} could not be read.`, {
    hint: 'It may have been changed, moved or removed; choose it again.',
    cause,
  });
}

/** The bytes of a Blob or File. A browser refuses to read a file that has changed since. */
export function blobBytes(blob: Blob, name = 'name' in blob ? String(blob.name) : 'a blob'): Bytes {
  return {
    name,
    size: blob.size,
    async range(from, length, signal) {
      const end = from + clippedLength(blob.size, from, length);
      signal?.throwIfAborted();
      let bytes: ArrayBuffer;
      try {
        bytes = await blob.slice(from, end).arrayBuffer();
      } catch (cause) {
        throw unreadable(name, cause);
      }
      signal?.throwIfAborted();
      return new Uint8Array(bytes);
    },
    stream(from = 0, signal, length) {
      const end = from + clippedLength(blob.size, from, length);
      return streamOf(async function* () {
        try {
          yield* piecesOf(blob.slice(from, end).stream());
        } catch (cause) {
          throw unreadable(name, cause);
        }
      }, signal);
    },
  };
}
