// The API's list of the files of a Zarr, for hosts whose rules redirect the client from it to each file. It
// is made where the build can read the store: Zarrs in a bucket have none.

import { isJsonObject, parseJson } from '../../core/json/json-text.ts';
import { isBlobKey, type AssetRecord } from '../../core/records/asset.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { toTimestamp } from '../catalog/record-times.ts';
import type { SiteFile } from '../site-file.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';
import { apiDocument } from './api-document.ts';

/** A longer list is too large for one document. */
export const MAX_ZARR_FILES = 20_000;

/** The hosts whose rules can distinguish a request for one file of a Zarr from one for the list. */
const WITH_QUERY_RULES: ReadonlySet<string> = new Set(['netlify', 'nginx']);

/** The document of a Zarr from its list in the store, `[[path, size, md5], …]`. */
function zarrDocument({ zarr, modified }: AssetRecord, list: Uint8Array): SiteFile | undefined {
  const parsed = parseJson(decodeUtf8(list) ?? '');
  if (!parsed.ok || !Array.isArray(parsed.value) || isJsonObject(parsed.value)) return undefined;
  const entries = parsed.value;
  if (entries.length > MAX_ZARR_FILES) return undefined;
  const LastModified = toTimestamp(modified) ?? '1970-01-01T00:00:00Z';
  const results = entries.flatMap((entry) => {
    const [Key, Size, ETag] = Array.isArray(entry) ? entry : [];
    return typeof Key === 'string' ? [{ Key, LastModified, ETag, Size }] : [];
  });
  const page = { count: results.length, next: null, previous: null, results };
  return apiDocument(`zarr/${zarr ?? ''}/files`, page);
}

/** The lists of the Zarrs of a version, where its archive's host can use them. */
export async function* zarrFiles({ catalog, assets }: VersionMaterial): AsyncGenerator<SiteFile> {
  const { archive, readZarrList } = catalog;
  if (!WITH_QUERY_RULES.has(archive.host ?? '') || readZarrList === undefined) return;
  for (const asset of assets()) {
    if (asset.zarr === undefined || !isBlobKey(asset.zarr)) continue;
    const list = await readZarrList(asset.zarr);
    const document = list === undefined ? undefined : zarrDocument(asset, list);
    if (document !== undefined) yield document;
  }
}
