// Where the site's adapters are made: the folder the environment names, read once a process.
// The build hooks and the pages run in one process but in two bundles, so the catalogue is kept
// on the process rather than in a module.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { listKeyPath } from '../core/records/asset-list.ts';
import { toBasePath } from './addresses.ts';
import { loadCatalog, type Catalog } from './catalog.ts';

const KEPT = Symbol.for('dandi-static-archive.catalog');
const process_ = globalThis as { [KEPT]?: Promise<Catalog> };

/** The folder of records: ARCHIVE_CONTENT, or `content/` of this repository. */
export function contentFolder(): string {
  return path.resolve(process.env['ARCHIVE_CONTENT'] ?? 'content');
}

async function load(): Promise<Catalog> {
  const folder = contentFolder();
  const tree = folderTree(folder);
  const archive = await readArchive(tree);
  const storeFolders = archive.stores
    .filter((store) => store.kind === 'folder')
    .map((store) => path.resolve(folder, '..', store.path ?? 'storage'));
  return loadCatalog({
    tree,
    base: toBasePath(process.env['BASE_PATH']),
    async readStoredList(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
      for (const store of storeFolders) {
        try {
          return gunzipSync(await readFile(path.join(store, listKeyPath(sha256)))).toString('utf8');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        }
      }
      return undefined;
    },
  });
}

/** The catalogue of the content folder, read on first use. */
export function siteCatalog(): Promise<Catalog> {
  process_[KEPT] ??= load();
  return process_[KEPT];
}

/** Forgets the catalogue, so that the next use reads the records again (development only). */
export function forgetSiteCatalog(): void {
  delete process_[KEPT];
}
