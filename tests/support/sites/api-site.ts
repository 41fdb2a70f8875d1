// The files of a site other than pages, written and served without building the pages: what programs request.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderTree } from '../../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../../src/adapters/content-files/read-archive.ts';
import { folderStore, storeFolderOf } from '../../../src/adapters/object-store/folder-store.ts';
import { readStoredObject } from '../../../src/adapters/object-store/read-object.ts';
import {
  startServer,
  type RunningServer,
} from '../../../src/adapters/static-server/start-server.ts';
import type { Archive } from '../../../src/core/records/archive.ts';
import { offeredVersions } from '../../../src/site/api/api-dandisets.ts';
import { apiSiteFiles } from '../../../src/site/api/api-site-files.ts';
import { apiVersionFiles } from '../../../src/site/api/api-version-files.ts';
import { zarrFiles } from '../../../src/site/api/zarr-files.ts';
import { loadCatalog, type Catalog } from '../../../src/site/catalog/catalog.ts';
import type { SiteFile } from '../../../src/site/site-file.ts';
import { siteFiles } from '../../../src/site/site-files.ts';
import { readMaterial } from '../../../src/site/catalog/version-material.ts';

/** The catalogue of a content folder; `settings` replace those of its archive. */
async function catalogOf(content: string, settings: Partial<Archive>): Promise<Catalog> {
  const tree = folderTree(content);
  const folder = storeFolderOf(await readArchive(tree), content);
  const store = folder === undefined ? undefined : folderStore(folder);
  const catalog = await loadCatalog({
    tree,
    base: '/',
    readStoredList: async () => undefined,
    readZarrList: async (zarr) => store && readStoredObject(store, `zarr/${zarr}.json`),
  });
  return { ...catalog, archive: { ...catalog.archive, ...settings } };
}

/** Only the documents of the API, by their addresses below the site. */
export async function* apiDocuments(
  content: string,
  settings: Partial<Archive> = {},
): AsyncGenerator<[address: string, text: string]> {
  const catalog = await catalogOf(content, settings);
  const documents = async function* (): AsyncGenerator<SiteFile> {
    for (const dandiset of catalog.dandisets) {
      for (const entry of offeredVersions(dandiset)) {
        const material = await readMaterial(catalog, dandiset, entry);
        yield* apiVersionFiles(material);
        yield* zarrFiles(material);
      }
    }
    yield* apiSiteFiles(catalog);
  };
  for await (const { path: name, contents } of documents()) {
    yield [name.replace(/\/index\.html$/, '/'), contents.toString()];
  }
}

/** Writes them for a content folder; `site` replaces the address in its settings. */
export async function writeProgramFiles(
  content: string,
  dist: string,
  settings: Partial<Archive> = {},
): Promise<Archive> {
  const catalog = await catalogOf(content, settings);
  for await (const { path: name, contents } of siteFiles(catalog)) {
    const file = path.join(dist, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  // A server requires a built site.
  writeFileSync(path.join(dist, 'index.html'), '<!doctype html><title>Test</title>');
  return catalog.archive;
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
