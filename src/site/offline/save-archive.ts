// Makes and removes the copy of the whole archive in this browser. A copy is complete or absent: its marker
// is written last, and an interrupted copy is removed.

import { PACKS_FILE, partFile, type Packs, type PackPart } from './pack.ts';
import { cacheName, cacheNames } from './cache-names.ts';
import {
  HOLES,
  savedCopy,
  NOTE_FILE,
  unpacked,
  type SavedCopy,
  type SavedNote,
} from './saved-copy.ts';

/** What can be saved now. */
export async function readPacks(base: string): Promise<Packs> {
  const response = await fetch(base + PACKS_FILE, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${PACKS_FILE} answered ${response.status}`);
  return (await response.json()) as Packs;
}

export function bytesOf(parts: readonly PackPart[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The parts that a copy does not have yet. */
export function packsToFetch({ parts }: Packs, copy: SavedCopy | undefined): PackPart[] {
  const names = new Set(copy?.parts.map(({ name }) => name));
  return parts.filter(({ name }) => !names.has(name));
}

/** How many bytes the browser still lets this site store; undefined where it does not report it. */
export async function freeBytes(): Promise<number | undefined> {
  // Older browsers have no such object, whatever the types say.
  const storage: StorageManager | undefined = navigator.storage;
  const { quota, usage } = (await storage?.estimate()) ?? {};
  return quota === undefined || usage === undefined ? undefined : quota - usage;
}

async function isWhole(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-256', await unpacked(bytes));
  const text = [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, '0')).join('');
  return text.startsWith(name);
}

async function fetchPart(
  address: string,
  { name }: PackPart,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!(await isWhole(bytes, name))) throw new Error(`${address} is not what it should be`);
  return bytes;
}

export interface Keeping {
  base: string;
  packs: Packs;
  signal: AbortSignal;
  /** Called with the number of bytes saved so far and in all. */
  onProgress(bytes: number): void;
}

/** Removes what is saved of other builds, and interrupted copies. */
async function removeOthers(base: string, name: string): Promise<void> {
  for (const other of await cacheNames(base, 'kept')) {
    if (other !== name) await caches.delete(other);
  }
}

/** Makes the copy; what an older copy already holds is not transferred again. Throws if it cannot be made. */
export async function keepArchive({ base, packs, signal, onProgress }: Keeping): Promise<void> {
  const older = await savedCopy(base);
  if (older?.build === packs.build) return;
  const name = cacheName(base, 'kept', packs.build);
  await caches.delete(name);
  try {
    const cache = await caches.open(name);
    let done = 0;
    for (const part of packs.parts) {
      const address = base + partFile(part.name);
      const known = await older?.cache.match(address);
      const isWholeStill = known?.headers.has(HOLES) === false;
      const response = isWholeStill ? known : new Response(await fetchPart(address, part, signal));
      signal.throwIfAborted();
      await cache.put(address, response);
      done += part.bytes;
      onProgress(done);
    }
    const note: SavedNote = { ...packs, date: new Date().toJSON() };
    await cache.put(base + NOTE_FILE, new Response(JSON.stringify(note)));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  await removeOthers(base, name);
}

/** Removes the copy and the visited pages. */
export async function removeSaved(base: string): Promise<void> {
  for (const kind of ['kept', 'visited'] as const) {
    for (const name of await cacheNames(base, kind)) await caches.delete(name);
  }
}

/** How many visited pages are stored. */
export async function visitedPages(base: string): Promise<number> {
  const pages = new Set<string>();
  for (const name of await cacheNames(base, 'visited')) {
    for (const { url } of await (await caches.open(name)).keys()) {
      if (url.endsWith('/')) pages.add(url);
    }
  }
  return pages.size;
}
