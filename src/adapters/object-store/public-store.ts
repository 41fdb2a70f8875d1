// A store as everybody sees it: at its public address, to be read only.

import { ArchiveError } from '../../core/error.ts';
import { answeredBytes, pause } from './answered-bytes.ts';
import type { ObjectStore } from './object-store.ts';

const ATTEMPTS = 3;
const WAIT_MS = 500;
const PATIENCE_MS = 120_000;

/** The bytes at an address; undefined where there are none; or why it could not be asked. */
async function ask(address: string, method: string): Promise<Uint8Array | undefined | Error> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(address, { method, signal });
    if (response.ok) return await answeredBytes(response);
    await response.body?.cancel();
    // Buckets that do not list their keys answer 403 for one that is not there.
    if ([403, 404, 410].includes(response.status)) return undefined;
    return new Error(`it answers ${response.status}`);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** The store at a public address that ends in `/`; `readOnly` says why it is not written to. */
export function publicStore(url: string, readOnly: string): ObjectStore {
  async function patiently(key: string, method: string): Promise<Uint8Array | undefined> {
    const address = url + key.split('/').map(encodeURIComponent).join('/');
    for (let attempt = 1; ; attempt += 1) {
      const found = await ask(address, method);
      if (!(found instanceof Error)) return found;
      if (attempt === ATTEMPTS) {
        const message = `${address} could not be read: ${found.message}.`;
        throw new ArchiveError('store-failed', message, { cause: found });
      }
      await pause(WAIT_MS * attempt);
    }
  }
  return {
    name: url,
    readOnly,
    has: async (key) => (await patiently(key, 'HEAD')) !== undefined,
    read: (key) => patiently(key, 'GET'),
    write: () => Promise.reject(new ArchiveError('store-failed', readOnly)),
  };
}
