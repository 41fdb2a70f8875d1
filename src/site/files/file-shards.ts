// What the file browser loads: the listing of each folder, packed into files of at most 500 rows, and an
// index that gives where each folder's rows begin. The index grows with the number of such files, not with
// that of folders, so any folder's first rows take two requests. The browser reads these shapes too; this
// file needs neither Node nor a page.

import { isSha256 } from '../../core/digests/sha256-text.ts';
import { allFolders, type TreeFolder } from '../../core/assets/tree.ts';
import { compareNames } from '../../core/assets/name-order.ts';
import { blobKeyPath } from '../../core/records/asset.ts';

export const MAX_SHARD_ROWS = 500;
/** Characters of JSON, reached only by hostile names. */
export const MAX_SHARD_SIZE = 250_000;

/** A folder inside a folder: its name, and how many files and bytes are below it. */
export type FolderRow = readonly [name: string, files: number, bytes: number];

/**
 * A file: name, bytes, media type, digest, key (of a blob, `zarr/<id>/`, or a public address), day of the
 * last change, and where its line is in the list of assets. Unknown texts are ''. The digest is also '' where
 * the key is the file's sha256.
 */
export type FileRow = readonly [
  name: string,
  bytes: number,
  type: string,
  digest: string,
  key: string,
  day: string,
  offset: number,
  length: number,
];

export type ListingRow = FolderRow | FileRow;

/** The rows of a folder, or a run of them: first its folders, then its files, each by name. */
export interface ListingPart {
  /** Ends in `/`; '' for the top. */
  path: string;
  /** Index of the first row of this part within the folder. */
  from: number;
  /** Number of all rows of the folder, and how many of them are folders. */
  total: number;
  folders: number;
  /** Files and bytes of the folder and all below it. */
  files: number;
  bytes: number;
  rows: ListingRow[];
}

/** One file of listings, ordered by (path, from). */
export interface Shard {
  parts: ListingPart[];
}

/** The first row of a shard: folder, index within it, and its name where that is not 0. */
export type ShardKey = readonly [path: string, from: number, name: string];

export interface ShardIndex {
  files: number;
  bytes: number;
  /** Characters of all shards together: what a search in all folders loads, uncompressed. */
  size: number;
  shards: ShardKey[];
}

/** Whether a row is a folder's. */
export function isFolderRow(row: ListingRow): row is FolderRow {
  return row.length === 3;
}

/** A file's digest; its key, where that is the sha256. */
export function rowDigest(row: FileRow): string {
  const [, , , digest, key] = row;
  return digest === '' && isSha256(key) ? key : digest;
}

/**
 * The address for a key, below the store's; undefined where the record names no bytes, or the archive no
 * store. That of a Zarr is its folder's.
 */
export function addressOfKey(key: string, store: string): string | undefined {
  if (key.startsWith('https://')) return key;
  const path = key.startsWith('zarr/') ? key : blobKeyPath(key);
  return path === undefined || store === '' ? undefined : store + path;
}

type Listing = Omit<ListingPart, 'from'>;

function listingOf(folder: TreeFolder<{ row: FileRow }>): Listing {
  return {
    path: folder.path,
    total: folder.folders.length + folder.files.length,
    folders: folder.folders.length,
    files: folder.fileCount,
    bytes: folder.bytes,
    rows: [
      ...folder.folders.map((one): FolderRow => [one.name, one.fileCount, one.bytes]),
      ...folder.files.map((file) => file.item.row),
    ],
  };
}

/** The listings of a tree, whole, sorted by path. */
export function listings(top: TreeFolder<{ row: FileRow }>): ListingPart[] {
  return allFolders(top).map((folder) => ({ from: 0, ...listingOf(folder) }));
}

/** Packs whole listings into shards. A listing that fits into one shard is never divided. */
export function packShards(whole: Iterable<ListingPart>): Shard[] {
  const shards: Shard[] = [];
  let current: Shard = { parts: [] };
  let rows = 0;
  let size = 0;
  const close = (): void => {
    if (current.parts.length > 0) shards.push(current);
    current = { parts: [] };
    rows = 0;
    size = 0;
  };
  for (const listing of whole) {
    const sizes = listing.rows.map((row) => JSON.stringify(row).length + 1);
    const headSize = listing.path.length + 100;
    const listingSize = sizes.reduce((sum, one) => sum + one, headSize);
    const fits = (count: number, more: number): boolean =>
      rows + count <= MAX_SHARD_ROWS && size + more <= MAX_SHARD_SIZE;
    if (!fits(listing.rows.length, listingSize)) close();
    let part: ListingPart = { ...listing, rows: [] };
    const begin = (from: number): void => {
      part = { ...listing, from, rows: [] };
      current.parts.push(part);
      size += headSize;
    };
    begin(0);
    listing.rows.forEach((row, index) => {
      const rowSize = sizes[index] ?? 0;
      if (part.rows.length > 0 && !fits(1, rowSize)) {
        close();
        begin(index);
      }
      part.rows.push(row);
      rows += 1;
      size += rowSize;
    });
  }
  close();
  return shards;
}

/** The index over packed shards, given the text each is written as. */
export function indexShards(shards: readonly Shard[], texts: readonly string[]): ShardIndex {
  const top = shards[0]?.parts[0];
  return {
    files: top?.files ?? 0,
    bytes: top?.bytes ?? 0,
    size: texts.reduce((sum, text) => sum + text.length, 0),
    shards: shards.map(({ parts: [first] }): ShardKey => {
      const from = first?.from ?? 0;
      return [first?.path ?? '', from, from === 0 ? '' : (first?.rows[0]?.[0] ?? '')];
    }),
  };
}

/** The last position in a sorted list whose value is not greater than the one looked for. */
function lastNotAfter<Value>(values: readonly Value[], isAfter: (value: Value) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(values[middle] as Value)) high = middle;
    else low = middle + 1;
  }
  return Math.max(0, low - 1);
}

/** The number of the shard that holds a row of a folder, if the folder and row exist. */
export function shardOfRow(index: ShardIndex, path: string, row: number): number {
  return lastNotAfter(index.shards, ([first, from]) => {
    const order = compareNames(first, path);
    return order > 0 || (order === 0 && from > row);
  });
}

/** The number of the shard that holds a file of a folder; `folders` rows come before its files. */
export function shardOfFile(
  index: ShardIndex,
  path: string,
  folders: number,
  name: string,
): number {
  return lastNotAfter(index.shards, ([first, from, firstName]) => {
    const order = compareNames(first, path);
    if (order !== 0 || from === 0) return order > 0;
    return from >= folders && compareNames(firstName, name) > 0;
  });
}
