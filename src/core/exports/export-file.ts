// An asset as the exports describe it.

import { isSha256 } from '../digests/sha256-text.ts';
import { member, textMember } from '../json/json-text.ts';
import { blobKeyPath, placeOfBytes, type AssetRecord } from '../records/asset.ts';
import type { ExportFile } from './export-input.ts';

const MEDIA_TYPE = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/;
// The extensions of files whose bytes are HDF5, whatever a record calls them.
const HDF5_NAME = /\.(?:nwb|h5|hdf5)$/i;

/** Media types of a file: HDF5 before NWB, since programs know HDF5. */
function encodingsOf({ path, zarr, metadata }: AssetRecord): string[] {
  const claimed = textMember(metadata, 'encodingFormat') ?? '';
  const type = MEDIA_TYPE.test(claimed) ? claimed : undefined;
  if (zarr !== undefined) return [type ?? 'application/x-zarr'];
  const isHdf5 = type === 'application/x-nwb' || HDF5_NAME.test(path);
  const all = [isHdf5 ? 'application/x-hdf5' : undefined, type].filter((one) => one !== undefined);
  return all.length === 0 ? ['application/octet-stream'] : [...new Set(all)];
}

/** The sha256 of a blob; a Zarr has none, whatever its record says. */
function sha256Of({ blob, zarr, metadata }: AssetRecord): string | undefined {
  if (zarr !== undefined) return undefined;
  const claimed = textMember(member(metadata, 'digest'), 'dandi:sha2-256');
  return [claimed, blob].find(isSha256);
}

/** Where to fetch the bytes: in a store, by its absolute address, or at an address of their own. */
function urlOf(asset: AssetRecord, store: string): string | undefined {
  const place = placeOfBytes(asset);
  if (place === undefined) return undefined;
  if (place.startsWith('https://')) return place;
  return store + (blobKeyPath(place) ?? place);
}

/** The asset as a file of an export; undefined if nothing says where its bytes are. */
export function exportFile(asset: AssetRecord, store: string): ExportFile | undefined {
  const url = urlOf(asset, store);
  const { path } = asset;
  if (url === undefined || path === '') return undefined;
  const file: ExportFile = {
    path,
    bytes: asset.size,
    url,
    encodings: encodingsOf(asset),
    isZarr: asset.zarr !== undefined,
  };
  const sha256 = sha256Of(asset);
  if (sha256 !== undefined) file.sha256 = sha256;
  return file;
}
