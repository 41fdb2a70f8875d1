// A version's list of assets as rows of the file browser, and the files it loads them from: none up to 200
// assets (the page holds them), one up to 2,000, packed listings with an index above.

import { assetFolders, splitPath, type TreeFolder, type TreeItem } from '../../core/assets/tree.ts';
import { textMember, member } from '../../core/json/json-text.ts';
import { placedAssets } from '../../core/records/asset-list.ts';
import { placeOfBytes, type AssetRecord } from '../../core/records/asset.ts';
import { versionFolder } from '../../core/records/layout.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { readList, type Catalog, type VersionEntry } from '../catalog/catalog.ts';
import {
  indexShards,
  listings,
  packShards,
  type FileRow,
  type Shard,
  type ShardIndex,
} from './file-shards.ts';
import { dayOf } from '../../core/text/format.ts';
import type { SiteFile } from '../site-file.ts';

/** Up to this number all rows are in the page itself. */
export const MAX_ROWS_IN_PAGE = 200;
/** Up to this number all rows are in one file next to the page. */
export const MAX_ROWS_IN_FILE = 2000;

/** An asset as the tree and the listings need it. */
export interface FileItem extends TreeItem {
  row: FileRow;
}

export type FileTree = TreeFolder<FileItem>;

const DIGEST = /^[0-9a-f]{32,64}(?:-\d{1,10}(?:--\d{1,20})?)?$/;
const DIGEST_KINDS = ['dandi:sha2-256', 'dandi:dandi-etag', 'dandi:dandi-zarr-checksum'];

/** The digest a row shows: the sha256 if present; '' where none can be read. */
function digestOf(asset: AssetRecord): string {
  const digests = member(asset.metadata, 'digest');
  for (const kind of DIGEST_KINDS) {
    const digest = textMember(digests, kind);
    if (digest !== undefined && DIGEST.test(digest)) return digest;
  }
  return '';
}

function rowOf(asset: AssetRecord, offset: number, length: number): FileRow {
  const key = placeOfBytes(asset) ?? '';
  const digest = digestOf(asset);
  return [
    splitPath(asset.path).name,
    asset.size,
    shownLine(textMember(asset.metadata, 'encodingFormat') ?? '', 80),
    digest === key ? '' : digest,
    key,
    dayOf(asset.modified ?? asset.created) ?? '',
    offset,
    length,
  ];
}

/** The readable assets of a list, each with the byte range of its line. */
export function fileItems(list: Uint8Array): FileItem[] {
  const items: FileItem[] = [];
  for (const { asset, start, length } of placedAssets(list)) {
    items.push({ path: asset.path, size: asset.size, row: rowOf(asset, start, length) });
  }
  return items;
}

/** The folders of a version's files; undefined where its list is not held or cannot be reached. */
export async function fileTree(
  catalog: Catalog,
  entry: VersionEntry,
): Promise<FileTree | undefined> {
  const { list } = await readList(catalog, versionFolder(entry.number, entry.version));
  return list === undefined ? undefined : assetFolders(fileItems(list));
}

/** Every listing of a tree in one shard. */
export function wholeShard(tree: FileTree): Shard {
  return { parts: listings(tree) };
}

/** The files that a tree's rows are loaded from, by their path below the version's folder. */
export function listFiles(tree: FileTree): SiteFile[] {
  if (tree.fileCount <= MAX_ROWS_IN_PAGE) return [];
  if (tree.fileCount <= MAX_ROWS_IN_FILE) {
    return [{ path: 'files.json', contents: JSON.stringify(wholeShard(tree)) }];
  }
  const shards = packShards(listings(tree));
  const texts = shards.map((shard) => JSON.stringify(shard));
  const index: ShardIndex = indexShards(shards, texts);
  return [
    { path: 'files/index.json', contents: JSON.stringify(index) },
    ...texts.map((contents, number) => ({ path: `files/${number}.json`, contents })),
  ];
}

/** What the file browser of a version loads, below the site's root. */
export async function fileListFiles(catalog: Catalog, entry: VersionEntry): Promise<SiteFile[]> {
  // Most versions have few files; their list need not be read again to know that no file is needed.
  if (entry.list === 'absent' || (entry.summary.files ?? 0) <= MAX_ROWS_IN_PAGE) return [];
  const tree = await fileTree(catalog, entry);
  if (tree === undefined) return [];
  const folder = `dandiset/${entry.number}/${entry.version}`;
  return listFiles(tree).map(({ path, contents }) => ({ path: `${folder}/${path}`, contents }));
}
