// The journal of a target folder: which files a download has put there, one JSON line each, only ever
// appended to. It tells the program's own files from those of the user.

import { isSha256 } from '../digests/sha256-text.ts';
import { countMember, member, parseJson, textMember } from '../json/json-text.ts';

/** A verified file and its state on disk when it was put there. */
export interface JournalEntry {
  /** Relative to the target folder, `/`-separated. */
  path: string;
  /** Bytes. */
  size: number;
  /** The digest it was verified by: SHA-256, dandi-etag, or the MD5 of a Zarr's file; empty if by its size. */
  digest: string;
  /** Modification time in nanoseconds, as the file system gave it back: it may keep less than was set. */
  mtime: string;
}

/** A line of the journal, with its line feed. */
export function journalLine({ path, size, digest, mtime }: JournalEntry): string {
  return `${JSON.stringify({ path, size, digest, mtime })}\n`;
}

/** The line that takes a file out of the journal, after it was removed. */
export function removalLine(path: string): string {
  return `${JSON.stringify({ path, removed: true })}\n`;
}

const DIGEST = /^(?:[0-9a-f]{32}(?:-\d{1,5})?)?$/;

/** The newest entry of each path. A line that is torn, or none of ours, is ignored: its file is then unknown. */
export function readJournal(text: string): Map<string, JournalEntry> {
  const entries = new Map<string, JournalEntry>();
  for (const line of text.split('\n')) {
    const parsed = line === '' ? undefined : parseJson(line);
    if (parsed?.ok !== true) continue;
    const [path, digest, mtime] = ['path', 'digest', 'mtime'].map((name) =>
      textMember(parsed.value, name),
    );
    if (path !== undefined && member(parsed.value, 'removed') === true) entries.delete(path);
    const size = countMember(parsed.value, 'size');
    if (path === undefined || size === undefined || !/^\d{1,20}$/.test(mtime ?? '')) continue;
    if (!isSha256(digest) && !DIGEST.test(digest ?? '')) continue;
    entries.set(path, { path, size, digest: digest ?? '', mtime: mtime ?? '' });
  }
  return entries;
}
