// The input of every export of a version: its facts, its files as far as formats list them, and its position
// among the other versions.

import { jsonWithoutEmails } from '../api/public-json.ts';
import { baseName } from '../identifiers/asset-path.ts';
import { doiAddress } from '../identifiers/doi.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { dayOfVersion } from '../text/format.ts';
import { toTimestamp } from '../text/timestamp.ts';

/** The most files of a version that formats list; if there are more, they name the list. */
export const MAX_LISTED_FILES = 1000;

/** A data file as formats describe it. */
export interface ExportFile {
  /** As in the list, byte for byte. */
  path: string;
  bytes: number;
  /** Absolute; a Zarr's ends in `/`. */
  url: string;
  /** Media types, the one that other programs recognise first. */
  encodings: string[];
  sha256?: string;
  isZarr: boolean;
}

/** The list of assets as a file that can be fetched. */
export interface ListFile {
  url: string;
  encoding: string;
  bytes?: number;
  sha256?: string;
  /** Whether its lines name the store's address first, rather than last as DANDI's do. */
  storedFirst?: boolean;
}

/** Another version of the same Dandiset. */
export interface OtherVersion {
  /** Address of its page. */
  url: string;
  /** Bare, and only if it is registered. */
  doi?: string;
}

/** A file next to the version's page. */
export interface SiblingFile {
  /** Absolute. */
  url: string;
  type: string;
  /** Address of its format, if the media type does not say it. */
  profile?: string;
}

export interface ExportInput {
  facts: CitableRecord;
  site: {
    name: string;
    /** Ends in `/`. */
    url: string;
  };
  /** The page that search engines and DOIs link to: the version's own, or that of the archive of record. */
  landing: string;
  /** For a draft that was never published: the Dandiset's page here, which is that of the draft. */
  page?: string;
  /** All data files if there are no more than MAX_LISTED_FILES, in path order; none otherwise. */
  files: ExportFile[];
  /** Absent if the list is not stored here, or the files are not offered. */
  list?: ListFile;
  /** The version's record, byte for byte, and its manifest. */
  manifest?: string;
  /** When the version was withdrawn, according to the status. */
  withdrawn?: string;
  predecessor?: OtherVersion;
  successor?: OtherVersion;
  latest?: OtherVersion;
  /** The Dandiset itself, if its own DOI is registered. */
  dandiset?: OtherVersion;
  /** Of the Dandiset itself: its versions. */
  versions?: readonly OtherVersion[];
  /** Address of the page with all versions. */
  history: string;
}

/**
 * The address that identifies a version in every export: its registered DOI, else its page, or for a copy the
 * page at the archive that published it.
 */
export function subjectAddress({ facts, landing }: ExportInput): string {
  return facts.doi === undefined ? (facts.originalUrl ?? landing) : doiAddress(facts.doi);
}

/** The page that links to a version keep leading to: of a draft that of its Dandiset, since drafts go. */
export function lastingAddress(input: ExportInput): string {
  return input.facts.status === 'draft'
    ? input.landing.replace(/draft\/$/, '')
    : subjectAddress(input);
}

/** When a version was published: as its record says, else the day in its name. */
export function publicationTime({ published, version }: CitableRecord): string | undefined {
  return dayOrTime(published) ?? dayOfVersion(version);
}

/** A time in the form of RFC 3339. A day stays a day: no hour is added. */
export function dayOrTime(text: string | undefined): string | undefined {
  const time = toTimestamp(text);
  return time !== undefined && text?.length === 10 ? text : time;
}

/**
 * JSON as all exports are written: it contains no e-mail address, whatever field it came from. The paths of
 * `files` and their names are identifiers and stay as they are.
 */
export function jsonFile(value: unknown, files: readonly ExportFile[] = []): string {
  const paths = new Set(files.flatMap(({ path }) => [path, baseName(path)]));
  return `${jsonWithoutEmails(JSON.stringify(value, undefined, 2), paths)}\n`;
}

/** The same items, each once. */
export function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** A member for an object literal that is left out if there is nothing to say. */
export function given<T>(key: string, value: T | undefined): Record<string, T> {
  const isEmpty =
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? {} : { [key]: value };
}
