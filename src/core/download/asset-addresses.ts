// Where the bytes of an asset can be read, in the order of trial.

import { listMember } from '../json/json-text.ts';
import { blobKeyPath, placeOfBytes, type AssetRecord } from '../records/asset.ts';
import type { Store } from '../records/archive.ts';
import { linkableUrl } from '../text/shown-text.ts';

/** What a source says about its bytes. */
export interface BytePlaces {
  stores: readonly Pick<Store, 'url'>[];
  /** The address of the API, ending in `/`, where it redirects downloads. */
  api?: string;
}

function escaped(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/**
 * The addresses of a file's bytes: in the archive's stores by its key, then those that its record names, then
 * the API's redirect.
 */
export function addressesOfAsset(asset: AssetRecord, { stores, api }: BytePlaces): string[] {
  const place = placeOfBytes(asset);
  const key = place === undefined ? undefined : blobKeyPath(place);
  const inStores = key === undefined ? [] : stores.map(({ url }) => url + key);
  const named = listMember(asset.metadata, 'contentUrl')
    .filter((url) => typeof url === 'string')
    .map(linkableUrl)
    .filter((url) => url?.startsWith('https://') === true) as string[];
  // DANDI puts the address that needs its server first and that of the bucket last.
  const other = named.toReversed().filter((url) => !inStores.includes(url));
  const byApi =
    api === undefined || asset.assetId === undefined
      ? []
      : [`${api}assets/${escaped(asset.assetId)}/download/`];
  return [...new Set([...inStores, ...other, ...byApi])];
}

/** The folders of a Zarr's files, each ending in `/`. */
export function addressesOfZarr(asset: AssetRecord, { stores }: BytePlaces): string[] {
  const place = placeOfBytes(asset);
  const inStores = place?.startsWith('zarr/') === true ? stores.map(({ url }) => url + place) : [];
  const named = listMember(asset.metadata, 'contentUrl')
    .filter((url) => typeof url === 'string')
    .map(linkableUrl)
    .filter((url) => url?.startsWith('https://') === true && /\/zarr\//.test(url)) as string[];
  const folders = named.map((url) => (url.endsWith('/') ? url : `${url}/`));
  return [...new Set([...inStores, ...folders.filter((url) => !url.includes('/api/'))])];
}

/** The address of a file in a folder of a Zarr. */
export function addressInZarr(folder: string, path: string): string {
  return folder + escaped(path);
}
