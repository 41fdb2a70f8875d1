// The files of a source on this machine's disk: regular files only, links are not followed.

import { constants, createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { BrokenFile, missingFile, type SourceFiles } from './source-files.ts';

/** The files below a folder. */
export function folderFiles(root: string): SourceFiles {
  return {
    name: root,
    placeOf: (file) => file,
    async entries(folder) {
      const found = await readdir(path.join(root, folder), { withFileTypes: true }).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
          throw error;
        },
      );
      return found
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
        .sort((a, b) => compareUtf8(a.name, b.name));
    },
    async *chunks(file) {
      const place = path.join(root, file);
      const found = await lstat(place).catch(() => undefined);
      if (found === undefined) throw missingFile();
      if (!found.isFile())
        throw new BrokenFile('source-missing-file', 'is no regular file (links are not followed)');
      const stream = createReadStream(place, {
        // Numeric flags are accepted here too, though the types allow only names.
        flags: (constants.O_RDONLY | constants.O_NOFOLLOW) as unknown as string,
      });
      try {
        yield* stream as AsyncIterable<Buffer>;
      } catch (error) {
        throw new BrokenFile('source-unreadable', `cannot be read: ${(error as Error).message}`);
      } finally {
        stream.destroy();
      }
    },
  };
}
