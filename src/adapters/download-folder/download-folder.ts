// A folder that a download fills, with its state in `.dandiset/`: the journal of verified files, and parts of
// files on their way, named by their digest. A file gets its final name only by a rename of verified bytes.

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  statfs,
  type FileHandle,
} from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import { journalLine, type JournalEntry, type WantedEntry } from '../../core/download/journal.ts';
import { STATE_FOLDER } from '../../core/download/local-name.ts';
import type { LocalState, WantedDigest } from '../../core/download/plan.ts';
import { runningDigest } from '../digests/file-digests.ts';
import { diskError } from './disk-error.ts';
import { openJournal, type FolderJournal } from './folder-journal.ts';
import { folderStates, type SeenFolders } from './folder-states.ts';
import { lockFolder } from './folder-lock.ts';
import { pathsBelow } from './local-entries.ts';
import { filePlacer, placedEntry, type PlaceOrder } from './place-file.ts';
import { FilePlaces } from './file-places.ts';

/** A file that is being written, at no place of the user's. */
export interface PartFile {
  path: string;
  /** Bytes that an earlier run has left; they are to be verified like all others. */
  size: number;
}

export interface DownloadFolder {
  readonly path: string;
  /** Files that downloads have put there, by their path. */
  readonly journal: ReadonlyMap<string, JournalEntry>;
  /** Files that were asked for and are not there with these bytes. */
  readonly wanted: ReadonlyMap<string, WantedEntry>;
  /** What the folder was filled by, as the text that was saved; undefined if nothing was. */
  savedRequest(): Promise<string | undefined>;
  /** Saves what is asked for, and notes its files. */
  request(text: string, files: readonly WantedEntry[]): Promise<void>;
  readonly ignoresCase: boolean;
  readonly isWindows: boolean;
  /** What is at a place, looked at without following links; folders that were `seen` are not looked at again. */
  stateOf(target: string, seen?: SeenFolders): Promise<LocalState>;
  digestOf(target: string, algorithm: WantedDigest['algorithm']): Promise<string>;
  /** Bytes that can still be written there; undefined where the system does not say. */
  freeBytes(): Promise<number | undefined>;
  /** Bytes of these digests that earlier runs have left in parts. */
  leftBytes(digests: ReadonlySet<string>): Promise<number>;
  /** The file that the bytes with a digest are collected in. */
  part(digest: string): Promise<PartFile>;
  /** Gives a verified file its name, and notes it in the journal. */
  place(order: PlaceOrder): Promise<void>;
  /** Notes a file that is right although this program has not written it. */
  vouch(entry: WantedEntry): Promise<void>;
  /** Takes a file out of the journal and leaves it where it is. */
  forget(target: string): Promise<void>;
  /** Removes a file that a download has put there, and folders that are empty without it. */
  remove(target: string): Promise<void>;
  /** All that is below a folder, without following links; a folder without entries ends in `/`. */
  pathsBelow(target: string): Promise<string[]>;
  /** Moves what is in the way to `.dandiset/removed`, where nothing touches it. */
  setAside(target: string): Promise<void>;
  /** Removes what is left of a part. */
  dropPart(part: string): Promise<void>;
  /** Ends the use of the folder; an empty state is removed. */
  close(): Promise<void>;
}

const PIECE = 1024 * 1024;

export interface OpenFolderOptions {
  /** Makes nothing and takes no lock: to plan only. */
  dryRun?: boolean;
  /** Called once if another run has the folder, with who that is. */
  waitsForLock?: (holder: string) => void;
  signal?: AbortSignal | undefined;
}

/** The folder for a download, made if necessary. @throws ArchiveError if it cannot be used */
export async function openDownloadFolder(
  folder: string,
  { dryRun = false, waitsForLock = () => undefined, signal }: OpenFolderOptions = {},
): Promise<DownloadFolder> {
  const state = path.join(folder, STATE_FOLDER);
  const parts = path.join(state, 'parts');
  // Each run has its own: what it sets aside never replaces what an earlier one did.
  const removed = path.join(state, 'removed', randomUUID());
  let unlock = async (): Promise<void> => undefined;
  let journal: FolderJournal;
  let ignoresCase = false;
  const leftOver = new Set<string>();
  try {
    await refuseLink(state);
    if (!dryRun) {
      await mkdir(state, { recursive: true });
      unlock = await lockFolder(path.join(state, 'lock'), waitsForLock, signal);
      // Another run removes the folder at its end, so that it is made by who holds the lock.
      await mkdir(parts, { recursive: true });
      for (const name of await readdir(parts)) leftOver.add(name);
    }
    journal = await openJournal(state);
    ignoresCase = await lstat(path.join(folder, STATE_FOLDER.toUpperCase())).then(
      () => true,
      () => false,
    );
  } catch (cause) {
    signal?.throwIfAborted();
    throw diskError(cause, folder);
  }

  const { placeOf, stateOf } = folderStates(folder);
  const places = new FilePlaces({ folder, state }, filePlacer(folder, journal.append));

  /** Removes the folders above a path that are empty without it. */
  async function removeEmptied(target: string): Promise<void> {
    const names = target.split('/').slice(0, -1);
    for (; names.length > 0; names.pop()) {
      const isEmptied = await rmdir(path.join(folder, ...names)).then(
        () => true,
        () => false,
      );
      if (!isEmptied) return;
    }
  }

  return {
    path: folder,
    journal: journal.placed,
    wanted: journal.wanted,
    savedRequest: () => journal.savedRequest(),
    async request(text, files) {
      try {
        await journal.saveRequest(text);
        journal.want(files);
      } catch (cause) {
        throw diskError(cause, state);
      }
    },
    ignoresCase,
    isWindows: process.platform === 'win32',
    async stateOf(target, seen) {
      return stateOf(target, seen);
    },
    async digestOf(target, algorithm) {
      const file = placeOf(target);
      const digest = runningDigest(algorithm, (await lstat(file)).size);
      for await (const piece of createReadStream(file, { highWaterMark: PIECE }))
        digest.update(piece as Uint8Array);
      return digest.digest();
    },
    async freeBytes() {
      // A folder that is still to be made is on the disk of the nearest one that is there.
      for (let place = path.resolve(folder); ; place = path.dirname(place)) {
        const stats = await statfs(place).catch(() => undefined);
        if (stats !== undefined) return stats.bavail * stats.bsize;
        if (place === path.dirname(place)) return undefined;
      }
    },
    async leftBytes(digests) {
      let bytes = 0;
      for (const name of leftOver) {
        if (digests.has(name)) bytes += (await lstat(path.join(parts, name))).size;
      }
      return bytes;
    },
    async part(digest) {
      const place = path.join(parts, digest);
      // What this run has not found at its beginning, it makes itself.
      if (!leftOver.delete(digest)) return { path: place, size: 0 };
      const found = await lstat(place).catch(() => undefined);
      if (found !== undefined && !found.isFile()) await rm(place, { recursive: true });
      return { path: place, size: found?.isFile() === true ? found.size : 0 };
    },
    async place(order) {
      journal.known(await places.place(order));
    },
    async vouch(entry) {
      const { mtimeNs } = await lstat(placeOf(entry.path), { bigint: true });
      const known = placedEntry(entry, String(mtimeNs));
      journal.append(journalLine(known));
      journal.known(known);
    },
    async forget(target) {
      journal.forget(target);
    },
    async remove(target) {
      const entry = journal.placed.get(target);
      const state = stateOf(target);
      // The last look before it is gone: it may have been changed since the plan was made.
      if (entry === undefined || state.kind !== 'file' || String(state.mtime) !== entry.mtime)
        return;
      await rm(placeOf(target));
      journal.forget(target);
      await removeEmptied(target);
    },
    pathsBelow: (target) =>
      pathsBelow(placeOf(target), target).catch((cause: unknown) => {
        throw diskError(cause, target);
      }),
    async setAside(target) {
      try {
        const kept = path.join(removed, ...target.split('/'));
        await mkdir(path.dirname(kept), { recursive: true });
        await rename(placeOf(target), kept);
        for (const known of [...journal.placed.keys()])
          if (known === target || known.startsWith(`${target}/`)) journal.forget(known);
      } catch (cause) {
        throw diskError(cause, target);
      }
      await removeEmptied(target);
    },
    dropPart: (part) => rm(part, { force: true }),
    async close() {
      await places.close();
      journal.close();
      await rmdir(parts).catch(() => undefined);
      await unlock();
    },
  };
}

/** A link would lead the state of the folder elsewhere. @throws ArchiveError */
async function refuseLink(place: string): Promise<void> {
  const found = await lstat(place).catch(() => undefined);
  if (found?.isSymbolicLink() === true)
    throw new ArchiveError('content-unwritable', `${place} is a link.`, {
      hint: 'Remove it: a download keeps its state there.',
    });
}

/** Writes pieces of a part at their places. */
export async function openPart(part: string): Promise<FileHandle> {
  try {
    return await open(part, 'r+').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return open(part, 'wx+');
    });
  } catch (cause) {
    throw diskError(cause, part);
  }
}

/** The first bytes of a part, in pieces. */
export function readPart(part: string, length: number): AsyncIterable<Uint8Array> {
  return createReadStream(part, { end: Math.max(0, length - 1), highWaterMark: 1 << 20 });
}
