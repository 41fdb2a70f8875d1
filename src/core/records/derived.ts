// derived.json: what was read from the bytes of a Dandiset's files, named by digests. A workflow writes it, never a
// person; absent means that nothing was read yet.

import { isSha256 } from '../digests/sha256-text.ts';
import { isJsonObject, member, parseJson, textMember } from '../json/json-text.ts';

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

/** Why a value cannot be a derived.json, as the end of a sentence; undefined if it can. */
export function problemOfDerived(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'is not a JSON object';
  const recordings = member(value, 'recordings');
  if (recordings !== undefined && !isSha256(recordings))
    return 'has "recordings" that are not the SHA-256 of a list';
  return undefined;
}

/** The text of a file with another list of recordings; all else in it stays as it was. */
export function withRecordings(text: string | undefined, recordings: string): string {
  const parsed = text === undefined ? undefined : parseJson(text);
  const before = parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : {};
  return `${JSON.stringify({ ...before, recordings }, null, 2)}\n`;
}
