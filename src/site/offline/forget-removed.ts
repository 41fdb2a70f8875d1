// Removes from the browser what the archive has removed: an address that is gone online, and what older
// builds said of a version that was redacted since. Without this, a cached copy would remain of what nobody
// may show any more.

import { cacheNames } from './cache-names.ts';
import { savedCopy, takeOutOfCopy } from './saved-copy.ts';

/** Removes what matches from the caches of pages and files, except those of one build. */
async function forgetInCaches(
  base: string,
  isGone: (path: string) => boolean,
  build?: string,
): Promise<void> {
  for (const kind of ['visited', 'shell'] as const) {
    for (const name of await cacheNames(base, kind)) {
      if (build !== undefined && name.endsWith(` ${build}`)) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        if (pathname.startsWith(base) && isGone(decodeURIComponent(pathname.slice(base.length)))) {
          await cache.delete(request, { ignoreVary: true });
        }
      }
    }
  }
}

/** Forgets the responses for an address in all builds; `path` is its path below the site's root. */
export async function forgetAddress(base: string, path: string): Promise<void> {
  const bare = path.replace(/(?:^|\/)(?:index\.html)?$/, '');
  const folder = bare === '' ? '' : `${bare}/`;
  const names = new Set([bare, folder, `${folder}index.html`]);
  const isGone = (name: string): boolean => names.has(name);
  await forgetInCaches(base, isGone);
  const copy = await savedCopy(base);
  if (copy === undefined) return;
  for (const name of names) {
    if (name !== '') await takeOutOfCopy(copy, base, name, isGone);
  }
}

/**
 * Forgets what builds before this one said of redacted versions: everything below their folders, and the
 * pages of the Dandiset that show one of its versions.
 */
export async function forgetRedacted(
  base: string,
  build: string,
  redacted: readonly string[],
): Promise<void> {
  const copy = await savedCopy(base);
  // What was redacted when the copy was made is already a notice in it.
  const known = new Set(copy?.build === build ? redacted : copy?.redacted);
  for (const folder of redacted) {
    const dandiset = folder.replace(/[^/]*\/$/, '');
    const shown = new Set([
      '',
      'index.html',
      'compare/',
      'compare/index.html',
      'versions/',
      'versions/index.html',
    ]);
    const isGone = (path: string): boolean =>
      path.startsWith(folder) ||
      (path.startsWith(dandiset) && shown.has(path.slice(dandiset.length)));
    await forgetInCaches(base, isGone, build);
    if (copy !== undefined && !known.has(folder)) await takeOutOfCopy(copy, base, dandiset, isGone);
  }
}
