// The stores of an archive, as this machine reaches them.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { absoluteStoreAddress, type Archive, type Store } from '../../core/records/archive.ts';
import { formatS3Address } from '../../core/records/s3-place.ts';
import type { RetrySettings } from '../bytes/retry-requests.ts';
import { folderStore } from './folder-store.ts';
import { httpStore } from './http-store.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Credentials, s3PlaceIn } from './s3-client.ts';
import { keySigner } from './s3-signer.ts';
import { s3Store } from './s3-store.ts';

export interface OpenStoreOptions {
  /** The content folder: a store in a folder is where archive.json says, relative to it. */
  content: string;
  /** The folder of a store of kind `folder`, if it is elsewhere. */
  folder?: string | undefined;
  /** Credentials are looked for here; without it buckets are only read, at their public address. */
  env?: Readonly<Record<string, string | undefined>>;
  /** How requests to a store are retried. */
  retries?: RetrySettings;
}

/**
 * The folder of a store of kind `folder`, if it is on this machine: where archive.json says, seen from
 * the content folder, or the one that is given for it.
 */
export function folderAtHand(
  content: string,
  { kind, path: place }: Store,
  given?: string,
): string | undefined {
  if (kind !== 'folder' || place === undefined) return undefined;
  const folder = given ?? path.resolve(content, '..', place);
  return existsSync(folder) ? folder : undefined;
}

function openOne(
  archive: Archive,
  store: Store,
  { content, folder, env, retries = {} }: OpenStoreOptions,
): ObjectStore | undefined {
  if (store.kind === 'folder') {
    const place = folderAtHand(content, store, folder);
    return place === undefined ? undefined : folderStore(place);
  }
  const address = absoluteStoreAddress(archive, store);
  if (store.s3 === undefined) {
    const why = `archive.json names no bucket ("s3") behind ${address}.`;
    return httpStore(address, why, retries);
  }
  const credentials = env === undefined ? undefined : s3Credentials(env);
  if (env !== undefined && credentials !== undefined) {
    const place = s3PlaceIn(store.s3, env);
    return s3Store(place, keySigner(place, credentials), retries);
  }
  const bucket = formatS3Address(store.s3);
  return httpStore(
    address,
    `To write to ${bucket}, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY have to be set.`,
    retries,
  );
}

/**
 * All stores of an archive as one: read from the first that has a key, written to the first that can
 * be. Undefined where none can be reached, since they are folders on another machine.
 */
export function openStores(archive: Archive, options: OpenStoreOptions): ObjectStore | undefined {
  const stores = archive.stores.flatMap((store) => openOne(archive, store, options) ?? []);
  const target = stores.find(({ readOnly }) => readOnly === undefined) ?? stores[0];
  if (target === undefined) return undefined;
  /** The first result of the stores, in their order. */
  const first = async <Found>(
    ask: (store: ObjectStore) => Promise<Found | undefined>,
  ): Promise<Found | undefined> => {
    for (const store of stores) {
      const found = await ask(store);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    ...target,
    head: (key, signal) => first((store) => store.head(key, signal)),
    open: (key, signal) => first((store) => store.open(key, signal)),
  };
}
