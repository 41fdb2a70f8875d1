// Public addresses of pages and files. They are a promise: addresses are only added, never changed. All are
// root-relative and include the base path the site is built for.

import type { Archive } from '../../core/records/archive.ts';

/** `/` or `/archive/`: where the site is on its host; begins and ends with a slash. */
export type BasePath = string;

/** Normalises a base path so that it begins and ends with one slash. */
export function toBasePath(text: string | undefined): BasePath {
  const inner = (text ?? '').replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** An address below the base path, from a path without leading slash. */
export function address(base: BasePath, path: string): string {
  return base + path;
}

/** The public address of a store: a folder store is below the site. */
export function storeAddress(base: BasePath, store: Archive['stores'][number]): string {
  return store.kind === 'folder' ? address(base, store.url.replace(/^\/+/, '')) : store.url;
}

/** Where `npm start` serves, unless its port is taken. */
const LOCAL_ORIGIN = 'http://localhost:8000/';

/**
 * The address of the site in commands that a page offers. Where it depends on how the server was started,
 * `replaced` is the part that a script replaces by the origin of the page.
 */
export function siteInCommands({ archive, base }: { archive: Archive; base: BasePath }): {
  site: string;
  replaced: string | undefined;
} {
  if (archive.host !== 'local') return { site: archive.site, replaced: undefined };
  return { site: LOCAL_ORIGIN + base.slice(1), replaced: LOCAL_ORIGIN };
}

const OF_DANDISETS = /^dandiset\/\d{6}\//;

/**
 * The absolute canonical address of a page, for search engines. Pages of Dandisets have it at the archive of
 * record where this site is a copy; all others exist only here.
 */
export function canonicalAddress(
  { site, archiveOfRecord }: Pick<Archive, 'site' | 'archiveOfRecord'>,
  base: BasePath,
  page: string,
): string {
  const path = page.slice(base.length);
  return (OF_DANDISETS.test(path) ? (archiveOfRecord ?? site) : site) + path;
}
