// What `ls` shows of a version: files, folders with all they hold, Zarrs as one entry.

import { member, textMember } from '../json/json-text.ts';
import { isZarrAsset, type AssetRecord } from '../records/asset.ts';

export interface ListedEntry {
  path: string;
  type: 'dandiset' | 'folder' | 'file' | 'zarr';
  /** Bytes, of a folder all that it holds. */
  size: number;
  /** Files in a folder or a Dandiset; a Zarr counts as one. */
  files?: number;
  name?: string;
  version?: string;
  modified?: string;
  id?: string;
  sha256?: string;
  md5?: string;
  'dandi-etag'?: string;
  'zarr-checksum'?: string;
}

/** Every field of an entry, in the order of columns. */
export const LISTED_FIELDS: readonly (keyof ListedEntry)[] = [
  'path',
  'type',
  'size',
  'files',
  'name',
  'version',
  'modified',
  'id',
  'sha256',
  'md5',
  'dandi-etag',
  'zarr-checksum',
];

/** The entry of one asset. */
export function entryOfAsset(asset: AssetRecord): ListedEntry {
  const digests = member(asset.metadata, 'digest');
  const entry: ListedEntry = {
    path: asset.path,
    type: isZarrAsset(asset) ? 'zarr' : 'file',
    size: asset.size,
  };
  const modified = textMember(asset.metadata, 'blobDateModified') ?? asset.modified;
  const id = textMember(asset.metadata, 'identifier') ?? asset.assetId;
  const [sha256, etag, checksum] = ['sha2-256', 'dandi-etag', 'dandi-zarr-checksum'].map((name) =>
    textMember(digests, `dandi:${name}`),
  );
  if (modified !== undefined) entry.modified = modified;
  if (id !== undefined) entry.id = id;
  if (sha256 !== undefined) entry.sha256 = sha256;
  if (etag !== undefined) entry['dandi-etag'] = etag;
  if (checksum !== undefined) entry['zarr-checksum'] = checksum;
  return entry;
}

/**
 * The direct entries of a folder, which is '' or ends in `/`: folders first, each with what it holds in all.
 * Assets are in the order of their paths.
 */
export function entriesOfFolder(assets: readonly AssetRecord[], folder: string): ListedEntry[] {
  const folders = new Map<string, ListedEntry>();
  const files: ListedEntry[] = [];
  for (const asset of assets) {
    if (!asset.path.startsWith(folder)) continue;
    const slash = asset.path.indexOf('/', folder.length);
    if (slash < 0) {
      files.push(entryOfAsset(asset));
      continue;
    }
    const path = asset.path.slice(0, slash + 1);
    const entry = folders.get(path) ?? { path, type: 'folder', size: 0, files: 0 };
    entry.size += asset.size;
    entry.files = (entry.files ?? 0) + 1;
    folders.set(path, entry);
  }
  return [...folders.values(), ...files];
}
