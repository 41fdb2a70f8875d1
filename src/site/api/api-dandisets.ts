// Dandisets and versions as the API describes them. A withdrawn version is in no list here, as at DANDI,
// where it would have been deleted; its page remains.

import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { shownText } from '../../core/text/shown-text.ts';
import { textMember, type JsonObject } from '../../core/json/json-text.ts';
import { timeOfEntry, toTimestamp } from '../catalog/record-times.ts';

export interface ApiDandiset {
  identifier: string;
  created: string;
  modified: string;
  contact_person: string;
  embargo_status: 'OPEN';
  star_count: number;
  is_starred: boolean;
}

export interface ApiVersion {
  version: string;
  name: string;
  asset_count: number;
  active_uploads: number;
  size: number;
  status: 'Published' | 'Pending';
  created: string;
  modified: string;
}

const UNKNOWN_TIME = '1970-01-01T00:00:00Z';

/** The versions of a Dandiset that the API serves: its draft, then published ones, oldest first. */
export function offeredVersions({ draft, published }: DandisetEntry): VersionEntry[] {
  const offered = published.filter(({ status }) => status === 'published').reverse();
  return draft === undefined ? offered : [draft, ...offered];
}

/** The Dandisets of the API: those with a version that it serves. */
export function offeredDandisets({ dandisets }: Pick<Catalog, 'dandisets'>): DandisetEntry[] {
  return dandisets.filter((dandiset) => offeredVersions(dandiset).length > 0);
}

/** A version as lists name it. */
export function apiVersion(entry: VersionEntry): ApiVersion {
  const { version, status, summary } = entry;
  const modified = timeOfEntry(entry) ?? UNKNOWN_TIME;
  const created = status === 'draft' ? (toTimestamp(summary.created) ?? modified) : modified;
  return {
    version,
    name: summary.name,
    asset_count: summary.files ?? 0,
    active_uploads: 0,
    size: summary.bytes ?? 0,
    // The check decides whether a draft is valid; nothing is pending but its publication.
    status: status === 'draft' ? 'Pending' : 'Published',
    created,
    modified,
  };
}

/** What the API says of a Dandiset in every document that names it. */
export function apiDandiset(dandiset: DandisetEntry): ApiDandiset {
  const versions = offeredVersions(dandiset);
  const times = versions.map(apiVersion).flatMap(({ created, modified }) => [created, modified]);
  const inOrder = times.sort((a, b) => Date.parse(a) - Date.parse(b));
  return {
    identifier: dandiset.number,
    created: inOrder[0] ?? UNKNOWN_TIME,
    modified: inOrder.at(-1) ?? UNKNOWN_TIME,
    contact_person: dandiset.shown.summary.contact ?? '',
    embargo_status: 'OPEN',
    star_count: 0,
    is_starred: false,
  };
}

/** The document of a Dandiset, and its entry in the list of all. */
export function dandisetDocument(dandiset: DandisetEntry): object {
  const own = apiDandiset(dandiset);
  const newest = dandiset.newest === undefined ? null : apiVersion(dandiset.newest);
  // Programs require a draft. Where there is none, the newest version is what a new draft would start from.
  const draft = apiVersion(dandiset.draft ?? dandiset.shown);
  return {
    ...own,
    most_recent_published_version:
      newest === null ? null : { ...newest, dandiset: own, release_notes: null },
    draft_version: { ...draft, version: 'draft', status: 'Pending', dandiset: own },
  };
}

/** An entry in the list of a Dandiset's versions. */
export function versionItem(dandiset: DandisetEntry, entry: VersionEntry): object {
  return { ...apiVersion(entry), dandiset: apiDandiset(dandiset) };
}

/** The document `…/versions/<version>/info/`. The metadata is the document one level above. */
export function versionInfo(
  dandiset: DandisetEntry,
  entry: VersionEntry,
  record: JsonObject,
): object {
  const notes = textMember(record, 'releaseNotes');
  return {
    ...apiVersion(entry),
    dandiset: apiDandiset(dandiset),
    asset_validation_errors: [],
    version_validation_errors: [],
    contact_person: entry.summary.contact ?? '',
    release_notes: notes === undefined ? null : shownText(notes),
  };
}
