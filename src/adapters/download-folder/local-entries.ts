// Files on this machine as entries of a list. Links are shown as what they lead to, and not walked into.

import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ListedEntry } from '../../core/download/listing.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { isZarrName } from '../../core/identifiers/file-names.ts';

const HIDDEN = new Set(['.dandiset', '.git', '.datalad']);

async function sumOf(folder: string): Promise<{ size: number; files: number }> {
  const sum = { size: 0, files: 0 };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (HIDDEN.has(entry.name)) continue;
      const inner = await sumOf(place);
      sum.size += inner.size;
      sum.files += inner.files;
    } else if (entry.isFile()) {
      sum.size += (await lstat(place)).size;
      sum.files += 1;
    }
  }
  return sum;
}

async function* entriesIn(
  folder: string,
  recursive: boolean,
  insideZarrs: boolean,
): AsyncGenerator<ListedEntry> {
  const found = await readdir(folder, { withFileTypes: true });
  for (const entry of found.sort((a, b) => compareUtf8(a.name, b.name))) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (HIDDEN.has(entry.name)) continue;
      if (recursive && (insideZarrs || !isZarrName(entry.name)))
        yield* entriesIn(place, true, insideZarrs);
      else if (isZarrName(entry.name))
        yield { path: place, type: 'zarr', ...(await sumOf(place)), files: 1 };
      else yield { path: `${place}/`, type: 'folder', ...(await sumOf(place)) };
    } else {
      const state = await stat(place).catch(() => undefined);
      if (state?.isFile() !== true) continue;
      yield { path: place, type: 'file', size: state.size, modified: state.mtime.toISOString() };
    }
  }
}

/**
 * All that is below a folder at `place`, whose path is `name`: files and links, none of them followed, and folders
 * without entries, which end in `/`.
 */
export async function pathsBelow(place: string, name: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(place, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => compareUtf8(a.name, b.name))) {
    const own = `${name}/${entry.name}`;
    const below = entry.isDirectory() ? await pathsBelow(path.join(place, entry.name), own) : [own];
    // Spread as arguments, a folder of a million chunks would be too many.
    for (const one of below) found.push(one);
    if (below.length === 0) found.push(`${own}/`);
  }
  return found;
}

/** The entries of a path; undefined if there is nothing. */
export async function localEntries(
  place: string,
  recursive: boolean,
  insideZarrs = false,
): Promise<ListedEntry[] | undefined> {
  const state = await stat(place).catch(() => undefined);
  if (state === undefined) return undefined;
  if (state.isFile())
    return [{ path: place, type: 'file', size: state.size, modified: state.mtime.toISOString() }];
  const entries: ListedEntry[] = [];
  for await (const entry of entriesIn(place, recursive, insideZarrs)) entries.push(entry);
  return entries;
}
