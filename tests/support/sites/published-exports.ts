// The exports of every published version of a content folder, with the records they are made of.

import { folderTree } from '../../../src/adapters/content-files/folder-tree.ts';
import type { ExportInput } from '../../../src/core/exports/export-input.ts';
import type { JsonObject } from '../../../src/core/json/json-text.ts';
import { citationFiles } from '../../../src/site/citation/citation-files.ts';
import { loadCatalog } from '../../../src/site/catalog/catalog.ts';
import { versionExportFiles } from '../../../src/site/citation/export-files.ts';
import { exportInput } from '../../../src/site/citation/export-input.ts';
import { readMaterial } from '../../../src/site/catalog/version-material.ts';

export interface PublishedExports {
  /** `DANDI:000004/0.220126.1852`. */
  id: string;
  record: JsonObject;
  input: ExportInput;
  /** Texts by the name of the file; the RO-Crate without its prefix. */
  files: Map<string, string>;
  /** Texts by their path below the site. */
  paths: Map<string, string>;
}

/** What drafts say of themselves in terms of schema.org, by their identifiers. */
export async function draftDatasets(content: string): Promise<Map<string, object>> {
  const catalog = await loadCatalog({
    tree: folderTree(content),
    base: '/',
    readStoredList: () => Promise.resolve(undefined),
  });
  const all = new Map<string, object>();
  for (const dandiset of catalog.dandisets) {
    if (dandiset.draft === undefined) continue;
    const files = await versionExportFiles(await readMaterial(catalog, dandiset, dandiset.draft));
    const file = files.find(({ path }) => path.endsWith('/draft/schema.jsonld'));
    all.set(dandiset.identifier, JSON.parse(String(file?.contents)) as object);
  }
  return all;
}

/** Published and withdrawn versions, in order. */
export async function publishedExports(content: string): Promise<PublishedExports[]> {
  const catalog = await loadCatalog({
    tree: folderTree(content),
    base: '/',
    readStoredList: () => Promise.resolve(undefined),
  });
  const all: PublishedExports[] = [];
  for (const dandiset of catalog.dandisets) {
    for (const entry of dandiset.published) {
      const material = await readMaterial(catalog, dandiset, entry);
      const files = [...(await versionExportFiles(material)), ...citationFiles(material)];
      const paths = new Map(files.map(({ path, contents }) => [path, String(contents)]));
      const prefix = `${entry.number}-${entry.version}-`;
      all.push({
        id: `${dandiset.identifier}/${entry.version}`,
        record: material.record,
        input: await exportInput(material),
        files: new Map(
          [...paths].map(([path, text]) => [
            path.slice(path.lastIndexOf('/') + 1).replace(prefix, ''),
            text,
          ]),
        ),
        paths,
      });
    }
  }
  return all;
}
