// Objects that the records of an archive say are in its stores: to ask a store for something that is there.

import { folderTree } from '../../adapters/content-files/folder-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import { blobKeyPath, type AssetRecord } from '../../core/records/asset.ts';
import { ASSETS_FILE } from '../../core/records/layout.ts';
import type { KnownObject } from '../../workflows/archive/check-store.ts';
import { findVersion } from '../../workflows/client/find-version.ts';
import { readVersionAssets } from '../../workflows/client/version-assets.ts';
import { downloadAdapters } from './download-adapters.ts';
import { parseResources } from './parse-resources.ts';

/** A file of more than no bytes, and the list of a Zarr. */
function objectsOf(assets: Iterable<AssetRecord>): KnownObject[] {
  let blob: KnownObject | undefined;
  let zarr: KnownObject | undefined;
  for (const asset of assets) {
    const key = asset.blob === undefined ? undefined : blobKeyPath(asset.blob);
    if (key !== undefined && asset.size > 0) blob ??= { key, size: asset.size };
    if (asset.zarr !== undefined) zarr ??= { key: `zarr/${asset.zarr}.json` };
    if (blob !== undefined && zarr !== undefined) break;
  }
  return [blob, zarr].filter((one) => one !== undefined);
}

/** Objects of the Dandiset that an identifier or address names, in the archive `named`. */
export async function objectsOfResource(
  text: string,
  named: string | undefined,
): Promise<KnownObject[]> {
  const [resource] = await parseResources([text], false);
  if (resource?.number === undefined)
    throw new ArchiveError('usage', `"${text}" names no Dandiset.`);
  const { openSource, reporter } = downloadAdapters(named, () => undefined);
  const version = await findVersion(resource, resource.number, openSource, reporter);
  const { assets } = await readVersionAssets(version);
  return objectsOf(assets);
}

/** Objects of the first version in a content folder whose list names some. */
export async function objectsOfContent(content: string): Promise<KnownObject[]> {
  const tree = folderTree(content);
  for (const { path } of await tree.list('dandisets')) {
    if (!path.endsWith(`/${ASSETS_FILE}`)) continue;
    const list = await tree.read(path);
    const found = list === undefined ? [] : objectsOf(readableAssets(list));
    if (found.length > 0) return found;
  }
  return [];
}
