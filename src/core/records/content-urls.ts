// Where the file of an asset is found, as its metadata say it.

import { offersPythonClient, preferredStoreAddress, type Archive } from './archive.ts';
import { apiAssetId, blobKeyPath, namedAddresses, zarrKeyPath, type AssetRecord } from './asset.ts';

/**
 * Where the file is found. As at DANDI the API's address comes first, if the host serves it; else the store's
 * does, since most programs take the first. Bytes elsewhere keep their own.
 */
export function contentUrls(archive: Archive, asset: AssetRecord): string[] {
  const { blob, zarr } = asset;
  const place = zarr === undefined ? blobKeyPath(blob ?? '') : zarrKeyPath(zarr);
  if (place === undefined) {
    return namedAddresses(asset);
  }
  const id = zarr ?? apiAssetId(blob ?? '') ?? '';
  const api = `${archive.site}api/assets/${id}/download/`;
  const stored = preferredStoreAddress(archive) + place;
  return offersPythonClient(archive) ? [api, stored] : [stored, api];
}
