// The API's documents of one version: its metadata, what is known about it, the list of its assets and its
// top folder. Three files, and one for each thousand assets.

import { readText } from '../../adapters/content-files/content-tree.ts';
import { pathEntries, type ListedAsset, type PathEntry } from '../../core/api/asset-queries.ts';
import { jsonWithoutEmails } from '../../core/api/public-json.ts';
import { DANDISET_FILE, versionFolder } from '../../core/records/layout.ts';
import type { SiteFile } from '../site-file.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';
import { assetItems } from './api-assets.ts';
import { apiVersion, versionInfo } from './api-dandisets.ts';
import { apiDocument, apiPages, apiText, PAGE_SIZE } from './api-document.ts';

/** An entry of a folder as the API gives it; `site` ends in `/`. */
function pathItem(site: string, version: string, { asset_id, ...sums }: PathEntry): object {
  const url = `${site}api/assets/${asset_id ?? ''}/download/`;
  return { ...sums, version, asset: asset_id === undefined ? null : { asset_id, url } };
}

/** The top folder in one page; a folder of more entries has no document. */
function topFolder(
  path: string,
  { catalog, entry }: VersionMaterial,
  assets: readonly ListedAsset[],
): SiteFile[] {
  const entries = pathEntries(assets, '');
  if (entries.length > PAGE_SIZE) return [];
  const items = entries.map((one) => {
    const item = pathItem(catalog.archive.site, entry.version, one);
    return jsonWithoutEmails(JSON.stringify(item), new Set([one.path]));
  });
  return [...apiPages(catalog.archive.site, path, items.length, items)];
}

/**
 * The documents of a version. The first is the record, byte for byte except for a `<` that would begin a tag.
 * A version whose list is not held here has no list of assets, rather than an empty one.
 */
export async function* apiVersionFiles(material: VersionMaterial): AsyncGenerator<SiteFile> {
  const { catalog, dandiset, entry, record, list } = material;
  const path = `dandisets/${entry.number}/versions/${entry.version}`;
  const folder = versionFolder(entry.number, entry.version);
  yield apiText(path, (await readText(catalog.tree, `${folder}/${DANDISET_FILE}`)) ?? '{}');
  yield apiDocument(`${path}/info`, versionInfo(dandiset, entry, record));
  if (list === undefined) return;
  const { created } = apiVersion(entry);
  const { site } = catalog.archive;
  // Filled while iterating over the list, which takes most of the time.
  const listed: ListedAsset[] = [];
  const items = assetItems(list, created, listed);
  yield* apiPages(site, `${path}/assets`, entry.summary.files ?? 0, items);
  yield* topFolder(`${path}/assets/paths`, material, listed);
}
