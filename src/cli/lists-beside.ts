// The store of large lists that lies beside a content folder, for verbs that check records.

import { existsSync } from 'node:fs';
import { folderStore, storeFolderOf } from '../adapters/object-store/folder-store.ts';
import { listStore, type ListStore } from '../adapters/object-store/list-store.ts';
import type { Archive } from '../core/records/archive.ts';

/** The lists in the archive's folder store, where there is one on this machine. */
export function listsBeside(folder: string): (archive: Archive) => ListStore | undefined {
  return (archive) => {
    const store = storeFolderOf(archive, folder);
    return store === undefined || !existsSync(store) ? undefined : listStore(folderStore(store));
  };
}
