// The list of assets that is in the store because it is too large for git.

import type { ListStore } from '../../adapters/object-store/list-store.ts';
import { readListReference, type FetchedList } from '../../core/checks/check-folder.ts';
import { ArchiveError } from '../../core/error.ts';

/**
 * The list that the bytes of an assets.ref.json name; undefined where there is none to fetch, or no store.
 *
 * @throws ArchiveError where the store cannot be reached.
 */
export async function fetchList(
  reference: Uint8Array | undefined,
  lists: ListStore | undefined,
): Promise<FetchedList | undefined> {
  const named = reference === undefined ? undefined : readListReference(reference);
  if (lists === undefined || typeof named !== 'object') return undefined;
  try {
    return (await lists.read(named.sha256)) ?? 'not-found';
  } catch (error) {
    // A damaged list is a problem in data; an unreachable store is a failed operation.
    if (error instanceof ArchiveError) throw error;
    return 'unreadable';
  }
}
