// Where the bytes of an asset can be read, in the order of trial.

import { encodePath } from '../identifiers/asset-path.ts';
import { blobKeyPath, namedAddresses, placeOfBytes, type AssetRecord } from '../records/asset.ts';
import type { Store } from '../records/archive.ts';

/** What a source says about its bytes. */
export interface BytePlaces {
  stores: readonly Pick<Store, 'url'>[];
  /** The address of the API, ending in `/`, where it redirects downloads. */
  api?: string;
}

/**
 * The addresses of a file's bytes: in the archive's stores by its key, then those that its record names, then
 * the API's redirect.
 */
export function addressesOfAsset(asset: AssetRecord, { stores, api }: BytePlaces): string[] {
  const place = placeOfBytes(asset);
  const key = place === undefined ? undefined : blobKeyPath(place);
  const inStores = key === undefined ? [] : stores.map(({ url }) => url + key);
  // DANDI puts the address that needs its server first and that of the bucket last.
  const other = namedAddresses(asset)
    .toReversed()
    .filter((url) => !inStores.includes(url));
  const byApi =
    api === undefined || asset.assetId === undefined
      ? []
      : [`${api}assets/${encodePath(asset.assetId)}/download/`];
  return [...new Set([...inStores, ...other, ...byApi])];
}

/** The folders of a Zarr's files, each ending in `/`. */
export function addressesOfZarr(asset: AssetRecord, { stores }: BytePlaces): string[] {
  const place = placeOfBytes(asset);
  const inStores = place?.startsWith('zarr/') === true ? stores.map(({ url }) => url + place) : [];
  const named = namedAddresses(asset).filter((url) => url.includes('/zarr/'));
  const folders = named.map((url) => (url.endsWith('/') ? url : `${url}/`));
  return [...new Set([...inStores, ...folders.filter((url) => !url.includes('/api/'))])];
}

/** The address of a file in a folder of a Zarr. */
export function addressInZarr(folder: string, path: string): string {
  return folder + encodePath(path);
}
