// How the files of an archive are asked for from this machine: a store that is a folder is looked for
// beside the content folder, all others at their public address.

import { askStores, type AskBytes } from '../../adapters/object-store/asked-bytes.ts';
import { folderAtHand } from '../../adapters/object-store/open-stores.ts';
import type { Archive } from '../../core/records/archive.ts';

/** Asks the stores of an archive; `given` stands for the folder of a store of that kind. */
export function askStoresBeside(content: string, given?: string): (archive: Archive) => AskBytes {
  return (archive) => askStores(archive, (store) => folderAtHand(content, store, given));
}
