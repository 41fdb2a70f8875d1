// Reads the copy of the whole archive that a browser saved. Packs stay packed: a part is unpacked when a file
// in it is requested.

import { fileInPart, isPacked, partFile, packPartOf, withoutFiles, type Packs } from './pack.ts';
import { cacheNames } from './cache-names.ts';

/** What is recorded once a copy is complete. */
export interface SavedNote extends Packs {
  /** When it was made, as Date writes it in JSON. */
  date: string;
}

export interface SavedCopy extends SavedNote {
  cache: Cache;
  /** The name of the cache. */
  name: string;
}

/** Below the site's root; only in the cache, never on the host. */
export const NOTE_FILE = 'offline/kept.json';

/** The complete copy; undefined if there is none. */
export async function savedCopy(base: string): Promise<SavedCopy | undefined> {
  for (const name of await cacheNames(base, 'kept')) {
    const cache = await caches.open(name);
    const note = await cache.match(base + NOTE_FILE);
    if (note !== undefined) return { ...((await note.json()) as SavedNote), cache, name };
  }
  return undefined;
}

/** The bytes of a part, unpacked unless the host did that already. */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (!isPacked(bytes)) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// A page and what it loads are often in the same parts.
const AT_HAND = 4;
const atHand = new Map<string, Uint8Array<ArrayBuffer>>();

async function readPart(
  { cache }: Pick<SavedCopy, 'cache'>,
  base: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const known = atHand.get(name);
  if (known !== undefined) return known;
  const stored = await cache.match(base + partFile(name));
  if (stored === undefined) return undefined;
  const part = await unpacked(new Uint8Array(await stored.arrayBuffer()));
  atHand.set(name, part);
  for (const oldest of [...atHand.keys()].slice(0, -AT_HAND)) atHand.delete(oldest);
  return part;
}

/** A file of the copy by its path below the site's root; undefined if it is not in it. */
export async function fileOfCopy(
  copy: SavedCopy,
  base: string,
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const part = packPartOf(copy.parts, path);
  const bytes = part === undefined ? undefined : await readPart(copy, base, part.name);
  return bytes === undefined
    ? undefined
    : (fileInPart(bytes, path) as Uint8Array<ArrayBuffer> | undefined);
}

/** Marks a part from which files were removed: it no longer matches its name. */
export const HOLES = 'X-Without-Files';

/**
 * Removes files from a copy, so that their bytes are no longer on the device. `beginning` is the common
 * prefix of their paths.
 */
export async function takeOutOfCopy(
  copy: SavedCopy,
  base: string,
  beginning: string,
  isGone: (path: string) => boolean,
): Promise<void> {
  const named = copy.parts.filter(({ first }) => first.startsWith(beginning));
  for (const part of new Set([packPartOf(copy.parts, beginning), ...named])) {
    const bytes = part && (await readPart(copy, base, part.name));
    const left = bytes && withoutFiles(bytes, isGone);
    if (part === undefined || left === undefined) continue;
    atHand.delete(part.name);
    const body = left as Uint8Array<ArrayBuffer>;
    await copy.cache.put(
      base + partFile(part.name),
      new Response(body, { headers: { [HOLES]: '1' } }),
    );
  }
}
