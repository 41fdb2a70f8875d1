// The entries that a resource has: a Dandiset, the files of a version or of a folder, or those of a Zarr.

import type { Reporter } from '../../adapters/terminal/progress.ts';
import { addressesOfZarr, type BytePlaces } from '../../core/download/asset-addresses.ts';
import { entriesOfFolder, entryOfAsset, type ListedEntry } from '../../core/download/listing.ts';
import type { Resource } from '../../core/download/resource.ts';
import { ArchiveError } from '../../core/error.ts';
import { parseJson, textMember } from '../../core/json/json-text.ts';
import { isZarrAsset, type AssetRecord } from '../../core/records/asset.ts';
import type { DownloadAdapters } from './download-settings.ts';
import { findVersion, readVersionRecord, type FoundVersion } from './find-version.ts';
import { insideZarr, readMeantAssets, wantedAssets } from './version-assets.ts';

export type ListAdapters = Pick<DownloadAdapters, 'openSource' | 'placesOf' | 'listZarrFiles'> & {
  reporter: Reporter;
};

async function dandisetEntry(version: FoundVersion, assets: AssetRecord[]): Promise<ListedEntry> {
  const { at } = version;
  const record = parseJson(await readVersionRecord(version));
  const name = record.ok ? textMember(record.value, 'name') : undefined;
  return {
    path: at.number,
    type: 'dandiset',
    size: assets.reduce((sum, { size }) => sum + size, 0),
    files: assets.length,
    version: at.version,
    ...(name === undefined ? {} : { name }),
  };
}

async function zarrEntries(
  zarr: AssetRecord,
  inner: string,
  places: BytePlaces,
  { listZarrFiles }: ListAdapters,
): Promise<ListedEntry[]> {
  const files = await listZarrFiles(addressesOfZarr(zarr, places), zarr, places);
  if (files === undefined)
    throw new ArchiveError('source-unreadable', `The Zarr ${zarr.path} has no list of its files.`);
  const folder = inner.replace(/\/+$/, '');
  const isWanted = (path: string): boolean =>
    folder === '' || path === folder || path.startsWith(`${folder}/`);
  return files
    .filter(({ path }) => isWanted(path))
    .map(({ path, size, md5 }) => ({ path: `${zarr.path}/${path}`, type: 'file', size, md5 }));
}

/**
 * Lists what a resource names. Without `recursive`, a whole version is one entry, and a folder shows what is
 * directly in it.
 *
 * @throws ArchiveError `nothing-found` and those of the source
 */
export async function listEntries(
  resource: Resource,
  adapters: ListAdapters,
  { recursive, insideZarrs }: { recursive: boolean; insideZarrs: boolean },
): Promise<ListedEntry[]> {
  const { number, part } = resource;
  if (number === undefined) throw new ArchiveError('usage', `${resource.text} names no Dandiset.`);
  const version = await findVersion(resource, number, adapters.openSource, adapters.reporter);
  const { assets } = await readMeantAssets(version, part);
  const places = adapters.placesOf(version.source);
  if (part.kind === 'all' && !recursive) return [await dandisetEntry(version, assets)];
  const within = insideZarr(assets, part);
  if (within !== undefined) return zarrEntries(within.asset, within.inner, places, adapters);
  const wanted = wantedAssets(version, assets, part, {});
  if (part.kind === 'folder' && !recursive) return entriesOfFolder(wanted, part.path);
  const entries: ListedEntry[] = [];
  for (const asset of wanted) {
    entries.push(entryOfAsset(asset));
    if (insideZarrs && isZarrAsset(asset))
      entries.push(...(await zarrEntries(asset, '', places, adapters)));
  }
  return entries;
}
