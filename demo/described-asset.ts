// What an archive knows about an asset of the demo once its bytes are stored: key, size and digests.

import { digestBytes, md5Hex } from '../src/adapters/digests/file-digests.ts';
import { zarrChecksum } from '../src/core/digests/zarr-checksum.ts';
import { compareUtf8 } from '../src/core/identifiers/asset-path.ts';
import type { JsonObject } from '../src/core/json/json-text.ts';
import { blobKeyPath, zarrKeyPath } from '../src/core/records/asset.ts';
import type { DemoAsset, ZarrContent } from './story.ts';
import { uuidOf } from './uuid.ts';

/** The release of the schema that was current when the demo's versions were published. */
export const SCHEMA_VERSION = '0.7.0';

export interface DescribedAsset {
  asset: DemoAsset;
  assetId: string;
  /** `blob` or `zarr`, and the key of the bytes. */
  kind: 'blob' | 'zarr';
  key: string;
  /** Where the bytes are, below a store. */
  storedAt: string;
  size: number;
  /** Metadata as an uploading client gives it, complete but for what publication adds. */
  metadata: JsonObject;
  /** The objects that a store holds for it, by key. */
  objects: ReadonlyMap<string, Uint8Array>;
}

interface Stored {
  kind: 'blob' | 'zarr';
  key: string;
  storedAt: string;
  size: number;
  digest: JsonObject;
  objects: ReadonlyMap<string, Uint8Array>;
}

function storedBlob(bytes: Uint8Array): Stored {
  const { sha256, dandiEtag, size } = digestBytes(bytes);
  const storedAt = blobKeyPath(sha256) ?? '';
  return {
    kind: 'blob',
    key: sha256,
    storedAt,
    size,
    digest: { 'dandi:dandi-etag': dandiEtag, 'dandi:sha2-256': sha256 },
    objects: new Map([[storedAt, bytes]]),
  };
}

/** A Zarr's files below its id, along with the list that names each with size and MD5. */
function storedZarr(content: ZarrContent): Stored {
  const files = [...content]
    .map(([path, bytes]) => ({ path, bytes, size: bytes.length, md5: md5Hex(bytes) }))
    .sort((a, b) => compareUtf8(a.path, b.path));
  const checksum = zarrChecksum(files);
  const key = uuidOf('zarr', checksum);
  const storedAt = zarrKeyPath(key) ?? '';
  const objects = new Map(files.map(({ path, bytes }) => [`${storedAt}${path}`, bytes]));
  const list = JSON.stringify(files.map(({ path, size, md5 }) => [path, size, md5]));
  objects.set(`zarr/${key}.json`, new TextEncoder().encode(list));
  return {
    kind: 'zarr',
    key,
    storedAt,
    size: files.reduce((sum, file) => sum + file.size, 0),
    digest: { 'dandi:dandi-zarr-checksum': checksum },
    objects,
  };
}

/** The asset as a store and a list of assets describe it; its id is derived from its location and content. */
export function describeAsset(
  identifier: string,
  asset: DemoAsset,
  schemaVersion = SCHEMA_VERSION,
): DescribedAsset {
  const { content, path } = asset;
  const stored = content instanceof Uint8Array ? storedBlob(content) : storedZarr(content);
  const metadata: JsonObject = {
    schemaKey: 'Asset',
    schemaVersion,
    path,
    contentSize: stored.size,
    digest: stored.digest,
    blobDateModified: asset.modified,
    ...asset.metadata,
  };
  return {
    kind: stored.kind,
    key: stored.key,
    storedAt: stored.storedAt,
    size: stored.size,
    objects: stored.objects,
    asset,
    metadata,
    assetId: uuidOf(identifier, path, JSON.stringify(metadata)),
  };
}

/** The line of a list of assets, with the metadata of a draft or of a version. */
export function assetLine(described: DescribedAsset, metadata: JsonObject): string {
  const { asset, assetId, kind, key, size } = described;
  return `${JSON.stringify({
    asset_id: assetId,
    [kind]: key,
    path: asset.path,
    size,
    created: asset.modified,
    modified: asset.modified,
    metadata,
  })}\n`;
}
