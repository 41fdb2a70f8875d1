// Which data files of a version can be checked by `sha256sum -c`.

import { isSha256 } from '../digests/sha256-text.ts';
import { member } from '../json/json-text.ts';
import type { AssetRecord } from './asset.ts';

/** Whether a path can be checked from the folder of a download: it stays inside it, and is a name. */
function isCheckablePath(path: string): boolean {
  const leads = path.startsWith('/') || path.split('/').includes('..');
  // sha256sum takes `-` for the standard input, and no file name contains a NUL.
  const isNoFile = path === '' || path === '-' || path.includes('\0') || !path.isWellFormed();
  return !leads && !isNoFile;
}

/** The SHA-256 that a data file can be checked by; undefined for Zarrs and files without one. */
export function checkableDigest({
  path,
  metadata,
}: Pick<AssetRecord, 'path' | 'metadata'>): string | undefined {
  const sha256 = member(member(metadata, 'digest'), 'dandi:sha2-256');
  return isSha256(sha256) && isCheckablePath(path) ? sha256 : undefined;
}
