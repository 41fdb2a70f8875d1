// An object store in a folder: the embedded default, served at /storage/ by the local server.

import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type Dirent } from 'node:fs';
import { link, lstat, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArchiveError } from '../../core/error.ts';
import { compareUtf8, problemOfPath } from '../../core/identifiers/asset-path.ts';
import type { Archive } from '../../core/records/archive.ts';
import { piecesOf } from '../bytes/bytes-stream.ts';
import { openFile } from '../bytes/file-bytes.ts';
import { placeBelow } from '../content-files/folder-writer.ts';
import { isBytes, type ListedObject, type ObjectStore, type Written } from './object-store.ts';

/** Names of the temporary files of interrupted writes; never listed. */
const TEMPORARY = /\.\d+-[0-9a-f]{8}\.tmp$/;

function placeOf(folder: string, key: string): string {
  const fault = problemOfPath(key);
  if (fault !== undefined) throw new ArchiveError('store-failed', `The key "${key}" ${fault}.`);
  return path.join(folder, key);
}

/** The size of a file in bytes; undefined if there is no regular file. */
async function sizeOf(file: string): Promise<number | undefined> {
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ArchiveError('store-failed', `The folder ${folder} could not be listed.`, { cause });
  }
}

/** The files below `beginning` whose keys start with a prefix. */
async function* filesWith(
  folder: string,
  beginning: string,
  prefix: string,
): AsyncGenerator<ListedObject> {
  // A folder is sorted as its name with a slash, because its keys continue that way.
  const entries = (await entriesOf(path.join(folder, beginning)))
    .map((entry) => ({ entry, key: beginning + entry.name + (entry.isDirectory() ? '/' : '') }))
    .sort((a, b) => compareUtf8(a.key, b.key));
  for (const { entry, key } of entries) {
    if (entry.isDirectory()) {
      if (key.startsWith(prefix) || prefix.startsWith(key)) yield* filesWith(folder, key, prefix);
    } else if (entry.isFile() && key.startsWith(prefix) && !TEMPORARY.test(key)) {
      const size = await sizeOf(path.join(folder, key));
      if (size !== undefined) yield { key, size };
    }
  }
}

async function* counted(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  progress: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of pieces) {
    yield piece;
    done += piece.length;
    progress(done);
  }
}

/** Writes a temporary file, then renames it to the target: replacing what exists, or only where nothing exists. */
async function place(
  folder: string,
  key: string,
  source: Readable,
  ifAbsent: boolean,
  signal?: AbortSignal,
): Promise<Written> {
  const target = placeBelow(folder, key);
  if (ifAbsent && (await sizeOf(target)) !== undefined) {
    source.destroy();
    return { kind: 'exists' };
  }
  const temporary = `${target}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`;
  try {
    const options = signal === undefined ? {} : { signal };
    await pipeline(source, createWriteStream(temporary, { flags: 'wx' }), options);
    if (ifAbsent) await link(temporary, target);
    else await rename(temporary, target);
    return { kind: 'written' };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return { kind: 'exists' };
    signal?.throwIfAborted();
    throw new ArchiveError('store-failed', `Could not write ${target}.`, { cause });
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * The store in a folder, which is created with the first object. It stores no headers, because objects
 * are served by their names, and starts an interrupted write again.
 */
export function folderStore(folder: string): ObjectStore {
  return {
    name: folder,
    async head(key, signal) {
      signal?.throwIfAborted();
      const size = await sizeOf(placeOf(folder, key));
      return size === undefined ? undefined : { size };
    },
    async open(key, signal) {
      signal?.throwIfAborted();
      const file = placeOf(folder, key);
      return (await sizeOf(file)) === undefined ? undefined : openFile(file);
    },
    async *list(prefix = '', signal) {
      for await (const object of filesWith(folder, '', prefix)) {
        signal?.throwIfAborted();
        yield object;
      }
    },
    async write(key, source, { ifAbsent = false, signal, progress = () => undefined } = {}) {
      signal?.throwIfAborted();
      const pieces = isBytes(source) ? piecesOf(source.stream(0, signal)) : source;
      const readable = Readable.from(counted(pieces, progress), { highWaterMark: 1 });
      return place(folder, key, readable, ifAbsent, signal);
    },
    async copy(from, to, { ifAbsent = false, signal } = {}) {
      signal?.throwIfAborted();
      const file = placeOf(folder, from);
      if ((await sizeOf(file)) === undefined)
        throw new ArchiveError('store-failed', `There is no object ${file} to copy.`);
      return place(folder, to, createReadStream(file), ifAbsent, signal);
    },
    async remove(key) {
      try {
        await rm(placeOf(folder, key), { force: true });
      } catch (cause) {
        if (cause instanceof ArchiveError) throw cause;
        throw new ArchiveError('store-failed', `Could not remove ${key} of ${folder}.`, { cause });
      }
    },
  };
}

/** The folder of an archive's embedded store, given its content folder; undefined without one. */
export function storeFolderOf(archive: Archive, contentFolder: string): string | undefined {
  const store = archive.stores.find((entry) => entry.kind === 'folder');
  return store?.path === undefined ? undefined : path.resolve(contentFolder, '..', store.path);
}
