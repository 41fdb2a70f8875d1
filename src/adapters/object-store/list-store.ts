// Lists of assets that are too large for git: gzip-compressed at `lists/<sha256>.gz`, named by the
// SHA-256 of the uncompressed list, so that the compression is nobody's concern.

import { Readable } from 'node:stream';
import { createGzip, gunzipSync } from 'node:zlib';
import { listKeyPath } from '../../core/records/asset-list.ts';
import type { ObjectStore } from './object-store.ts';
import { readStoredObject } from './read-object.ts';

export interface ListStore {
  /** For messages. */
  readonly name: string;
  /** Why it cannot be written from here, as a sentence; absent if it can. */
  readonly readOnly?: string;
  has(sha256: string): Promise<boolean>;
  /** The uncompressed list; undefined if it is not there. */
  read(sha256: string): Promise<Uint8Array | undefined>;
  /** Stores a list given uncompressed, in pieces. */
  write(sha256: string, pieces: Iterable<Uint8Array>): Promise<void>;
}

/** Bytes; a list that claims to be larger is no list. */
const MAX_LIST = 2_000_000_000;
const GZIP_SYSTEM_BYTE = 9;
const UNKNOWN_SYSTEM = 255;

/** Compresses without a time and without the name of the operating system in the header. */
async function* compressed(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = Readable.from(pieces, { objectMode: false }).pipe(createGzip({ level: 9 }));
  let offset = 0;
  for await (const piece of gzip as AsyncIterable<Buffer>) {
    if (offset <= GZIP_SYSTEM_BYTE && offset + piece.length > GZIP_SYSTEM_BYTE) {
      piece[GZIP_SYSTEM_BYTE - offset] = UNKNOWN_SYSTEM;
    }
    offset += piece.length;
    yield piece;
  }
}

/** The lists in an object store. */
export function listStore(store: ObjectStore): ListStore {
  return {
    name: store.name,
    ...(store.readOnly === undefined ? {} : { readOnly: store.readOnly }),
    has: async (sha256) => (await store.head(listKeyPath(sha256))) !== undefined,
    async read(sha256) {
      const bytes = await readStoredObject(store, listKeyPath(sha256));
      return bytes === undefined ? undefined : gunzipSync(bytes, { maxOutputLength: MAX_LIST });
    },
    async write(sha256, pieces) {
      await store.write(listKeyPath(sha256), compressed(pieces));
    },
  };
}
