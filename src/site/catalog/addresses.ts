// Public addresses of pages and files. What stands here is a promise: addresses are only added,
// never changed. All are root-relative and carry the base path the site is built for.

import type { Archive } from '../../core/records/archive.ts';

/** `/` or `/archive/`: where the site lies on its host; begins and ends with a slash. */
export type BasePath = string;

/** A base path of any spelling, made to begin and end with one slash. */
export function toBasePath(text: string | undefined): BasePath {
  const inner = (text ?? '').replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** An address below the base path, from a path without leading slash. */
export function address(base: BasePath, path: string): string {
  return base + path;
}

/** A path of names encoded for an address: `/` stays, everything that could end a path does not. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The public address of a store: a folder store lies below the site. */
export function storeAddress(base: BasePath, store: Archive['stores'][number]): string {
  return store.kind === 'folder' ? address(base, store.url.replace(/^\/+/, '')) : store.url;
}

const OF_DANDISETS = /^dandiset\/\d{6}\//;

/**
 * The absolute address that search engines are told to show for a page. Pages of Dandisets have it
 * at the archive of record where this site is a copy; all others exist only here.
 */
export function canonicalAddress(
  { site, archiveOfRecord }: Pick<Archive, 'site' | 'archiveOfRecord'>,
  base: BasePath,
  page: string,
): string {
  const path = page.slice(base.length);
  return (OF_DANDISETS.test(path) ? (archiveOfRecord ?? site) : site) + path;
}
