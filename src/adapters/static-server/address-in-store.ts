// Where the bytes of an asset are served from.

import { formatPath } from './request-path.ts';
import type { ServedFolder } from './served-folder.ts';

/** What of a served site says where bytes are. */
export interface StoreSite {
  storage: ServedFolder | undefined;
  storageNames: string[];
  remoteStore: string | undefined;
  baseNames: string[];
}

/**
 * Where a file of the store is read from: on this server if the folder store holds it, else in the
 * remote store, which is not asked whether it does. Undefined if neither can have it.
 */
export async function addressInStore(
  { storage, storageNames, remoteStore, baseNames }: StoreSite,
  names: readonly string[],
): Promise<string | undefined> {
  const file = await storage?.open(names);
  if (file !== undefined && file !== 'folder') {
    await file.handle.close();
    return formatPath([...baseNames, ...storageNames, ...names], false);
  }
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..');
  if (remoteStore === undefined || !isPlain) return undefined;
  return remoteStore + names.map(encodeURIComponent).join('/');
}
