// Where the stores of an archive in a folder are, as this machine reaches them.

import { pathToFileURL } from 'node:url';
import { storeFolderOf } from '../../adapters/object-store/folder-store.ts';
import { absoluteStoreAddress, type Archive, type Store } from '../../core/records/archive.ts';

/** The stores with their addresses; one that is a folder here has its own. */
export function storePlaces(archive: Archive, content: string): Store[] {
  const folder = storeFolderOf(archive, content);
  return archive.stores.map((store) => {
    const isHere = store.kind === 'folder' && folder !== undefined;
    const url = isHere ? `${pathToFileURL(folder).href}/` : absoluteStoreAddress(archive, store);
    return { ...store, url };
  });
}
