// The files of a version that are wanted, each with the place it goes to and where its bytes are.

import { zarrChecksum, type ZarrFile } from '../../core/digests/zarr-checksum.ts';
import {
  addressesOfAsset,
  addressesOfZarr,
  addressInZarr,
  type BytePlaces,
} from '../../core/download/asset-addresses.ts';
import type { ZarrFilter } from '../../core/download/zarr-filter.ts';
import { fileOfAsset, type WantedFile } from '../../core/download/plan.ts';
import { ArchiveError } from '../../core/error.ts';
import { member, textMember } from '../../core/json/json-text.ts';
import { isZarrAsset, type AssetRecord } from '../../core/records/asset.ts';
import { quotePath } from '../../core/text/quote.ts';

/** The list of a Zarr's files, from one of its folders or from the API. */
export type ListZarrFiles = (
  folders: readonly string[],
  asset: AssetRecord,
  places: BytePlaces,
) => Promise<ZarrFile[] | undefined>;

function refuse(asset: AssetRecord, why: string): ArchiveError {
  return new ArchiveError('source-unreadable', `The Zarr ${quotePath(asset.path)} ${why}.`);
}

/** The list must be the one that the record names: its checksum covers the MD5 of every file. */
function checkList(asset: AssetRecord, files: readonly ZarrFile[]): void {
  const wanted = textMember(member(asset.metadata, 'digest'), 'dandi:dandi-zarr-checksum');
  if (wanted === undefined) return;
  const found = zarrChecksum(files);
  if (found !== wanted)
    throw refuse(asset, `has the checksum ${found}, and the record says ${wanted}`);
}

/** A file that cannot be had, so that it fails alone. */
export function unobtainable(
  { size }: AssetRecord,
  target: string,
  failure: ArchiveError,
): WantedFile {
  return { target, size, from: [], failure };
}

/** The right list of a Zarr's files. @throws ArchiveError */
async function zarrList(
  asset: AssetRecord,
  folders: readonly string[],
  places: BytePlaces,
  listZarr: ListZarrFiles,
): Promise<ZarrFile[]> {
  const files = await listZarr(folders, asset, places);
  if (files === undefined) throw refuse(asset, 'has no list of its files');
  checkList(asset, files);
  return files;
}

/** The files of one asset: itself, or those of a Zarr. A Zarr without a right list is one that cannot be had. */
export async function filesOfAsset(
  asset: AssetRecord,
  target: string,
  places: BytePlaces,
  listZarr: ListZarrFiles,
  isWanted?: ZarrFilter,
): Promise<WantedFile[]> {
  if (!isZarrAsset(asset)) return [fileOfAsset(asset, target, addressesOfAsset(asset, places))];
  const folders = addressesOfZarr(asset, places);
  let files: ZarrFile[];
  try {
    files = await zarrList(asset, folders, places, listZarr);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return [unobtainable(asset, target, error)];
  }
  return files
    .filter(({ path }) => isWanted?.(path) ?? true)
    .map(({ path, size, md5 }) => ({
      target: `${target}/${path}`,
      size,
      from: folders.map((folder) => addressInZarr(folder, path)),
      digest: { algorithm: 'md5' as const, value: md5 },
      // What else is in its folder is known only if all of it is wanted.
      ...(isWanted === undefined ? { zarr: target } : {}),
    }));
}
