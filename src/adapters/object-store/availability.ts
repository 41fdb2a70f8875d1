// Asks the stores of an archive, or the address a file has of its own, whether its bytes are there.

import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
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

/** Asks for the bytes of an asset. Never throws: not to be reached is an answer too. */
export type CheckAvailability = (asset: AssetRecord) => Promise<Availability>;

const PATIENCE_MS = 30_000;
/** A list of a Zarr names millions of files at most. */
const MAX_ZARR_LIST = 500_000_000;

function unreachable(error: unknown): Availability {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return { kind: 'unreachable', reason: cause instanceof Error ? cause.message : String(cause) };
}

function etagOf(response: Response): string | undefined {
  return /^(?:W\/)?"?([^"]+)"?$/.exec(response.headers.get('etag') ?? '')?.[1];
}

function there(size: number | undefined, etag: string | undefined): Availability {
  return {
    kind: 'there',
    ...(size === undefined ? {} : { size }),
    ...(etag === undefined ? {} : { etag }),
  };
}

async function request(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
}

async function askStore(url: string): Promise<Availability> {
  try {
    const response = await request(url, {
      method: 'HEAD',
      headers: { 'Accept-Encoding': 'identity' },
    });
    // Buckets that do not list their keys answer 403 for one that is not there.
    if (response.status === 404 || response.status === 403) return { kind: 'absent' };
    if (!response.ok)
      return { kind: 'unreachable', reason: `the store answers ${response.status}` };
    const length = response.headers.get('content-length');
    return there(length === null ? undefined : Number(length), etagOf(response));
  } catch (error) {
    return unreachable(error);
  }
}

/** An address outside of the stores has to serve ranges, or nothing can be read inside the file. */
async function askAddress(url: string): Promise<Availability> {
  try {
    const response = await request(url, { headers: { Range: 'bytes=0-0' } });
    await response.body?.cancel();
    if (response.status === 404) return { kind: 'absent' };
    const total = /^bytes 0-0\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (response.status === 206 && total !== undefined)
      return there(Number(total), etagOf(response));
    const reason = response.ok ? 'it serves no ranges' : `it answers ${response.status}`;
    return { kind: 'unreachable', reason };
  } catch (error) {
    return unreachable(error);
  }
}

async function zarrAnswer(list: string): Promise<Availability> {
  const files = parseZarrList(list);
  if (files === undefined)
    return { kind: 'unreachable', reason: 'its list of files cannot be read' };
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return { kind: 'there', size, zarrChecksum: zarrChecksum(files) };
}

async function askZarrList(url: string): Promise<Availability> {
  try {
    const response = await request(url, {});
    const length = Number(response.headers.get('content-length') ?? 0);
    if (response.ok && length <= MAX_ZARR_LIST) return await zarrAnswer(await response.text());
    await response.body?.cancel();
    if (response.status === 404 || response.status === 403) return { kind: 'absent' };
    return { kind: 'unreachable', reason: `the store answers ${response.status}` };
  } catch (error) {
    return unreachable(error);
  }
}

/** Checks a store in a local folder. */
async function askFolder(folder: string, asset: AssetRecord): Promise<Availability> {
  if (asset.zarr !== undefined) {
    const list = path.join(folder, `zarr/${asset.zarr}.json`);
    return readFile(list, 'utf8').then(zarrAnswer, () => ({ kind: 'absent' }));
  }
  const found = await lstat(path.join(folder, blobKeyPath(asset.blob ?? '') ?? '')).catch(
    () => undefined,
  );
  return found?.isFile() === true ? { kind: 'there', size: found.size } : { kind: 'absent' };
}

/**
 * Asks the stores one after another until one has the file. `folderOf` gives the folder of a store
 * that is local; other stores are checked at their public address.
 */
export function availabilityInStores(
  archive: Archive,
  folderOf: (store: Store) => string | undefined = () => undefined,
): CheckAvailability {
  const askOne = (store: Store, asset: AssetRecord): Promise<Availability> => {
    const folder = folderOf(store);
    if (folder !== undefined) return askFolder(folder, asset);
    const base = absoluteStoreAddress(archive, store);
    if (asset.zarr !== undefined) return askZarrList(`${base}zarr/${asset.zarr}.json`);
    return askStore(base + (blobKeyPath(asset.blob ?? '') ?? ''));
  };
  return async (asset) => {
    const place = placeOfBytes(asset);
    if (place === undefined) return { kind: 'absent' };
    if (place.startsWith('https://')) return askAddress(place);
    const isZarr = zarrKeyPath(asset.zarr ?? '') !== undefined;
    if (!isZarr && blobKeyPath(place) === undefined) return { kind: 'absent' };
    let last: Availability = { kind: 'absent' };
    for (const store of archive.stores) {
      const answer = await askOne(store, isZarr ? asset : { ...asset, blob: place });
      if (answer.kind === 'there') return answer;
      if (answer.kind === 'unreachable') last = answer;
    }
    return last;
  };
}
