// Which files of an archive have no index yet.

import type { BytePlaces } from '../../core/download/asset-addresses.ts';
import { addressesOfAsset } from '../../core/download/asset-addresses.ts';
import { isSha256 } from '../../core/digests/sha256-text.ts';
import { isHdf5Name } from '../../core/identifiers/file-names.ts';
import { member, textMember } from '../../core/json/json-text.ts';
import { isZarrAsset, type AssetRecord } from '../../core/records/asset.ts';

/** An HDF5 file that records name. */
export interface FileToIndex {
  sha256: string;
  /** Bytes. */
  size: number;
  /** One of its paths, for messages. */
  path: string;
  /** Where its bytes are, in the order of trial. */
  addresses: readonly string[];
}

export interface IndexCandidates {
  files: FileToIndex[];
  /** Paths of HDF5 files whose record names no SHA-256. */
  unnamed: string[];
}

/** One part of a work that several machines share: `i` of `n`, from 1. */
export interface JobShard {
  part: number;
  of: number;
}

/** The SHA-256 of an asset's file, as its record has it. */
export function sha256OfAsset({ blob, metadata }: AssetRecord): string | undefined {
  if (isSha256(blob)) return blob;
  const digest = textMember(member(metadata, 'digest'), 'dandi:sha2-256');
  return isSha256(digest) ? digest : undefined;
}

/** Whether a file belongs to a part: by its digest, so that each machine decides alone. */
export function isInShard(sha256: string, { part, of }: JobShard): boolean {
  return parseInt(sha256.slice(0, 8), 16) % of === part - 1;
}

/** The HDF5 files among assets, each once. */
export function filesToIndex(
  assets: Iterable<AssetRecord>,
  places: BytePlaces,
  shard: JobShard = { part: 1, of: 1 },
): IndexCandidates {
  const files = new Map<string, FileToIndex>();
  const unnamed: string[] = [];
  for (const asset of assets) {
    const { path, size } = asset;
    if (isZarrAsset(asset) || !isHdf5Name(path)) continue;
    const sha256 = sha256OfAsset(asset);
    if (sha256 === undefined) unnamed.push(path);
    else if (isInShard(sha256, shard) && !files.has(sha256))
      files.set(sha256, { sha256, size, path, addresses: addressesOfAsset(asset, places) });
  }
  return { files: [...files.values()], unnamed };
}
