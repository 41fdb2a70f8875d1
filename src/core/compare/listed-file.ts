// A file of a list, as a comparison needs it: its path, its size and what distinguishes its bytes from
// others. Its metadata stay in the list and are read again only when two files are compared, so that a list
// of 100,000 files costs little more memory than its bytes.

import { member, textMember } from '../json/json-text.ts';
import { placedAssets, parseAssetLine } from '../records/asset-list.ts';
import { placeOfBytes, type AssetRecord } from '../records/asset.ts';
import { COMPUTED_ASSET_FIELDS } from '../schema/record-models.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { sameValue } from './same-value.ts';

/** What identifies the bytes of a file: digests, and where they are stored. */
export type ContentMark = 'sha256' | 'etag' | 'zarr' | 'place';

export interface ListedFile {
  path: string;
  /** Bytes. */
  size: number;
  marks: Readonly<Partial<Record<ContentMark, string>>>;
  /** The file's line in its list, read on demand; absent if metadata are not compared. */
  line?: () => string;
}

const DIGESTS: readonly (readonly [ContentMark, string])[] = [
  ['sha256', 'dandi:sha2-256'],
  ['etag', 'dandi:dandi-etag'],
  ['zarr', 'dandi:dandi-zarr-checksum'],
];

/** An asset in the form that a comparison needs. */
export function listedFile(asset: AssetRecord, line?: () => string): ListedFile {
  const marks: Partial<Record<ContentMark, string>> = {};
  const digests = member(asset.metadata, 'digest');
  for (const [mark, name] of DIGESTS) {
    const digest = textMember(digests, name);
    if (digest !== undefined && digest !== '') marks[mark] = digest;
  }
  const place = placeOfBytes(asset);
  if (place !== undefined) marks.place = place;
  const file: ListedFile = { path: asset.path, size: asset.size, marks };
  if (line !== undefined) file.line = line;
  return file;
}

/** The files of a list that can be read. The list must not change while they are in use. */
export function listedFiles(list: Uint8Array): ListedFile[] {
  const files: ListedFile[] = [];
  for (const { asset, start, length } of placedAssets(list)) {
    files.push(listedFile(asset, () => decodeUtf8(list.subarray(start, start + length)) ?? ''));
  }
  return files;
}

/** What publishing writes into an asset's metadata, or what may be left out of a draft's. */
const WRITTEN_BY_ARCHIVE: ReadonlySet<string> = new Set([
  ...COMPUTED_ASSET_FIELDS,
  '@context',
  'schemaKey',
  'access',
  'dateModified',
]);

/** Whether the metadata of two files are the same, except for what the archive writes. */
export function sameAssetMetadata(a: ListedFile, b: ListedFile): boolean {
  if (a.line === undefined || b.line === undefined) return true;
  const [left, right] = [a.line(), b.line()];
  if (left === right) return true;
  const [one, other] = [parseAssetLine(left), parseAssetLine(right)];
  if (!one.ok || !other.ok) return false;
  return sameValue(one.asset.metadata, other.asset.metadata, WRITTEN_BY_ARCHIVE);
}
