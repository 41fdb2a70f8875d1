// The exports of every published version of a content folder, with the records they are made of.

import { folderTree } from '../adapters/content-files/folder-tree.ts';
import type { ExportInput } from '../core/exports/export-input.ts';
import type { JsonObject } from '../core/json/json-text.ts';
import { citationFiles } from '../site/citation-files.ts';
import { loadCatalog } from '../site/catalog.ts';
import { exportFiles } from '../site/export-files.ts';
import { exportInput } from '../site/export-input.ts';
import { readMaterial } from '../site/version-material.ts';

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
      const files = [...(await exportFiles(material)), ...citationFiles(material)];
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
