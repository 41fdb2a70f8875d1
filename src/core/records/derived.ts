// derived.json: what was read from the bytes of a Dandiset's files, named by digests. A workflow writes it, never a
// person; absent means that nothing was read yet.

import { isSha256 } from '../digests/sha256-text.ts';
import { textMember } from '../json/json-text.ts';

export const DERIVED_FILE = 'derived.json';

export interface Derived {
  /** SHA-256 of the list of recordings, in the store's `lists/`. */
  recordings?: string;
}

/** Reads it; what is not as it should be counts as absent, since it can be made anew. */
export function toDerived(value: unknown): Derived {
  const recordings = textMember(value, 'recordings');
  return recordings !== undefined && isSha256(recordings) ? { recordings } : {};
}
