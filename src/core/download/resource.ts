// What a reader asks for: a Dandiset, one of its versions, or a part of it, in every form that DANDI's Python
// client takes, without any request. The forms: dandi/dandiarchive.py of dandi-cli.

import { apiOfPages, DANDI_SITES } from '../identifiers/dandi-sites.ts';
import {
  parseDandisetNumber,
  UNNUMBERED,
  type DandisetNumber,
} from '../identifiers/dandiset-id.ts';
import { parseVersion, type VersionId } from '../identifiers/version-id.ts';
import { decodeQueryText, queryValue } from '../identifiers/query-value.ts';

/** Which assets of a version. */
export type Part =
  | { kind: 'all' }
  /** Everything below a folder; `path` ends in `/`. */
  | { kind: 'folder'; path: string }
  /** Every path that begins like this; one that is equal is meant alone. */
  | { kind: 'prefix'; path: string }
  /** `*` matches any characters, `/` too; letter case does not matter. */
  | { kind: 'glob'; pattern: string }
  /** One asset, or an entry of a Zarr. */
  | { kind: 'path'; path: string }
  /** One asset by its UUID or its key. */
  | { kind: 'id'; id: string };

export interface Resource {
  /** As it was given. */
  text: string;
  /**
   * Where the archive is: an address that the site's or the API's documents are below, ending in `/`. Absent:
   * the archive that the caller names, or the one at hand.
   */
  archive?: string;
  /** The prefix of the identifier in capitals, if it has one. */
  prefix?: string;
  /** Absent only for an asset by its id. */
  number?: DandisetNumber;
  /** Absent: the newest published version, else the draft. */
  version?: VersionId;
  part: Part;
}

/** What a text names, or why it names nothing. */
export type ParsedResource =
  | { kind: 'resource'; resource: Resource }
  /** An address that may lead to one: it has to be asked where. */
  | { kind: 'follow'; address: string }
  | { kind: 'unknown'; why: string };

const MAX_LENGTH = 8192;
const NUMBER = String.raw`(\d{6})`;
const VERSION = String.raw`(\d+\.\d+\.\d+|draft|latest)`;

const IDENTIFIER = new RegExp(`^([A-Z][-A-Z]*):${NUMBER}(?:[/@]${VERSION})?/?$`, 'i');
const PLAIN = new RegExp(`^${NUMBER}(?:[/@]${VERSION})?/?$`);
const IDENTIFIERS_ORG =
  /^https?:\/\/(?:www\.)?identifiers\.org\/([a-z][-a-z]*(?::|%3A|\/)\d{6}.*)$/i;
const SCHEME = new RegExp(`^dandi://([^/]+)/${NUMBER}(?:@${VERSION})?(?:/(.*))?$`, 'is');
const PAGE = new RegExp(
  `^(https?://.*?/)(?:#/?)?dandiset/${NUMBER}(?:[/@]${VERSION})?(?:/(files)?/?)?(?:\\?(.*))?$`,
  'is',
);
const API = new RegExp(
  `^(https?://.*?/)dandisets/${NUMBER}(?:/versions(?:/${VERSION})?)?/?$`,
  'is',
);
const LIST = new RegExp(
  `^(https?://.*?/)dandisets/${NUMBER}/versions/${VERSION}/assets/?\\?(.*)$`,
  'is',
);
const ASSET = new RegExp(
  `^(https?://.*?/)(?:dandisets/${NUMBER}/versions/${VERSION}/)?assets/([0-9a-f][0-9a-f/-]{31,80}?)(?:/(?:download|info)?)?/?$`,
  'is',
);

function versionOf(text: string | undefined): VersionId | undefined {
  return text === undefined || text.toLowerCase() === 'latest'
    ? undefined
    : parseVersion(text.toLowerCase());
}

interface Found {
  archive?: string | undefined;
  prefix?: string | undefined;
  number?: string | undefined;
  version?: string | undefined;
  part?: Part | undefined;
}

const unknown = (why: string): ParsedResource => ({ kind: 'unknown', why });

function hostOf(address: string): string {
  return /^https?:\/\/([^/?#:@]+)/i.exec(address)?.[1] ?? '';
}

/** The pages of some archives are at another host than their API. */
function archiveAt(address: string): string {
  return apiOfPages(hostOf(address)) ?? address;
}

function resourceOf(text: string, found: Found): ParsedResource {
  const number = found.number === undefined ? undefined : parseDandisetNumber(found.number);
  if (number === UNNUMBERED) return unknown('000000 is the number of no Dandiset');
  const version = versionOf(found.version);
  const isVersion = found.version === undefined || found.version.toLowerCase() === 'latest';
  if (!isVersion && version === undefined) return unknown(`${found.version} is no version`);
  const resource: Resource = { text, part: found.part ?? { kind: 'all' } };
  if (found.archive !== undefined) resource.archive = archiveAt(found.archive);
  if (found.prefix !== undefined) resource.prefix = found.prefix.toUpperCase();
  if (number !== undefined) resource.number = number;
  if (version !== undefined) resource.version = version;
  return { kind: 'resource', resource };
}

/** The archive a prefix belongs to, as far as it is known everywhere. */
function archiveOfPrefix(prefix: string): string | undefined {
  return DANDI_SITES.get(prefix.toUpperCase())?.api;
}

function parseScheme(text: string, isGlob: boolean): ParsedResource {
  const [, instance = '', number, version, rest] = SCHEME.exec(text) ?? [];
  if (number === undefined)
    return unknown('it is not of the form dandi://NAME/000004@VERSION/PATH');
  const isHost = /[.:]|^localhost$/.test(instance);
  const archive = isHost ? `https://${instance}/` : archiveOfPrefix(instance);
  if (archive === undefined && !/^[a-z][-a-z]*$/i.test(instance))
    return unknown(
      `there is no archive "${instance}"; known are ${[...DANDI_SITES.keys()].join(', ')}`,
    );
  const prefix = isHost ? undefined : instance;
  return resourceOf(text, { archive, prefix, number, version, part: partOfPath(rest, isGlob) });
}

function partOfPath(path: string | undefined, isGlob: boolean): Part | undefined {
  const plain = (path ?? '').replace(/^\/+/, '');
  if (plain === '') return undefined;
  if (isGlob) return { kind: 'glob', pattern: plain };
  return plain.endsWith('/') ? { kind: 'folder', path: plain } : { kind: 'path', path: plain };
}

/** `location=` of a file browser: a folder, whether it ends in `/` or not. */
function partOfLocation(query: string | undefined, isGlob: boolean): Part | undefined {
  const location = (queryValue(query ?? '', 'location') ?? '').replace(/^\/+|\/+$/g, '');
  if (location === '') return undefined;
  return isGlob ? { kind: 'glob', pattern: location } : { kind: 'folder', path: `${location}/` };
}

function partOfQuery(query: string): Part | undefined {
  const [path, glob] = [queryValue(query, 'path'), queryValue(query, 'glob')];
  if (glob !== undefined) return { kind: 'glob', pattern: glob };
  return path === undefined ? undefined : { kind: 'prefix', path };
}

function parseAddress(text: string, isGlob: boolean): ParsedResource {
  const page = PAGE.exec(text);
  if (page !== null) {
    const [, archive, number, version, files, query] = page;
    const part = files === undefined ? undefined : partOfLocation(query, isGlob);
    return resourceOf(text, { archive, number, version, part });
  }
  const list = LIST.exec(text);
  if (list !== null) {
    const [, archive, number, version, query = ''] = list;
    return resourceOf(text, { archive, number, version, part: partOfQuery(query) });
  }
  const api = API.exec(text);
  if (api !== null) {
    const [, archive, number, version] = api;
    return resourceOf(text, { archive, number, version });
  }
  const asset = ASSET.exec(text);
  if (asset !== null) {
    const [, archive, number, version, id = ''] = asset;
    return resourceOf(text, { archive, number, version, part: { kind: 'id', id } });
  }
  return { kind: 'follow', address: text };
}

/**
 * Reads what a text names. `isGlob`: a path in `dandi://` or `location=` is a pattern, as with
 * `--path-type glob` of the Python client.
 */
export function parseResource(given: string, isGlob = false): ParsedResource {
  const text = given.trim();
  if (text.length > MAX_LENGTH) return unknown('it is longer than any address');
  if (/^dandi:\/\//i.test(text)) return parseScheme(text, isGlob);
  const named = IDENTIFIERS_ORG.exec(text)?.[1];
  const short =
    named === undefined ? text : (decodeQueryText(named) ?? '').replace(/^([a-z-]+)\//i, '$1:');
  const [, prefix, number, version] = IDENTIFIER.exec(short) ?? [];
  if (number !== undefined)
    return resourceOf(text, { archive: archiveOfPrefix(prefix ?? ''), prefix, number, version });
  const [, alone, itsVersion] = PLAIN.exec(text) ?? [];
  if (alone !== undefined) return resourceOf(text, { number: alone, version: itsVersion });
  if (/^https?:\/\/[^\s/?#]/i.test(text)) return parseAddress(text, isGlob);
  return unknown('it is no identifier and no address of a Dandiset');
}
