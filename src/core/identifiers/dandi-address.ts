// Addresses of Dandisets in every form that visitors type and the Python client accepts. The page for unknown
// addresses and the local server both read them here, so this file also runs in the browser. What it accepts
// may only grow: addresses are printed in papers.

import { problemOfPath } from './asset-path.ts';
import {
  parseDandisetNumber,
  PREFIX_PATTERN,
  UNNUMBERED,
  type DandisetNumber,
} from './dandiset-id.ts';
import { parseDoi } from './doi.ts';
import { queryValue } from './query-value.ts';
import { parseVersion, type VersionId } from './version-id.ts';

export interface DandiAddress {
  number: DandisetNumber;
  /** Absent: the newest published version, else the draft. */
  version?: VersionId | 'latest';
  /** A file, or a folder when it ends in `/`; '' is the top folder of the file browser. */
  path?: string;
  /** The identifier's prefix in capitals, if the address spells one. */
  prefix?: string;
}

export interface AddressSettings {
  /** The archive's own prefix: `DANDI`. */
  prefix: string;
  /** The site's public address, ending in `/`, base path included. */
  site?: string;
  /** `10.12345`, if the archive registers DOIs. */
  doiPrefix?: string;
}

const MAX_LENGTH = 8192;
const SEPARATOR = '(?:/|@)';
const VERSION = '[^/@]+';

// After decoding: an optional name of the archive, up to six digits, perhaps a version, perhaps `files`.
const IDENTIFIER = new RegExp(
  `^(?:([A-Za-z][-A-Za-z]*) ?[: ] ?)?(\\d{1,6})(?:${SEPARATOR}(${VERSION}))?/?$`,
);
const PAGE = new RegExp(
  `^dandisets?[/ ] ?(\\d{1,6})(?:${SEPARATOR}(?!files/?$)(${VERSION}))?(/files)?/?$`,
  'i',
);
const API = /^api\/dandisets\/(\d{6})(?:\/versions(?:\/([^/]+))?)?\/?$/;
const DANDI_SCHEME = /^dandi:\/\/([^/]+)\/(\d{1,6})(?:@([^/]+))?(?:\/(.*))?$/is;
const IDENTIFIERS_ORG =
  /^https?:\/\/(?:www\.)?identifiers\.org\/([A-Za-z][-A-Za-z]*)(?::|%3A|\/)(.*)$/i;
const DOI = /^(10\.\d{4,9})\/([a-z][-a-z]*)\.(\d{6})(?:\/(.+))?$/i;

/** Records named `DANDI:…` have DOIs of this prefix, wherever a copy of them is. */
const DOI_PREFIX_OF_DANDI = '10.48324';

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The rest of an address after the origin and base path of this site; undefined if it is elsewhere. */
function withoutSite(text: string, site: string | undefined): string | undefined {
  const ownHost = site === undefined ? undefined : /^https?:\/\/([^/]+)(\/.*)$/i.exec(site);
  const [, host, rest] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(text) ?? [];
  if (host === undefined || rest === undefined) return text;
  if (host.toLowerCase() !== ownHost?.[1]?.toLowerCase()) return undefined;
  const base = ownHost[2] ?? '/';
  return `${rest}/`.startsWith(base) ? rest.slice(base.length) : undefined;
}

interface Parts {
  number: string | undefined;
  version?: string | undefined;
  path?: string | undefined;
  prefix?: string | undefined;
}

function toAddress({ number, version, path, prefix }: Parts): DandiAddress | undefined {
  const known = parseDandisetNumber((number ?? '').padStart(6, '0'));
  if (known === undefined || known === UNNUMBERED) return undefined;
  const address: DandiAddress = { number: known };
  if (prefix !== undefined) {
    const capitals = prefix.toUpperCase();
    if (!PREFIX_PATTERN.test(capitals)) return undefined;
    address.prefix = capitals;
  }
  if (version !== undefined) {
    const lower = version.toLowerCase();
    const parsed = lower === 'latest' ? 'latest' : parseVersion(lower);
    if (parsed === undefined) return undefined;
    address.version = parsed;
  }
  if (path !== undefined) {
    const plain = path.replace(/^\/+/, '');
    if (plain !== '' && problemOfPath(plain.replace(/\/$/, '')) !== undefined) return undefined;
    address.path = plain;
  }
  return address;
}

/** The value of `location` in a query, as a browser reads it; '' if there is none. */
function locationOf(query: string): string | undefined {
  return query.split('&').some((pair) => pair.startsWith('location='))
    ? queryValue(query, 'location')
    : '';
}

function parseDandiScheme(text: string, settings: AddressSettings): DandiAddress | undefined {
  const [, instance = '', number, version, path] = DANDI_SCHEME.exec(text) ?? [];
  const ownHost = /^https?:\/\/([^/]+)/i.exec(settings.site ?? '')?.[1];
  const isOwn = instance.toLowerCase() === ownHost?.toLowerCase();
  return toAddress({ number, version, path, prefix: isOwn ? settings.prefix : instance });
}

function readDoi(text: string, settings: AddressSettings): DandiAddress | undefined {
  const [, doiPrefix, prefix, number, version] = DOI.exec(parseDoi(text) ?? '') ?? [];
  if (doiPrefix === undefined) return undefined;
  const isOwn =
    doiPrefix === settings.doiPrefix ||
    (doiPrefix === DOI_PREFIX_OF_DANDI && settings.prefix === 'DANDI');
  return isOwn ? toAddress({ number, version, prefix }) : undefined;
}

/**
 * The Dandiset, version and path that an identifier, a path of the site or a web address names;
 * undefined for anything else. Never throws. `isOwnAddress` says whether it is of this archive.
 */
export function parseDandiAddress(
  text: string,
  settings: AddressSettings,
): DandiAddress | undefined {
  let given = text.trim();
  if (given.length > MAX_LENGTH) return undefined;
  if (/^dandi:\/\//i.test(given)) return parseDandiScheme(given, settings);
  const doi = readDoi(given, settings);
  if (doi !== undefined) return doi;

  const [, namespace, accession] = IDENTIFIERS_ORG.exec(given) ?? [];
  if (namespace !== undefined) given = `${namespace}:${accession ?? ''}`;
  const local = withoutSite(given, settings.site);
  if (local === undefined) return undefined;

  // Old addresses have the whole route after `#/`; any other fragment means nothing here.
  const route = /^\/?(?:index\.html)?#\/?(.*)$/s.exec(local)?.[1] ?? local.replace(/#.*$/s, '');
  const queryStart = route.indexOf('?');
  const query = queryStart < 0 ? '' : route.slice(queryStart + 1);
  const decoded = decode(queryStart < 0 ? route : route.slice(0, queryStart));
  if (decoded === undefined) return undefined;
  const plain = decoded.replace(/^\//, '');

  const page = PAGE.exec(plain);
  if (page !== null) {
    const [, number, version, files] = page;
    return toAddress({
      number,
      version,
      ...(files === undefined ? {} : { path: locationOf(query) }),
    });
  }
  const api = API.exec(plain);
  if (api !== null) return toAddress({ number: api[1], version: api[2] });
  const [, prefix, number, version] = IDENTIFIER.exec(plain) ?? [];
  return toAddress({ number, version, prefix });
}

/** Whether an address belongs to this archive; one without a prefix does. */
export function isOwnAddress(address: DandiAddress, prefix: string): boolean {
  return address.prefix === undefined || address.prefix === prefix.toUpperCase();
}

/** The identifier form: `DANDI:000004/draft`, or `dandi://DANDI/000004@draft/sub-01/a.nwb` for a path. */
export function formatDandiAddress(address: DandiAddress, prefix: string): string {
  const { number, version, path } = address;
  const name = address.prefix ?? prefix;
  if (path === undefined) return `${name}:${number}${version === undefined ? '' : `/${version}`}`;
  return `dandi://${name.toLowerCase()}/${number}${version === undefined ? '' : `@${version}`}/${path}`;
}

/**
 * The page of an address, relative to the site's base path: `dandiset/000004/draft/`. A path without a
 * version goes through `latest/`, as a file browser always shows one version.
 */
export function formatSitePath({ number, version, path }: DandiAddress): string {
  if (path === undefined) return `dandiset/${number}/${version === undefined ? '' : `${version}/`}`;
  const query = path === '' ? '' : `?location=${encodeURIComponent(path).replaceAll('%2F', '/')}`;
  return `dandiset/${number}/${version ?? 'latest'}/files/${query}`;
}
