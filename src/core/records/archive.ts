// archive.json: the one settings file of an archive. Everything that a fork changes is here.

import type { S3Place } from './s3-place.ts';

export const ARCHIVE_FILE = 'archive.json';

/** A place that holds the bytes, read by its public address. The first is the preferred one. */
export interface Store {
  /** `folder`: beside the repository, served by the local server; `http`: any public address. */
  kind: 'folder' | 'http';
  /** Address that keys are appended to, ending in `/`; absolute, or below the site for a folder. */
  url: string;
  /** For `folder`: where it lies, relative to the folder that holds `content/`. */
  path?: string;
  /** For `http`: the bucket behind the address, where it can be written by the S3 API. */
  s3?: S3Place;
}

/** Kinds of host whose rules for addresses are known. `local` is the server of `npm start`. */
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
  /** `DEMO-DANDI`: every identifier of this archive begins so. */
  identifierPrefix: string;
  /** Public address of the site, ending in `/`. */
  site: string;
  /** Where this site is a copy: the site of the archive of record, ending in `/`. */
  archiveOfRecord?: string;
  /** `10.12345`, where the archive registers DOIs. */
  doiPrefix?: string;
  stores: Store[];
  /** Web address of the repository, without a slash at the end. */
  repository: string;
  /** Licences a Dandiset may be released under here: `spdx:CC0-1.0`. */
  licenses: string[];
  /** What serves the site; absent: any host for files, of which nothing more is assumed. */
  host?: Host;
  /** Whom visitors may write to about the archive: an address of a page or an issue tracker. */
  contact?: string;
  /** A sentence shown on every page, such as that the content is simulated. */
  notice?: string;
  /** False: a curator publishes every version; else owners publish all but the first of a Dandiset. */
  ownersPublish?: false;
  /** False: browsers keep nothing of the site, and those that did are made to remove it. */
  offline?: false;
}

/** A store by its absolute address: one that is given from the top of the site lies below it. */
export function absoluteStoreAddress(
  { site }: Pick<Archive, 'site'>,
  { url }: Pick<Store, 'url'>,
): string {
  return /^[a-z]+:/i.test(url) ? url : site + url.replace(/^\/+/, '');
}

/** The preferred store by its absolute address, ending in `/`; the site where there is none. */
export function preferredStoreAddress({ site, stores }: Pick<Archive, 'site' | 'stores'>): string {
  const [preferred] = stores;
  return preferred === undefined ? site : absoluteStoreAddress({ site }, preferred);
}

/**
 * Whether the unmodified Python client can download from this archive: its host answers
 * `/api/assets/<key>/download/` with a redirect, and the site lies at the root of its host.
 */
export function offersPythonClient({ host, site }: Pick<Archive, 'host' | 'site'>): boolean {
  const redirects = host !== undefined && host !== 'github-pages' && host !== 's3-website';
  return redirects && /^https?:\/\/[^/]+\/$/.test(site);
}

/**
 * Whether that goes for folders, prefixes and every Zarr too. The client asks for them by queries,
 * whose answers are too many to be files; on Cloudflare a Zarr would even arrive broken.
 */
export function offersClientQueries(archive: Pick<Archive, 'host' | 'site'>): boolean {
  return offersPythonClient(archive) && archive.host === 'local';
}
