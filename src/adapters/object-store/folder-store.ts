// An object store in a folder: the embedded default, served at /storage/ by the local server.

import { createWriteStream } from 'node:fs';
import { lstat, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArchiveError } from '../../core/error.ts';
import { problemOfPath } from '../../core/identifiers/asset-path.ts';
import type { Archive } from '../../core/records/archive.ts';
import { placeBelow } from '../content-files/folder-writer.ts';
import type { ObjectStore } from './object-store.ts';

/** The store in a folder; the folder is made when the first object is written. */
export function folderStore(folder: string): ObjectStore {
  const place = (key: string): string => {
    const fault = problemOfPath(key);
    if (fault !== undefined) throw new ArchiveError('store-failed', `The key "${key}" ${fault}.`);
    return path.join(folder, key);
  };
  const has = async (key: string): Promise<boolean> => {
    const file = place(key);
    return lstat(file).then(
      (found) => found.isFile(),
      () => false,
    );
  };

  return {
    name: folder,
    has,
    async read(key) {
      return (await has(key)) ? readFile(place(key)) : undefined;
    },
    async write(key, pieces) {
      const target = placeBelow(folder, key);
      const temporary = `${target}.${process.pid}.tmp`;
      try {
        await pipeline(Readable.from(pieces), createWriteStream(temporary, { flags: 'wx' }));
        await rename(temporary, target);
      } catch (cause) {
        await rm(temporary, { force: true });
        throw new ArchiveError('store-failed', `Could not write ${target}.`, { cause });
      }
    },
  };
}

/** The folder of an archive's embedded store, given its content folder; undefined without one. */
export function storeFolderOf(archive: Archive, contentFolder: string): string | undefined {
  const store = archive.stores.find((entry) => entry.kind === 'folder');
  return store?.path === undefined ? undefined : path.resolve(contentFolder, '..', store.path);
}
