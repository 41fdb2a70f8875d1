// How long the machine-readable files take that a build writes along with its pages: exports of published
// versions and the API's documents.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderTree } from '../src/adapters/content-files/folder-tree.ts';
import { apiSiteFiles } from '../src/site/api/api-site-files.ts';
import { apiVersionFiles } from '../src/site/api/api-version-files.ts';
import { zarrFiles } from '../src/site/api/zarr-files.ts';
import { loadCatalog, type Catalog } from '../src/site/catalog/catalog.ts';
import { versionExportFiles } from '../src/site/citation/export-files.ts';
import type { SiteFile } from '../src/site/site-file.ts';
import { readMaterial } from '../src/site/catalog/version-material.ts';

export interface FilesMeasure {
  seconds: number;
  files: number;
  bytes: number;
}

async function* filesForPrograms(catalog: Catalog): AsyncGenerator<SiteFile> {
  for (const dandiset of catalog.dandisets) {
    const { draft, published } = dandiset;
    for (const entry of draft === undefined ? published : [draft, ...published]) {
      const material = await readMaterial(catalog, dandiset, entry);
      yield* await versionExportFiles(material);
      if (entry.status === 'withdrawn') continue;
      yield* apiVersionFiles(material);
      yield* zarrFiles(material);
    }
  }
  yield* apiSiteFiles(catalog);
}

/** Makes and writes them all; the catalogue is read beforehand, since the pages need it too. */
export async function measureFiles(content: string, cache: string): Promise<FilesMeasure> {
  const catalog = await loadCatalog({
    tree: folderTree(content),
    base: '/',
    readStoredList: async () => undefined,
  });
  const output = path.join(cache, 'dist-files');
  rmSync(output, { recursive: true, force: true });
  const measure: FilesMeasure = { seconds: 0, files: 0, bytes: 0 };
  const start = performance.now();
  for await (const { path: name, contents } of filesForPrograms(catalog)) {
    const file = path.join(output, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
    measure.files += 1;
    measure.bytes += typeof contents === 'string' ? Buffer.byteLength(contents) : contents.length;
  }
  measure.seconds = (performance.now() - start) / 1000;
  return measure;
}
