// archive.json: the one settings file of an archive. Everything that a fork changes is here.

import type { S3Place } from './s3-place.ts';

export const ARCHIVE_FILE = 'archive.json';

/** A store of the bytes, read by its public address. The first is the preferred one. */
export interface Store {
  /** `folder`: next to the repository, served by the local server; `http`: any public address. */
  kind: 'folder' | 'http';
  /** Address that keys are appended to, ending in `/`; absolute, or below the site for a folder. */
  url: string;
  /** For `folder`: where it is, relative to the folder that contains `content/`. */
  path?: string;
  /** For `http`: the bucket behind the address, if it can be written by the S3 API. */
  s3?: S3Place;
}

/** Kinds of host whose redirect rules are known. `local` is the server of `npm start`. */
export const HOSTS = [
  'local',
  'github-pages',
  's3-website',
  'netlify',
  'cloudflare',
  'nginx',
] as const;

export type Host = (typeof HOSTS)[number];

export interface Archive {
  name: string;
  /** One sentence for the home page. */
  description?: string;
  /** `DEMO-DANDI`: every identifier of this archive begins with it. */
  identifierPrefix: string;
  /** Public address of the site, ending in `/`. */
  site: string;
  /** If this site is a copy: the site of the archive of record, ending in `/`. */
  archiveOfRecord?: string;
  /** `10.12345`, if the archive registers DOIs. */
  doiPrefix?: string;
  stores: Store[];
  /** Web address of the repository, without a trailing slash. */
  repository: string;
  /** Licences a Dandiset may be released under here: `spdx:CC0-1.0`. */
  licenses: string[];
  /** What serves the site; absent: any static host, of which nothing more is assumed. */
  host?: Host;
  /** Contact for visitors about the archive: an address of a page or an issue tracker. */
  contact?: string;
  /** A sentence shown on every page, such as that the content is simulated. */
  notice?: string;
  /** False: a curator publishes every version; else owners publish all but the first of a Dandiset. */
  ownersPublish?: false;
  /** False: browsers cache nothing of the site, and existing caches are removed. */
  offline?: false;
}

/** The path of the site on its host: `/`, or `/archive/` for a site at `https://lab.example.org/archive/`. */
export function sitePath({ site }: Pick<Archive, 'site'>): string {
  return /^https?:\/\/[^/?#]+(\/[^?#]*)/i.exec(site)?.[1] ?? '/';
}

/** A store by its absolute address: one given from the root of the site is below it. */
export function absoluteStoreAddress(
  { site }: Pick<Archive, 'site'>,
  { url }: Pick<Store, 'url'>,
): string {
  return /^[a-z]+:/i.test(url) ? url : site + url.replace(/^\/+/, '');
}

/** The preferred store by its absolute address, ending in `/`; the site if there is none. */
export function preferredStoreAddress({ site, stores }: Pick<Archive, 'site' | 'stores'>): string {
  const [preferred] = stores;
  return preferred === undefined ? site : absoluteStoreAddress({ site }, preferred);
}

/**
 * Whether the unmodified Python client can download from this archive: its host serves
 * `/api/assets/<key>/download/` with a redirect, and the site is at the root of its host.
 */
export function offersPythonClient({ host, site }: Pick<Archive, 'host' | 'site'>): boolean {
  const redirects = host !== undefined && host !== 'github-pages' && host !== 's3-website';
  return redirects && /^https?:\/\/[^/]+\/$/.test(site);
}

/**
 * Whether that also holds for folders, prefixes and every Zarr. The client requests them by queries, whose
 * responses are too many to be files; on Cloudflare a Zarr would even arrive broken.
 */
export function offersClientQueries(archive: Pick<Archive, 'host' | 'site'>): boolean {
  return offersPythonClient(archive) && archive.host === 'local';
}
