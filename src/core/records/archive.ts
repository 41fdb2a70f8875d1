// archive.json: the one settings file of an archive. Everything that a fork changes is here.

import { PREFIX_PATTERN } from '../identifiers/dandiset-id.ts';
import type { Problem } from '../problem.ts';
import { isJsonObject, listMember, member, textMember, type JsonValue } from '../json/json-text.ts';
import { toS3Place, type S3Place } from './s3-place.ts';

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

function isHttpAddress(text: string | undefined): text is string {
  return text !== undefined && /^https?:\/\/[^\s"'<>]+$/.test(text);
}

function toStore(value: JsonValue): Store | undefined {
  const kind = textMember(value, 'kind');
  const url = textMember(value, 'url');
  if (url === undefined || !url.endsWith('/')) return undefined;
  if (kind === 'http') {
    const bucket = member(value, 's3');
    const s3 = bucket === undefined ? undefined : toS3Place(bucket);
    if (!isHttpAddress(url) || (bucket !== undefined && s3 === undefined)) return undefined;
    return { kind, url, ...(s3 === undefined ? {} : { s3 }) };
  }
  const path = textMember(value, 'path');
  if (kind !== 'folder' || path === undefined || !url.startsWith('/')) return undefined;
  return { kind, url, path };
}

/** The settings in a parsed archive.json, or every reason why they cannot be used. */
export function toArchive(value: JsonValue): { archive?: Archive; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = (pointer: string, message: string, hint: string): void => {
    problems.push({
      rule: 'archive-settings',
      severity: 'error',
      path: ARCHIVE_FILE,
      pointer,
      message,
      hint,
    });
  };
  if (!isJsonObject(value)) {
    fault(
      '',
      'The archive settings are not a JSON object.',
      'Start from the settings of the demo.',
    );
    return { problems };
  }
  const name = textMember(value, 'name') ?? '';
  if (name.trim() === '') fault('/name', 'The archive has no name.', 'Give it one.');
  const prefix = textMember(value, 'identifierPrefix') ?? '';
  if (!PREFIX_PATTERN.test(prefix)) {
    fault(
      '/identifierPrefix',
      `"${prefix}" cannot be an identifier prefix.`,
      'Use capitals and hyphens: LAB-DANDI.',
    );
  }
  const site = textMember(value, 'site');
  if (!isHttpAddress(site) || !site.endsWith('/')) {
    fault(
      '/site',
      'The address of the site is missing or does not end in "/".',
      'Write it as https://archive.example.org/',
    );
  }
  const repository = textMember(value, 'repository');
  if (!isHttpAddress(repository)) {
    fault(
      '/repository',
      'The address of the repository is missing.',
      'Write it as https://github.com/lab/archive',
    );
  }
  const stores = listMember(value, 'stores').map(toStore);
  if (stores.length === 0 || stores.includes(undefined)) {
    fault(
      '/stores',
      'A store is missing or has no kind and address that can be used.',
      'A store is {"kind": "http", "url": "https://…/"}, with "s3": {"bucket": "…"} if it can be written, or {"kind": "folder", "path": "storage", "url": "/storage/"}.',
    );
  }
  const licenses = listMember(value, 'licenses').filter((item) => typeof item === 'string');
  const doiPrefix = textMember(value, 'doiPrefix');
  if (doiPrefix !== undefined && !/^10\.\d{4,}$/.test(doiPrefix)) {
    fault(
      '/doiPrefix',
      `"${doiPrefix}" cannot be a DOI prefix.`,
      'Write it as 10.12345, or leave it out.',
    );
  }
  const archiveOfRecord = textMember(value, 'archiveOfRecord');
  if (
    member(value, 'archiveOfRecord') !== undefined &&
    !(isHttpAddress(archiveOfRecord) && archiveOfRecord.endsWith('/'))
  ) {
    // Left out silently it would let a copy compete with its original.
    fault(
      '/archiveOfRecord',
      'The site of the archive of record is no web address that ends in "/".',
      'Write it as https://dandiarchive.org/, or leave it out.',
    );
  }
  const ownersPublish = member(value, 'ownersPublish');
  if (ownersPublish !== undefined && typeof ownersPublish !== 'boolean') {
    // Left out silently it would allow what somebody meant to forbid.
    fault(
      '/ownersPublish',
      '"ownersPublish" is neither true nor false.',
      'Write false, or leave it out.',
    );
  }
  if (problems.length > 0) return { problems };
  const archive: Archive = {
    name,
    identifierPrefix: prefix,
    site: site as string,
    stores: stores as Store[],
    repository: (repository as string).replace(/\/+$/, ''),
    licenses,
  };
  const description = textMember(value, 'description');
  const contact = textMember(value, 'contact');
  const notice = textMember(value, 'notice');
  if (description !== undefined) archive.description = description;
  if (archiveOfRecord !== undefined) archive.archiveOfRecord = archiveOfRecord;
  if (doiPrefix !== undefined) archive.doiPrefix = doiPrefix;
  const host = HOSTS.find((known) => known === textMember(value, 'host'));
  if (host !== undefined) archive.host = host;
  if (isHttpAddress(contact)) archive.contact = contact;
  if (notice !== undefined) archive.notice = notice;
  if (member(value, 'offline') === false) archive.offline = false;
  if (ownersPublish === false) archive.ownersPublish = false;
  if (member(value, 'contact') !== undefined && !isHttpAddress(contact)) {
    problems.push({
      rule: 'archive-settings',
      severity: 'warning',
      path: ARCHIVE_FILE,
      pointer: '/contact',
      message: 'The contact is not a web address and is not shown.',
      hint: 'Give the address of a page or an issue tracker.',
    });
  }
  if (member(value, 'host') !== undefined && host === undefined) {
    problems.push({
      rule: 'archive-settings',
      severity: 'warning',
      path: ARCHIVE_FILE,
      pointer: '/host',
      message: 'The host is none whose rules are known; nothing is assumed of it.',
      hint: `Write one of ${HOSTS.join(', ')}, or leave it out.`,
    });
  }
  return { archive, problems };
}
