// The demo's bytes are not in git: they are regenerated where they are missing, and what is stored is
// compared with the digests in the records.

import { digestBytes, md5Hex } from '../src/adapters/digests/file-digests.ts';
import { type ContentTree } from '../src/adapters/content-files/content-tree.ts';
import { folderTree } from '../src/adapters/content-files/folder-tree.ts';
import { folderStore } from '../src/adapters/object-store/folder-store.ts';
import type { ObjectStore } from '../src/adapters/object-store/object-store.ts';
import { readStoredObject } from '../src/adapters/object-store/read-object.ts';
import { zarrChecksum } from '../src/core/digests/zarr-checksum.ts';
import { parseZarrList } from '../src/core/digests/zarr-list.ts';
import { member, textMember } from '../src/core/json/json-text.ts';
import { blobKeyPath, zarrKeyPath, type AssetRecord } from '../src/core/records/asset.ts';
import { readableAssets } from '../src/core/records/asset-list.ts';
import { ASSETS_FILE } from '../src/core/records/layout.ts';
import { demoObjects } from './records.ts';

export interface StorageReport {
  /** Assets named by the records; those with the same bytes count once. */
  assets: number;
  /** Objects that were generated now. */
  made: number;
  /** Keys whose bytes are absent or wrong and that no story can generate. */
  missing: string[];
}

/** Every asset the records name, by the key of its bytes. */
async function namedAssets(content: ContentTree): Promise<Map<string, AssetRecord>> {
  const named = new Map<string, AssetRecord>();
  const entries = [...(await content.list('dandisets')), ...(await content.list('submissions'))];
  for (const { path } of entries.filter((entry) => entry.path.endsWith(`/${ASSETS_FILE}`))) {
    for (const asset of readableAssets((await content.read(path)) ?? new Uint8Array())) {
      const key = asset.blob ?? asset.zarr;
      if (key !== undefined) named.set(key, asset);
    }
  }
  return named;
}

async function blobIsRight(store: ObjectStore, blob: string): Promise<boolean> {
  const bytes = await readStoredObject(store, blobKeyPath(blob) ?? '');
  return bytes !== undefined && digestBytes(bytes).sha256 === blob;
}

async function zarrIsRight(store: ObjectStore, zarr: string, asset: AssetRecord): Promise<boolean> {
  const list = await readStoredObject(store, `zarr/${zarr}.json`);
  const files = list === undefined ? undefined : parseZarrList(new TextDecoder().decode(list));
  if (files === undefined) return false;
  const digests = member(asset.metadata, 'digest');
  if (zarrChecksum(files) !== textMember(digests, 'dandi:dandi-zarr-checksum')) return false;
  for (const { path, md5 } of files) {
    const bytes = await readStoredObject(store, `${zarrKeyPath(zarr) ?? ''}${path}`);
    if (bytes === undefined || md5Hex(bytes) !== md5) return false;
  }
  return true;
}

/** Keys, below the store, of objects that the records name and that are missing or wrong in the store. */
async function wanting(store: ObjectStore, named: Map<string, AssetRecord>): Promise<string[]> {
  const keys: string[] = [];
  for (const [key, asset] of named) {
    if (asset.blob !== undefined) {
      if (!(await blobIsRight(store, key))) keys.push(blobKeyPath(key) ?? key);
    } else if (!(await zarrIsRight(store, key, asset))) keys.push(zarrKeyPath(key) ?? key);
  }
  return keys;
}

/**
 * Generates the bytes that the records of `contentDir` name and that are missing or wrong in `storageDir`.
 * Quick where everything exists: then the stored bytes are only read and compared with the records.
 */
export async function ensureStorage(
  contentDir: string,
  storageDir: string,
): Promise<StorageReport> {
  const named = await namedAssets(folderTree(contentDir));
  const store = folderStore(storageDir);
  const before = await wanting(store, named);
  if (before.length === 0) return { assets: named.size, made: 0, missing: [] };
  // HDF5 comes with the stories; it is loaded only where bytes have to be generated.
  const { tellAllStories } = await import('./stories/all-stories.ts');
  let made = 0;
  for (const [key, bytes] of demoObjects(await tellAllStories())) {
    const belongsTo = before.some((wanted) => key === wanted || isOfZarr(key, wanted));
    if (!belongsTo) continue;
    await store.write(key, [bytes]);
    made += 1;
  }
  return { assets: named.size, made, missing: await wanting(store, named) };
}

/** Whether a key is a file of the Zarr at `wanted` (`zarr/<id>/`), or its list. */
function isOfZarr(key: string, wanted: string): boolean {
  return (
    wanted.startsWith('zarr/') && (key.startsWith(wanted) || key === `${wanted.slice(0, -1)}.json`)
  );
}
