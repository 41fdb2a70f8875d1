// The journal of a target folder: which files were asked for, and which ones a download has put there. One JSON
// line each, only ever appended to. It tells the program's own files from those of the user.

import { isSha256 } from '../digests/sha256-text.ts';
import { countMember, member, parseJson, textMember, type JsonValue } from '../json/json-text.ts';

/** A file as a record describes it. */
export interface WantedEntry {
  /** Relative to the target folder, `/`-separated. */
  path: string;
  /** Bytes. */
  size: number;
  /** What it is verified by: SHA-256, dandi-etag, or the MD5 of a Zarr's file; empty if by its size. */
  digest: string;
}

/** A verified file and its state on disk when it was put there. */
export interface JournalEntry extends WantedEntry {
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

/** The line of a file that is asked for, before it is there. */
export function wantedLine({ path, size, digest }: WantedEntry): string {
  return `${JSON.stringify({ path, size, digest, wanted: true })}\n`;
}

const DIGEST = /^(?:[0-9a-f]{32}(?:-\d{1,5})?)?$/;

/** What a journal says, by path: the newest line of each counts. */
export interface Journal {
  /** Files that a download has put there. */
  placed: Map<string, JournalEntry>;
  /** Files that were asked for and are not there with these bytes. */
  wanted: Map<string, WantedEntry>;
}

/** Reads a journal. A line that is torn, or none of ours, is ignored: its file is then unknown. */
export function readJournal(text: string): Journal {
  const journal: Journal = { placed: new Map(), wanted: new Map() };
  for (const line of text.split('\n')) {
    const parsed = line === '' ? undefined : parseJson(line);
    if (parsed?.ok === true) readLine(parsed.value, journal);
  }
  return journal;
}

function readLine(value: JsonValue, { placed, wanted }: Journal): void {
  const [path, digest = '', mtime = ''] = ['path', 'digest', 'mtime'].map((name) =>
    textMember(value, name),
  );
  if (path === undefined) return;
  if (member(value, 'removed') === true) {
    placed.delete(path);
    wanted.delete(path);
    return;
  }
  const size = countMember(value, 'size');
  if (size === undefined || !(isSha256(digest) || DIGEST.test(digest))) return;
  if (member(value, 'wanted') === true) wanted.set(path, { path, size, digest });
  else if (/^\d{1,20}$/.test(mtime)) {
    placed.set(path, { path, size, digest, mtime });
    if (wanted.get(path)?.digest === digest) wanted.delete(path);
  }
}

/** Whether the file is one that a download has put there and nobody has changed since. */
export function isOurs(
  entry: JournalEntry | undefined,
  state: { size: number; mtime: bigint },
): boolean {
  return entry !== undefined && entry.size === state.size && BigInt(entry.mtime) === state.mtime;
}
