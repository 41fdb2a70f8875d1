// Small objects, read whole.

import { ArchiveError } from '../../core/error.ts';
import type { ObjectStore } from './object-store.ts';

/** The default limit in bytes: compressed lists and files of a site are far smaller. */
const MAX_READ = 1_000_000_000;

/**
 * All bytes of an object, in memory; undefined if there is none.
 *
 * @throws ArchiveError `store-failed` for an object of more than `limit` bytes; any error of the store
 */
export async function readStoredObject(
  store: Pick<ObjectStore, 'open'>,
  key: string,
  limit = MAX_READ,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await store.open(key);
  if (bytes === undefined) return undefined;
  if (bytes.size > limit)
    throw new ArchiveError(
      'store-failed',
      `${bytes.name} has ${bytes.size} bytes, more than the ${limit} that are read at once.`,
    );
  return bytes.range(0, bytes.size);
}
