// Public addresses of pages and files. What stands here is a promise: addresses are only added,
// never changed. All are root-relative and carry the base path the site is built for.

import { blobKeyPath, zarrKeyPath, type AssetRecord } from '../core/records/asset.ts';
import type { Archive } from '../core/records/archive.ts';

/** `/` or `/archive/`: where the site lies on its host; begins and ends with a slash. */
export type BasePath = string;

/** A base path of any spelling, made to begin and end with one slash. */
export function toBasePath(text: string | undefined): BasePath {
  const inner = (text ?? '').replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** An address below the base path, from a path without leading slash. */
export function address(base: BasePath, path: string): string {
  return base + path;
}

/** A path of names encoded for an address: `/` stays, everything that could end a path does not. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The public address of a store: a folder store lies below the site. */
export function storeAddress(base: BasePath, store: Archive['stores'][number]): string {
  return store.kind === 'folder' ? address(base, store.url.replace(/^\/+/, '')) : store.url;
}

/**
 * Where an asset's bytes lie in the archive's preferred store; undefined where the record has no
 * key. A Zarr has no single file: its address is that of its folder, which stores do not list.
 */
export function assetAddress(
  base: BasePath,
  archive: Archive,
  asset: AssetRecord,
): string | undefined {
  const store = archive.stores[0];
  const key = asset.zarr === undefined ? blobKeyPath(asset.blob ?? '') : zarrKeyPath(asset.zarr);
  return store === undefined || key === undefined ? undefined : storeAddress(base, store) + key;
}
