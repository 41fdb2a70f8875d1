// The files of a site that are no pages, written and served without building the pages: what
// programs ask for.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { folderStore, storeFolderOf } from '../adapters/object-store/folder-store.ts';
import { startServer, type RunningServer } from '../adapters/static-server/start-server.ts';
import type { Archive } from '../core/records/archive.ts';
import { loadCatalog } from '../site/catalog.ts';
import { siteFiles } from '../site/site-files.ts';

/** Writes them for a content folder; `site` stands for the address in its settings. */
export async function writeProgramFiles(
  content: string,
  dist: string,
  settings: Partial<Archive> = {},
): Promise<Archive> {
  const tree = folderTree(content);
  const folder = storeFolderOf(await readArchive(tree), content);
  const store = folder === undefined ? undefined : folderStore(folder);
  const catalog = await loadCatalog({
    tree,
    base: '/',
    readStoredList: async () => undefined,
    readZarrList: async (zarr) => store?.read(`zarr/${zarr}.json`),
  });
  const archive = { ...catalog.archive, ...settings };
  for await (const { path: name, contents } of siteFiles({ ...catalog, archive })) {
    const file = path.join(dist, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  // A server wants to see that a site was built.
  writeFileSync(path.join(dist, 'index.html'), '<!doctype html><title>Test</title>');
  return archive;
}

/** Serves them as `dandiset serve` does; the caller closes it. */
export async function serveProgramFiles(
  content: string,
  dist: string,
  onRequest: (target: string) => void = () => undefined,
): Promise<RunningServer> {
  const archive = await writeProgramFiles(content, dist);
  const store = archive.stores.find(({ kind }) => kind === 'folder');
  return startServer({
    dist,
    storage: path.resolve(content, '..', store?.path ?? 'storage'),
    port: 0,
    prefix: archive.identifierPrefix,
    site: archive.site,
    onRequest,
  });
}
