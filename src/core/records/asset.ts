// One asset: a line of assets.jsonl.

import { isSha256 } from '../digests/sha256-text.ts';
import {
  countMember,
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { linkableUrl } from '../text/shown-text.ts';

/**
 * An asset as in a record. `blob` is the sha256 of our own bytes or DANDI's UUID of imported ones; `zarr` the
 * id of a Zarr archive; an imported record may lack both.
 */
export interface AssetRecord {
  path: string;
  /** Bytes; a Zarr's is the sum of its files. */
  size: number;
  /** Set if the record of a Zarr does not say its size; `size` is then what its metadata say, or 0. */
  withoutSize?: true;
  assetId?: string;
  blob?: string;
  zarr?: string;
  created?: string;
  modified?: string;
  metadata: JsonObject;
}

const ZARR_TYPE = 'application/x-zarr';
const ZARR_CHECKSUM = /^[0-9a-f]{32}-[0-9]{1,15}--([0-9]{1,15})$/;

/** Whether a value is the record of a Zarr without a size, as archives sometimes write them. */
function isZarrWithoutSize(value: JsonObject): boolean {
  const isZarr =
    textMember(value, 'zarr') !== undefined ||
    textMember(member(value, 'metadata'), 'encodingFormat') === ZARR_TYPE;
  return isZarr && (member(value, 'size') ?? null) === null;
}

/** Whether an asset is a Zarr: many files, by its record or by the media type of its metadata. */
export function isZarrAsset({ zarr, metadata }: AssetRecord): boolean {
  return zarr !== undefined || textMember(metadata, 'encodingFormat') === ZARR_TYPE;
}

/** The size that the metadata of a Zarr give, directly or within its checksum. */
function sizeInMetadata(metadata: JsonValue): number {
  const checksum = textMember(member(metadata, 'digest'), 'dandi:dandi-zarr-checksum') ?? '';
  const within = ZARR_CHECKSUM.exec(checksum)?.[1];
  return countMember(metadata, 'contentSize') ?? Number(within ?? 0);
}

/** Why a value is not an asset record; undefined if it is one. */
export function problemOfAsset(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'is not a JSON object';
  if (textMember(value, 'path') === undefined) return 'has no text "path"';
  if (countMember(value, 'size') === undefined && !isZarrWithoutSize(value)) {
    return 'has no whole number "size"';
  }
  if (!isJsonObject(member(value, 'metadata'))) return 'has no object "metadata"';
  for (const key of ['asset_id', 'blob', 'zarr', 'created', 'modified']) {
    const found = member(value, key);
    if (found !== undefined && found !== null && typeof found !== 'string') {
      return `has a "${key}" that is no text`;
    }
  }
  return undefined;
}

/** The asset of a value that problemOfAsset found nothing wrong with. */
export function toAsset(value: JsonObject): AssetRecord {
  const asset: AssetRecord = {
    path: textMember(value, 'path') ?? '',
    size: countMember(value, 'size') ?? sizeInMetadata(value['metadata'] as JsonObject),
    metadata: value['metadata'] as JsonObject,
  };
  if (isZarrWithoutSize(value)) asset.withoutSize = true;
  const assetId = textMember(value, 'asset_id');
  const blob = textMember(value, 'blob');
  const zarr = textMember(value, 'zarr');
  const created = textMember(value, 'created');
  const modified = textMember(value, 'modified');
  if (assetId !== undefined) asset.assetId = assetId;
  if (blob !== undefined) asset.blob = blob;
  if (zarr !== undefined) asset.zarr = zarr;
  if (created !== undefined) asset.created = created;
  if (modified !== undefined) asset.modified = modified;
  return asset;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text can be the key of a blob: our sha256, or a UUID of DANDI's. */
export function isBlobKey(text: string): boolean {
  return isSha256(text) || UUID.test(text);
}

/** Where a blob is in a store: `blobs/abc/def/abcdef…`; undefined for an invalid key. */
export function blobKeyPath(blob: string): string | undefined {
  if (!isBlobKey(blob)) return undefined;
  return `blobs/${blob.slice(0, 3)}/${blob.slice(3, 6)}/${blob}`;
}

/**
 * The API's name of an asset: the path of its blob below `blobs/`. Hosts with placeholders in their rules
 * redirect `/api/assets/<this>/download/` to the store by one rule, and none of them can split a key into its
 * folders. Undefined for an invalid key.
 */
export function apiAssetId(blob: string): string | undefined {
  return blobKeyPath(blob)?.slice('blobs/'.length);
}

/** The folder of a Zarr below a store: `zarr/<id>/`; undefined for an invalid id. */
export function zarrKeyPath(zarr: string): string | undefined {
  return isBlobKey(zarr) ? `zarr/${zarr}/` : undefined;
}

const BLOB_IN_ADDRESS = /\/blobs\/[0-9a-f]{3}\/[0-9a-f]{3}\/([0-9a-f-]{36,64})$/;

/** The public addresses that the metadata of an asset name for its bytes, in their order; https only. */
export function namedAddresses({ metadata }: AssetRecord): string[] {
  return listMember(metadata, 'contentUrl').flatMap((url) => {
    const address = typeof url === 'string' ? linkableUrl(url) : undefined;
    return address?.startsWith('https://') === true ? [address] : [];
  });
}

/**
 * Where an asset's bytes are: the key of a blob, `zarr/<id>/`, or a public address; undefined if the record
 * does not say. Records of 2021 name no blob, but an address that ends in one, so that they too are read from
 * the archive's stores. Bytes that are in no store keep their address.
 */
export function placeOfBytes(asset: AssetRecord): string | undefined {
  if (asset.zarr !== undefined) return zarrKeyPath(asset.zarr);
  if (asset.blob !== undefined && isBlobKey(asset.blob)) return asset.blob;
  const addresses = listMember(asset.metadata, 'contentUrl').filter(
    (url) => typeof url === 'string',
  );
  for (const url of addresses) {
    const blob = BLOB_IN_ADDRESS.exec(url)?.[1];
    if (blob !== undefined && isBlobKey(blob)) return blob;
  }
  // DANDI puts the address that needs its server first and the store's last.
  return namedAddresses(asset).at(-1);
}

/** Whether the archive's stores have an asset's bytes, so that a key points to them. */
export function isInStores(asset: AssetRecord): boolean {
  const place = placeOfBytes(asset);
  return place !== undefined && !place.startsWith('https://');
}
