// How the files of an archive are requested from this machine: a folder store is looked up next to the
// content folder, all others at their public address.

import {
  availabilityInStores,
  type CheckAvailability,
} from '../../adapters/object-store/availability.ts';
import { folderAtHand } from '../../adapters/object-store/open-stores.ts';
import type { Archive } from '../../core/records/archive.ts';

/** Requests files from the stores of an archive; `given` replaces the folder of a folder store. */
export function localAvailability(
  content: string,
  given?: string,
): (archive: Archive) => CheckAvailability {
  return (archive) => availabilityInStores(archive, (store) => folderAtHand(content, store, given));
}
