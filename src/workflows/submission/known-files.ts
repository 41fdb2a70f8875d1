// Files whose bytes the archive has already: the same data submitted twice, or somebody else's.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import { ASSETS_FILE, contentPlace } from '../../core/records/layout.ts';
import type { KnownFiles } from '../../core/submission/pull-request-report.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';

/** So many bytes of lists are looked through; an archive of 500 Dandisets has some tenth of it. */
const MOST_BYTES = 500_000_000;
/** So many places are named. */
const MOST_PLACES = 5;

// Lists are written without blanks, so that keys are found without reading every asset.
const KEY = /"(?:blob|zarr)":"([0-9a-f-]{36,64})"/g;

function* keysIn(list: Uint8Array | undefined): Generator<string> {
  const text = list === undefined ? '' : (decodeUtf8(list) ?? '');
  for (const [, key = ''] of text.matchAll(KEY)) yield key;
}

/**
 * How many files of a list are listed elsewhere in a tree by the same bytes, and where; undefined for
 * none. What the folder itself lists in the tree is no news and not counted.
 */
export async function knownFiles(
  list: Uint8Array | undefined,
  tree: ContentTree,
  own: string,
): Promise<KnownFiles | undefined> {
  const fresh = new Set(keysIn(list));
  if (fresh.size === 0) return undefined;
  for (const key of keysIn(await tree.read(`${own}/${ASSETS_FILE}`))) fresh.delete(key);
  const known = new Set<string>();
  const where = new Set<string>();
  let left = MOST_BYTES;
  for (const { path, size } of fresh.size === 0 ? [] : await tree.list('')) {
    if (!path.endsWith(`/${ASSETS_FILE}`) || path === `${own}/${ASSETS_FILE}`) continue;
    left -= size;
    if (left < 0) break;
    const place = contentPlace(path);
    const name =
      place.kind === 'version'
        ? place.number
        : place.kind === 'submission'
          ? `submissions/${place.slug}`
          : undefined;
    if (name === undefined) continue;
    for (const key of keysIn(await tree.read(path))) {
      if (!fresh.has(key)) continue;
      known.add(key);
      where.add(name);
    }
  }
  if (known.size === 0) return undefined;
  return { files: known.size, where: [...where].slice(0, MOST_PLACES) };
}
