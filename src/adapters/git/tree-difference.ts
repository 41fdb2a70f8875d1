// What differs between two trees, from their objects. `git diff-tree` builds the whole difference before it
// writes anything, and a tree of fifty small objects can name more files than any memory holds: here each
// object is read only when it is reached, equal ones never, and it stops when there is too much.

import { ArchiveError } from '../../core/error.ts';
import type { FileChange, GitFile } from '../../core/submission/pull-request.ts';
import type { ObjectReader } from './object-reader.ts';

const FOLDER = '40000';
/** Nesting depth of folders; records need six. */
const MOST_LEVELS = 64;
const LATIN_1 = 'latin1';

/** A difference, as far as it was examined. */
export interface TreeDifference {
  changes: FileChange[];
  /** Whether more than the bound differs; the changes are then the first ones. */
  isTooLarge: boolean;
}

type Entries = ReadonlyMap<string, GitFile>;

function unreadable(id: string, why: string): ArchiveError {
  return new ArchiveError('git-failed', `The tree ${id.slice(0, 12)} cannot be read: ${why}.`);
}

/** Names by which one file could pass for another. Any other name is left to the rules. */
function isRefusedName(name: string): boolean {
  return name === '' || name.includes('/');
}

/**
 * The entries of a tree object (https://git-scm.com/docs/git-mktree gives their order): `mode name`, a zero
 * byte, the id. Duplicate and misordered names are refused, since programs differ on which of two they take.
 */
function entriesOf(id: string, bytes: Buffer): Entries {
  const entries = new Map<string, GitFile>();
  const idLength = id.length / 2;
  let before = '';
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, blank);
    if (blank < 0 || end < 0 || end + 1 + idLength > bytes.length) {
      throw unreadable(id, 'it ends too early');
    }
    const mode = bytes.toString(LATIN_1, at, blank);
    // Bytes as letters, so that they are compared as git compares them.
    const raw = bytes.toString(LATIN_1, blank + 1, end);
    const key = mode === FOLDER ? `${raw}/` : raw;
    if (isRefusedName(raw)) throw unreadable(id, 'it has a name that no file can have');
    if (key <= before && before !== '') throw unreadable(id, 'its names are not in order');
    before = key;
    at = end + 1 + idLength;
    const name = bytes.toString('utf8', blank + 1, end);
    if (entries.has(name)) throw unreadable(id, 'it has a name twice');
    entries.set(name, { mode, id: bytes.toString('hex', end + 1, at) });
  }
  return entries;
}

const NOTHING: Entries = new Map();

function isFolder(file: GitFile | undefined): boolean {
  return file?.mode === FOLDER;
}

/** A file as git lists it: its mode with six digits. */
function listed(file: GitFile | undefined): GitFile | undefined {
  if (file === undefined || isFolder(file)) return undefined;
  return { mode: file.mode.padStart(6, '0'), id: file.id };
}

interface Pair {
  path: string;
  level: number;
  before: string | undefined;
  after: string | undefined;
}

/**
 * Compares two trees by their ids. Folders count as names too.
 *
 * @param most The maximum number of differing names; it stops beyond that.
 * @throws ArchiveError `git-failed` if an object is missing or is not a tree that git would write.
 */
export async function treeDifference(
  objects: ObjectReader,
  before: string,
  after: string,
  most: number,
): Promise<TreeDifference> {
  const changes: FileChange[] = [];
  const open: Pair[] = before === after ? [] : [{ path: '', level: 0, before, after }];
  const read = async (id: string | undefined): Promise<Entries> =>
    id === undefined ? NOTHING : entriesOf(id, await objects.read(id, 'tree'));
  let named = 0;
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [old, now] = [await read(pair.before), await read(pair.after)];
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [was, is] = [old.get(name), now.get(name)];
      if (was?.id === is?.id && was?.mode === is?.mode) continue;
      named += 1;
      const path = `${pair.path}${name}`;
      if (named > most || pair.level > MOST_LEVELS) return { changes, isTooLarge: true };
      const [fileBefore, fileAfter] = [listed(was), listed(is)];
      if (fileBefore !== undefined || fileAfter !== undefined) {
        changes.push({
          path,
          ...(fileBefore === undefined ? {} : { before: fileBefore }),
          ...(fileAfter === undefined ? {} : { after: fileAfter }),
        });
      }
      if (isFolder(was) || isFolder(is)) {
        open.push({
          path: `${path}/`,
          level: pair.level + 1,
          before: isFolder(was) ? was?.id : undefined,
          after: isFolder(is) ? is?.id : undefined,
        });
      }
    }
  }
  changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { changes, isTooLarge: false };
}
