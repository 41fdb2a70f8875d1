// Where the bytes of an asset are served from.

import { formatPath } from './request-path.ts';
import type { ServedFolder } from './served-folder.ts';

/** The parts of a served site that determine where bytes are. */
export interface StoreSite {
  storage: ServedFolder | undefined;
  storageNames: string[];
  remoteStore: string | undefined;
  baseNames: string[];
}

/**
 * Where to read a file of the store from: this server if the folder store has it, else the remote store,
 * without checking whether it does. Undefined if neither can have it.
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
