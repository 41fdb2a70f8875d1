// Whether the bytes of an asset are available: in the stores of the archive, or at an address of their own.

import { zarrChecksum } from '../../core/digests/zarr-checksum.ts';
import { parseZarrList } from '../../core/digests/zarr-list.ts';
import type { Availability } from '../../core/publishing/availability.ts';
import { absoluteStoreAddress, type Archive, type Store } from '../../core/records/archive.ts';
import {
  placeOfBytes,
  zarrKeyPath,
  blobKeyPath,
  type AssetRecord,
} from '../../core/records/asset.ts';
import { etagOfHeader } from '../../core/transfer/etag-header.ts';
import { judgeRangeResponse } from '../../core/transfer/range-response.ts';
import { reasonOf, type RetrySettings } from '../bytes/retry-requests.ts';
import { addressSource } from '../bytes/http-bytes.ts';
import type { HttpResponse } from '../bytes/http-request.ts';
import { nodeRequest } from '../bytes/node-request.ts';
import { folderStore } from './folder-store.ts';
import { httpStore } from './http-store.ts';
import type { ObjectStore } from './object-store.ts';
import { readStoredObject } from './read-object.ts';

/** Looks up the bytes of an asset. Never rejects: an unreachable store is a result too. */
export type CheckAvailability = (asset: AssetRecord) => Promise<Availability>;

/** A release has many assets, and each is looked up: none may hold up the others for long. */
const SETTINGS: RetrySettings = { attempts: 1, silence: 30_000 };
/** The largest list of a Zarr that is read, in bytes: it names millions of files at most. */
const MAX_ZARR_LIST = 500_000_000;

function unreachable(error: unknown): Availability {
  return { kind: 'unreachable', reason: reasonOf(error) };
}

function found(size: number, etag: string | undefined): Availability {
  const plain = etag?.replace(/^W\/"|"$/g, '');
  return { kind: 'there', size, ...(plain === undefined || plain === '' ? {} : { etag: plain }) };
}

const REFUSED = new Set([401, 403]);

/** The head of the response to a request for the first byte. */
async function firstByteAt(url: string): Promise<HttpResponse> {
  const response = await addressSource(nodeRequest, url, SETTINGS).get({ Range: 'bytes=0-0' });
  response.discard();
  return response;
}

/** An address outside of the stores has to serve ranges, otherwise nothing inside the file can be read. */
async function atAddress(address: string): Promise<Availability> {
  try {
    const response = await firstByteAt(address);
    const { status } = response;
    if (REFUSED.has(status)) return { kind: 'refused', address, status };
    const verdict = judgeRangeResponse(response, { from: 0, length: 1 }, Date.now());
    if (verdict.kind === 'absent') return { kind: 'absent' };
    if (verdict.kind === 'range') return found(verdict.size, etagOfHeader(verdict.etag));
    const ignoresRanges = status === 200 || status === 206;
    const reason = ignoresRanges ? 'it serves no ranges' : `it answers ${status}`;
    return { kind: 'unreachable', reason };
  } catch (error) {
    return unreachable(error);
  }
}

function zarrListKey(zarr: string): string {
  return `zarr/${zarr}.json`;
}

async function zarrInStore(store: ObjectStore, zarr: string): Promise<Availability> {
  const list = await readStoredObject(store, zarrListKey(zarr), MAX_ZARR_LIST);
  if (list === undefined) return { kind: 'absent' };
  const files = parseZarrList(new TextDecoder().decode(list));
  if (files === undefined)
    return { kind: 'unreachable', reason: 'its list of files cannot be read' };
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return { kind: 'there', size, zarrChecksum: zarrChecksum(files) };
}

interface SearchedStore {
  store: ObjectStore;
  /** Where its objects are read; absent for a folder. */
  url?: string;
}

/** For most uses an object that may not be read is not there; whoever runs the store needs to know. */
async function absentOrRefused(url: string | undefined, key: string): Promise<Availability> {
  if (url === undefined) return { kind: 'absent' };
  const { status } = await firstByteAt(url + key);
  return REFUSED.has(status) ? { kind: 'refused', address: url + key, status } : { kind: 'absent' };
}

async function inStore({ store, url }: SearchedStore, asset: AssetRecord): Promise<Availability> {
  try {
    if (asset.zarr !== undefined) {
      const zarr = await zarrInStore(store, asset.zarr);
      return zarr.kind === 'absent' ? await absentOrRefused(url, zarrListKey(asset.zarr)) : zarr;
    }
    const key = blobKeyPath(asset.blob ?? '') ?? '';
    const head = await store.head(key);
    return head === undefined ? await absentOrRefused(url, key) : found(head.size, head.etag);
  } catch (error) {
    return unreachable(error);
  }
}

/**
 * Looks in one store after another until one has the file. `folderOf` returns the folder of a store that is
 * on this machine; other stores are requested at their public address.
 */
export function availabilityInStores(
  archive: Archive,
  folderOf: (store: Store) => string | undefined = () => undefined,
): CheckAvailability {
  const stores = archive.stores.map((store): SearchedStore => {
    const folder = folderOf(store);
    if (folder !== undefined) return { store: folderStore(folder) };
    const url = absoluteStoreAddress(archive, store);
    return { store: httpStore(url, 'It is only read here.', SETTINGS), url };
  });
  return async (asset) => {
    const place = placeOfBytes(asset);
    if (place === undefined) return { kind: 'absent' };
    if (place.startsWith('https://')) return atAddress(place);
    const isZarr = zarrKeyPath(asset.zarr ?? '') !== undefined;
    if (!isZarr && blobKeyPath(place) === undefined) return { kind: 'absent' };
    let last: Availability = { kind: 'absent' };
    for (const store of stores) {
      const result = await inStore(store, isZarr ? asset : { ...asset, blob: place });
      if (result.kind === 'there') return result;
      if (result.kind !== 'absent') last = result;
    }
    return last;
  };
}
