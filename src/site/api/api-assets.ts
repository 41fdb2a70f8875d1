// The assets of a version as the API lists them: each with its metadata, so that a program needs one request
// for a thousand files.

import { jsonWithoutEmails } from '../../core/api/public-json.ts';
import type { ListedAsset } from '../../core/api/asset-queries.ts';
import { member, textMember, type JsonValue } from '../../core/json/json-text.ts';
import { memberTexts } from '../../core/json/member-texts.ts';
import { objectText, valueText } from '../../core/json/object-text.ts';
import type { Archive } from '../../core/records/archive.ts';
import { placedAssets, type PlacedAsset } from '../../core/records/asset-list.ts';
import { apiAssetId, placeOfBytes, type AssetRecord } from '../../core/records/asset.ts';
import { textTakenAsAsset } from '../../core/records/bare-asset.ts';
import { contentUrls } from '../../core/records/content-urls.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { toTimestamp } from '../catalog/record-times.ts';

interface Keys {
  asset_id: string;
  blob: string | null;
  zarr: string | null;
}

/**
 * The names of an asset in the API: `asset_id` is the location of its bytes, by which every download is
 * redirected to the store. Bytes at another address are in no store: such an asset retains its own
 * identifier, and has no download here.
 */
function keysOf(asset: AssetRecord): Keys {
  const place = placeOfBytes(asset);
  const id = place === undefined ? undefined : apiAssetId(place);
  if (asset.zarr !== undefined) return { asset_id: asset.zarr, blob: null, zarr: asset.zarr };
  if (place !== undefined && id !== undefined) return { asset_id: id, blob: place, zarr: null };
  const own = asset.assetId ?? asset.blob ?? encodeURIComponent(asset.path.toWellFormed());
  return { asset_id: own, blob: asset.blob ?? own, zarr: null };
}

/**
 * What a draft's metadata lack and publishing would add: by what the asset is known, and where its file is.
 * Programs ask drafts for both, and DANDI's API gives them.
 */
function computedTexts(archive: Archive, asset: AssetRecord): [name: string, text: string][] {
  const { assetId, metadata, size } = asset;
  const computed: [string, JsonValue][] = [
    ...(assetId === undefined
      ? []
      : ([
          ['id', `dandiasset:${assetId}`],
          ['identifier', assetId],
        ] satisfies [string, string][])),
    ['contentSize', size],
    ['contentUrl', contentUrls(archive, asset)],
  ];
  return computed
    .filter(([name]) => member(metadata, name) === undefined)
    .map(([name, value]) => [name, valueText(value)]);
}

/** What the documents of a list say that its lines do not. */
export interface AssetItemSettings {
  /** Where an asset does not say when it was made. */
  time: string;
  /** For a draft: the archive, by which fields are computed that a published version holds. */
  draftIn?: Archive | undefined;
}

function itemText(
  list: Uint8Array,
  { asset, start, length }: PlacedAsset,
  { time, draftIn }: AssetItemSettings,
): string {
  const line = decodeUtf8(list.subarray(start, start + length)) ?? '';
  const { asset_id, blob, zarr } = keysOf(asset);
  const created = toTimestamp(asset.created) ?? toTimestamp(asset.modified) ?? time;
  const item = {
    asset_id,
    blob,
    zarr,
    path: asset.path,
    size: asset.size,
    created,
    modified: toTimestamp(asset.modified) ?? created,
  };
  const authored = textTakenAsAsset(asset.metadata, memberTexts(line).get('metadata') ?? '{}');
  const metadata =
    draftIn === undefined
      ? authored
      : objectText([...memberTexts(authored), ...computedTexts(draftIn, asset)]);
  const paths = new Set([asset.path, textMember(asset.metadata, 'path') ?? '']);
  return jsonWithoutEmails(`${JSON.stringify(item).slice(0, -1)},"metadata":${metadata}}`, paths);
}

/** The entries of a list, one after another. Facts of each that the queries need are added to `listed`. */
export function* assetItems(
  list: Uint8Array,
  settings: AssetItemSettings,
  listed: ListedAsset[],
): Generator<string> {
  for (const placed of placedAssets(list)) {
    const { asset } = placed;
    listed.push({ asset_id: keysOf(asset).asset_id, path: asset.path, size: asset.size });
    yield itemText(list, placed, settings);
  }
}
