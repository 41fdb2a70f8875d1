// The API's documents of one version: its metadata, what is known about it, the list of its assets and its
// top folder. Three files, and one for each thousand assets.

import { readText } from '../../adapters/content-files/content-tree.ts';
import { pathEntries, type ListedAsset, type PathEntry } from '../../core/api/asset-queries.ts';
import { MAX_PAGE_SIZE } from '../../core/api/list-page.ts';
import { jsonWithoutEmails } from '../../core/api/public-json.ts';
import { countOf } from '../../core/text/format.ts';
import { DANDISET_FILE, versionFolder } from '../../core/records/layout.ts';
import type { SiteFile } from '../site-file.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';
import { assetItems } from './api-assets.ts';
import { apiVersion, versionInfo } from './api-dandisets.ts';
import { apiDocument, apiPages, apiText } from './api-document.ts';

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
  if (entries.length > MAX_PAGE_SIZE) return [];
  const items = entries.map((one) => {
    const item = pathItem(catalog.archive.site, entry.version, one);
    return jsonWithoutEmails(JSON.stringify(item), new Set([one.path]));
  });
  return [...apiPages(catalog.archive.site, path, items.length, items)];
}

/** Why the list of a version is empty, although the version has files. */
function noteOfAbsentList({ entry }: VersionMaterial): string {
  const { files } = entry.summary;
  const reason =
    entry.list === 'absent'
      ? 'This archive does not hold the list of files of this version.'
      : 'The list of files of this version could not be read when this document was made.';
  return files === undefined ? reason : `${reason} Its record says ${countOf(files, 'file')}.`;
}

/**
 * The documents of a version. The first is the record, equal in value, in ASCII. A version whose list is not
 * held here has an empty one with a note: programs take a missing document for a missing version.
 */
export async function* apiVersionFiles(material: VersionMaterial): AsyncGenerator<SiteFile> {
  const { catalog, dandiset, entry, record, list } = material;
  const path = `dandisets/${entry.number}/versions/${entry.version}`;
  const folder = versionFolder(entry.number, entry.version);
  yield apiText(path, (await readText(catalog.tree, `${folder}/${DANDISET_FILE}`)) ?? '{}');
  yield apiDocument(`${path}/info`, versionInfo(dandiset, entry, record));
  const { archive } = catalog;
  const { site } = archive;
  if (list === undefined) {
    const note = noteOfAbsentList(material);
    yield* apiPages(site, `${path}/assets`, 0, [], note);
    yield* apiPages(site, `${path}/assets/paths`, 0, [], note);
    return;
  }
  const { created } = apiVersion(entry);
  const draftIn = entry.status === 'draft' ? archive : undefined;
  // Filled while iterating over the list, which takes most of the time.
  const listed: ListedAsset[] = [];
  const items = assetItems(list, { time: created, draftIn }, listed);
  yield* apiPages(site, `${path}/assets`, entry.summary.files ?? 0, items);
  yield* topFolder(`${path}/assets/paths`, material, listed);
}
