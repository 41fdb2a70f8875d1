// An archive to download from: records in a content folder, bytes in a store that fails as a test specifies.

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestBytes, md5Hex } from '../../../src/adapters/digests/file-digests.ts';
import { zarrChecksum, type ZarrFile } from '../../../src/core/digests/zarr-checksum.ts';
import { compareUtf8 } from '../../../src/core/identifiers/asset-path.ts';
import { blobKeyPath } from '../../../src/core/records/asset.ts';
import { misbehavingServer, type MisbehavingServer } from '../servers/misbehaving-server.ts';

const TIME = '2025-01-13T15:20:00+00:00';

/** Path → bytes of a file, or the files of a Zarr. */
export type ArchiveFiles = Record<string, Uint8Array | Record<string, Uint8Array>>;

export interface DownloadArchive {
  content: string;
  store: MisbehavingServer;
  /** The key of each blob by the path of its asset. */
  keys: Map<string, string>;
}

/** A UUID that a name always has. */
export function uuidOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The record of an asset; `place` is its `blob` or `zarr`. */
export function assetOf(name: string, size: number, digest: object, place: object): object {
  return {
    asset_id: uuidOf(name),
    ...place,
    path: name,
    size,
    created: TIME,
    modified: TIME,
    metadata: {
      schemaKey: 'Asset',
      schemaVersion: '0.7.0',
      identifier: uuidOf(name),
      path: name,
      contentSize: size,
      digest,
      blobDateModified: TIME,
      encodingFormat: 'zarr' in place ? 'application/x-zarr' : 'application/octet-stream',
    },
  };
}

/** Records in a content folder, and the objects of the store that they name. */
export interface WrittenArchive {
  content: string;
  objects: Map<string, Uint8Array>;
  /** The key of each blob by the path of its asset. */
  keys: Map<string, string>;
}

/** Writes records of one draft, 000001, for these files. */
export function writeArchive(
  folder: string,
  files: ArchiveFiles,
  storeUrl: string,
): WrittenArchive {
  const [objects, keys] = [new Map<string, Uint8Array>(), new Map<string, string>()];
  const lines = Object.entries(files)
    .sort(([a], [b]) => compareUtf8(a, b))
    .map(([name, bytes]) => {
      if (!(bytes instanceof Uint8Array)) return zarrAsset(name, bytes, objects);
      const { sha256, dandiEtag, size } = digestBytes(bytes);
      const key = blobKeyPath(sha256) ?? '';
      objects.set(key, bytes);
      keys.set(name, key);
      const digest = { 'dandi:sha2-256': sha256, 'dandi:dandi-etag': dandiEtag };
      return assetOf(name, size, digest, { blob: sha256 });
    });
  return { content: writeDraft(folder, lines, storeUrl), objects, keys };
}

/** Records of one draft, 000001, whose bytes are in a store of their own. */
export async function downloadArchive(
  folder: string,
  files: ArchiveFiles,
): Promise<DownloadArchive> {
  const store = await misbehavingServer(new Uint8Array());
  const { content, objects, keys } = writeArchive(folder, files, store.url.replace(/content$/, ''));
  for (const [key, bytes] of objects) store.objects.set(key, bytes);
  return { content, store, keys };
}

/** Writes the records of an archive with a draft 000001 of these assets; gives the content folder. */
export function writeDraft(folder: string, assets: readonly object[], storeUrl: string): string {
  const content = path.join(folder, 'content');
  const draft = path.join(content, 'dandisets', '000', '000001', 'draft');
  mkdirSync(draft, { recursive: true });
  const lines = assets.map((asset) => `${JSON.stringify(asset)}\n`);
  writeFileSync(path.join(draft, 'assets.jsonl'), lines.join(''));
  const record = { identifier: 'LAB:000001', name: 'Downloaded', schemaVersion: '0.7.0' };
  writeFileSync(path.join(draft, 'dandiset.json'), `${JSON.stringify(record, undefined, 2)}\n`);
  const archive = {
    name: 'Lab',
    identifierPrefix: 'LAB',
    site: 'https://lab.example/',
    repository: 'https://git.example/lab',
    licenses: ['spdx:CC0-1.0'],
    stores: [{ kind: 'http', url: storeUrl }],
  };
  writeFileSync(path.join(content, 'archive.json'), JSON.stringify(archive));
  return content;
}

function zarrAsset(
  name: string,
  files: Record<string, Uint8Array>,
  objects: Map<string, Uint8Array>,
): object {
  const zarr = uuidOf(name);
  const list: ZarrFile[] = Object.entries(files).map(([file, bytes]) => {
    objects.set(`zarr/${zarr}/${file}`, bytes);
    return { path: file, size: bytes.length, md5: md5Hex(bytes) };
  });
  const entries = list.map((file) => [file.path, file.size, file.md5]);
  objects.set(`zarr/${zarr}.json`, Buffer.from(JSON.stringify(entries)));
  const size = list.reduce((sum, file) => sum + file.size, 0);
  return assetOf(name, size, { 'dandi:dandi-zarr-checksum': zarrChecksum(list) }, { zarr });
}
