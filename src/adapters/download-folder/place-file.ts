// Gives verified bytes their name: the only code that does.

import { lstatSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { journalLine, type JournalEntry, type WantedEntry } from '../../core/download/journal.ts';
import { ArchiveError } from '../../core/error.ts';
import { diskError } from './disk-error.ts';
import { folderStates } from './folder-states.ts';

/** A verified file to be put at its place. */
export interface PlaceOrder {
  /** The file that has its bytes, or gets them. */
  part: string;
  entry: WantedEntry;
  /** All of them, if they are still in memory. */
  bytes?: Uint8Array | undefined;
  /** Another file may be there. */
  replaces: boolean;
  /** Milliseconds since 1970. */
  modified?: number | undefined;
}

/** A file that is in its place; not by a spread, which gives each object a hidden class of its own. */
export function placedEntry({ path, size, digest }: WantedEntry, mtime: string): JournalEntry {
  return { path, size, digest, mtime };
}

/**
 * The function that puts files below a folder at their places, with a line in its journal. All by synchronous calls: a
 * small file takes half the time of asynchronous ones.
 *
 * @throws ArchiveError `content-unwritable`
 */
export function filePlacer(
  folder: string,
  append: (line: string) => void,
): (order: PlaceOrder) => JournalEntry {
  const { placeOf, stateForPlacing } = folderStates(folder);
  return ({ part, entry, bytes, replaces, modified }) => {
    try {
      if (bytes !== undefined) writeFileSync(part, bytes);
      if (modified !== undefined) utimesSync(part, modified / 1000, modified / 1000);
      const { mtimeNs } = lstatSync(part, { bigint: true });
      // The way there may have changed since the plan was made.
      const state = stateForPlacing(entry.path);
      if (state.kind === 'obstacle' || (state.kind === 'file' && !replaces)) {
        const why = state.kind === 'obstacle' ? state.what : 'a file has come in its place';
        throw new ArchiveError('content-unwritable', `${entry.path} could not be written: ${why}.`);
      }
      const placed = placedEntry(entry, String(mtimeNs));
      // Noted before it is renamed, which keeps size and time: so a run that is killed in between
      // leaves either the part, or a file that the journal knows.
      append(journalLine(placed));
      renameSync(part, placeOf(entry.path));
      return placed;
    } catch (cause) {
      throw diskError(cause, entry.path);
    }
  };
}
