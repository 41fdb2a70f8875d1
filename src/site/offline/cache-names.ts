// The names of what this site stores in a browser. Several archives may share one host, so each name begins
// with the base path of the site.

/** `shell`: what every page loads; `visited`: visited pages; `kept`: packs of a whole build. */
export type CacheKind = 'shell' | 'visited' | 'kept';

/** The cache of a kind for a build. */
export function cacheName(base: string, kind: CacheKind, build: string): string {
  return `${base} ${kind} ${build}`;
}

/** The caches of a kind, the newest first; of all kinds if none is named. */
export async function cacheNames(base: string, kind?: CacheKind): Promise<string[]> {
  const beginning = kind === undefined ? `${base} ` : `${base} ${kind} `;
  return (await caches.keys()).filter((name) => name.startsWith(beginning)).reverse();
}
