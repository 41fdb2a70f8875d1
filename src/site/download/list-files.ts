// Lists for other programs beside a version's page, where they are small. Longer ones are made by the page's script.

import { addressesOfAsset } from '../../core/download/asset-addresses.ts';
import { ARIA2_LIST, aria2List, URL_LIST, urlList } from '../../core/download/download-lists.ts';
import { fileOfAsset } from '../../core/download/plan.ts';
import { absoluteStoreAddress } from '../../core/records/archive.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';
import { siteInCommands } from '../catalog/addresses.ts';
import type { SiteFile } from '../site-file.ts';

/** Up to this number of files the lists are well below 1 MB. */
const MOST_FILES = 2000;

/** Whether the lists of a version are files beside its page. */
export function hasStaticLists(
  { archive }: Pick<Catalog, 'archive'>,
  { status, summary }: VersionEntry,
): boolean {
  const files = (summary.files ?? 0) - summary.zarrs;
  if (status === 'withdrawn' || summary.countsAreClaimed) return false;
  return files > 0 && files <= MOST_FILES && archive.stores.length > 0;
}

/** `urls.txt` and `aria2.txt` of a version. */
export function downloadListFiles({ catalog, entry, assets }: VersionMaterial): SiteFile[] {
  if (!hasStaticLists(catalog, entry)) return [];
  const { archive } = catalog;
  const { site } = siteInCommands(catalog);
  const stores = archive.stores.map((store) => ({ url: absoluteStoreAddress({ site }, store) }));
  const files = [...assets()]
    .filter(({ zarr }) => zarr === undefined)
    .map((asset) => {
      const from = addressesOfAsset(asset, { stores });
      return { ...fileOfAsset(asset, asset.path, from), from };
    });
  const folder = `dandiset/${entry.number}/${entry.version}`;
  return [
    { path: `${folder}/${URL_LIST}`, contents: urlList(files) },
    { path: `${folder}/${ARIA2_LIST}`, contents: aria2List(files) },
  ];
}
