// Where the site's adapters are made: reads the folder that the environment names, once per process. The
// build hooks and the pages run in one process but in two bundles, so the catalogue is stored on the process
// rather than in a module.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { folderTree } from '../../adapters/content-files/folder-tree.ts';
import { readArchive } from '../../adapters/content-files/read-archive.ts';
import { folderStore, storeFolderOf } from '../../adapters/object-store/folder-store.ts';
import { listStore } from '../../adapters/object-store/list-store.ts';
import { openStores } from '../../adapters/object-store/open-stores.ts';
import { readStoredObject } from '../../adapters/object-store/read-object.ts';
import { isArchiveError } from '../../core/error.ts';
import { sitePath, type Archive } from '../../core/records/archive.ts';
import { toBasePath, type BasePath } from './addresses.ts';
import { loadCatalog, type Catalog } from './catalog.ts';

const KEPT = Symbol.for('dandiset.catalog');
const process_ = globalThis as { [KEPT]?: Promise<Catalog> };

/** The folder of records: ARCHIVE_CONTENT, or `content/` of this repository. */
export function siteContentFolder(): string {
  return path.resolve(process.env['ARCHIVE_CONTENT'] ?? 'content');
}

function basePathFor(archive: Archive): BasePath {
  return toBasePath(process.env['BASE_PATH'] ?? sitePath(archive));
}

/** Where the site is on its host: BASE_PATH, or the path in the site's address. */
export async function siteBasePath(): Promise<BasePath> {
  return basePathFor(await readArchive(folderTree(siteContentFolder())));
}

/**
 * The client that the site serves. Pages are bundled and cannot tell where the program is: its configuration
 * names the file.
 */
async function readClient(): Promise<Uint8Array | undefined> {
  const file = process.env['CLIENT_PACKAGE'];
  return file === undefined ? undefined : readFile(file);
}

async function load(): Promise<Catalog> {
  const folder = siteContentFolder();
  const tree = folderTree(folder);
  const archive = await readArchive(tree);
  const storeFolder = storeFolderOf(archive, folder);
  const store = storeFolder === undefined ? undefined : folderStore(storeFolder);
  const stores = openStores(archive, { content: folder });
  const lists = stores === undefined ? undefined : listStore(stores);
  const client = await readClient();
  return loadCatalog({
    ...(client === undefined ? {} : { client }),
    tree,
    base: basePathFor(archive),
    readStoredList: async (sha256) => {
      try {
        return await lists?.read(sha256);
      } catch (error) {
        // The page of its files says so; the rest of the archive is unaffected.
        if (isArchiveError(error, 'store-failed')) return undefined;
        throw error;
      }
    },
    readLocalBlob: async (key, limit) => store && readStoredObject(store, key, limit),
    readZarrList: async (zarr) => store && readStoredObject(store, `zarr/${zarr}.json`),
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
