// The large lists of an archive: in the store next to a content folder, or at a public address.

import { listStore, type ListStore } from '../../adapters/object-store/list-store.ts';
import { openStores, type OpenStoreOptions } from '../../adapters/object-store/open-stores.ts';
import type { Archive } from '../../core/records/archive.ts';

/** The lists as they can be read from this machine; with `more.env` a bucket can also be written. */
export function localLists(
  content: string,
  more: Omit<OpenStoreOptions, 'content'> = {},
): (archive: Archive) => ListStore | undefined {
  return (archive) => {
    const store = openStores(archive, { content, ...more });
    return store === undefined ? undefined : listStore(store);
  };
}
