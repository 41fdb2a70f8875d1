// A Zarr in a folder, read as from an address or a store: with a list of its files or without.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { openFile } from '../../../src/adapters/bytes/file-bytes.ts';
import { memoryBytes } from '../../../src/adapters/bytes/memory-bytes.ts';
import { failedBytes } from '../../../src/adapters/bytes/http-bytes.ts';
import { openZarrFiles, type ZarrFiles } from '../../../src/adapters/zarr/zarr-files.ts';

/** The paths of all files below a folder, with `/`. */
export function filesOfFolder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    );
}

/** The Zarr in a folder. */
export function folderZarr(folder: string, isListed = false): ZarrFiles {
  return openZarrFiles(
    folder,
    (file) => openFile(path.join(folder, file)),
    isListed ? filesOfFolder(folder) : undefined,
  );
}

/** A Zarr of these files, and which of them were asked for. */
export function memoryZarr(
  files: Readonly<Record<string, string | Uint8Array | object>>,
  isListed = false,
): { zarr: ZarrFiles; asked: string[] } {
  const asked: string[] = [];
  const zarr = openZarrFiles(
    'memory.zarr',
    (file) => {
      asked.push(file);
      const content = Object.hasOwn(files, file) ? files[file] : undefined;
      if (content === undefined)
        return Promise.reject(failedBytes(file, 'bytes-not-found', 'is not there'));
      const bytes =
        content instanceof Uint8Array
          ? content
          : new TextEncoder().encode(
              typeof content === 'string' ? content : JSON.stringify(content),
            );
      return Promise.resolve(memoryBytes(bytes as Uint8Array<ArrayBuffer>, file));
    },
    isListed ? Object.keys(files) : undefined,
  );
  return { zarr, asked };
}
