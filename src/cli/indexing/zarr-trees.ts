// Trees of Zarrs, in a folder of this machine, at an address, or in the stores of an archive.

import { openBytes } from '../../adapters/bytes/open-bytes.ts';
import { readZarrTree } from '../../adapters/zarr/read-zarr-tree.ts';
import { openZarrFiles } from '../../adapters/zarr/zarr-files.ts';
import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { parseZarrList } from '../../core/digests/zarr-list.ts';
import {
  addressesOfZarr,
  addressInZarr,
  type BytePlaces,
} from '../../core/download/asset-addresses.ts';
import { isArchiveError } from '../../core/error.ts';
import type { AssetRecord } from '../../core/records/asset.ts';

/** The most of a list that is read; that of a Zarr of 10⁶ files has some 100 MB. */
const MOST_LIST = 512 * 1024 * 1024;

/** The paths in the list beside a Zarr; undefined if there is none. */
async function listBeside(folder: string): Promise<string[] | undefined> {
  try {
    const bytes = await openBytes(`${folder.replace(/\/$/, '')}.json`);
    if (bytes.size > MOST_LIST) return undefined;
    const text = new TextDecoder().decode(await bytes.range(0, bytes.size));
    return parseZarrList(text)?.map(({ path }) => path);
  } catch (error) {
    if (isArchiveError(error, 'bytes-not-found')) return undefined;
    throw error;
  }
}

/** The tree of the Zarr at an address or in a folder, which ends in `/`. @throws ArchiveError as Bytes */
export async function zarrTreeAt(folder: string, name = folder): Promise<DataTree> {
  const list = await listBeside(folder);
  const open = (path: string): ReturnType<typeof openBytes> =>
    openBytes(addressInZarr(folder, path));
  return readZarrTree(openZarrFiles(name, open, list));
}

/** The tree of an asset that is a Zarr; undefined if its files are nowhere. @throws ArchiveError as Bytes */
export async function zarrTreeOf(
  asset: AssetRecord,
  places: BytePlaces,
): Promise<DataTree | undefined> {
  const [folder] = addressesOfZarr(asset, places);
  return folder === undefined ? undefined : zarrTreeAt(folder, asset.path);
}
