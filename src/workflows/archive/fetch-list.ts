// The list of assets that is in the store because it is too large for git.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import { readListReference, type FetchedList } from '../../core/checks/check-folder.ts';
import { ArchiveError } from '../../core/error.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE } from '../../core/records/layout.ts';

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

/** The list of a folder, from its file or, where it is too large for git, from the store. */
export async function listOfFolder(
  tree: ContentTree,
  folder: string,
  lists: ListStore | undefined,
): Promise<Uint8Array | 'unreadable' | undefined> {
  const list = await tree.read(`${folder}/${ASSETS_FILE}`);
  const reference = await tree.read(`${folder}/${ASSETS_REFERENCE_FILE}`);
  if (list !== undefined || reference === undefined) return list;
  const found = await fetchList(reference, lists).catch(() => undefined);
  return found === undefined || typeof found === 'string' ? 'unreadable' : found;
}
