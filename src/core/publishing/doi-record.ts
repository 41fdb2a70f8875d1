// What DataCite receives for a version: the same record that is next to the version's page.

import { dataciteRecord, type DataCiteRecord } from '../exports/datacite.ts';
import type { OtherVersion } from '../exports/export-input.ts';
import { formatDandisetIdentifier, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import { parseDoi } from '../identifiers/doi.ts';
import type { PublishedVersionId, VersionId } from '../identifiers/version-id.ts';
import { member, textMember, type JsonObject } from '../json/json-text.ts';
import { citableRecord } from '../metadata/citable-record.ts';
import type { Archive } from '../records/archive.ts';
import { MANIFEST_FILE } from '../records/manifest.ts';

/** A published version whose DOI is registered or brought up to date. */
export interface DoiOrder {
  archive: Archive;
  number: DandisetNumber;
  version: PublishedVersionId;
  /** The frozen record. */
  record: JsonObject;
  /** When the version was withdrawn, if it was. */
  withdrawn?: string;
  predecessor?: OtherVersion;
  /** The DOI of the Dandiset itself, if it has one. */
  dandisetDoi?: string | undefined;
}

/** A DOI and the attributes sent to DataCite for it. */
export interface DoiRecord {
  doi: string;
  attributes: DataCiteRecord;
}

function dandisetPage({ site }: Archive, number: DandisetNumber): string {
  return `${site}dandiset/${number}/`;
}

/** The DOI a version was frozen with, and its record; undefined if it was frozen without one. */
export function doiRecord(order: DoiOrder): DoiRecord | undefined {
  const { archive, number, version, record, withdrawn, predecessor, dandisetDoi } = order;
  const doi = parseDoi(textMember(record, 'doi') ?? '');
  if (doi === undefined) return undefined;
  const url = `${archive.site}dandiset/${number}/${version}/`;
  const facts = citableRecord(record, {
    identifier: formatDandisetIdentifier({ prefix: archive.identifierPrefix, number }),
    version,
    status: withdrawn === undefined ? 'published' : 'withdrawn',
    doi,
    url,
    archive: archive.name,
    summary: member(record, 'assetsSummary'),
  });
  const attributes = dataciteRecord({
    facts,
    site: { name: archive.name, url: archive.site },
    landing: url,
    files: [],
    manifest: url + MANIFEST_FILE,
    history: `${archive.site}dandiset/${number}/versions/`,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(predecessor === undefined ? {} : { predecessor }),
    ...(dandisetDoi === undefined
      ? {}
      : { dandiset: { url: dandisetPage(archive, number), doi: dandisetDoi } }),
  });
  return { doi, attributes };
}

/** The Dandiset itself, whose DOI is for all of its versions. */
export interface DandisetDoiOrder {
  archive: Archive;
  number: DandisetNumber;
  doi: string;
  /** The record of the version that describes it: the newest, or the draft. */
  record: JsonObject;
  version: VersionId;
  /** If every version was withdrawn, the last of them. */
  withdrawn?: string;
  /** The versions whose DOIs are registered. */
  versions: readonly OtherVersion[];
}

/** The DOI of a Dandiset itself and its record; it resolves to the Dandiset's page. */
export function dandisetDoiRecord(order: DandisetDoiOrder): DoiRecord {
  const { archive, number, doi, record, version, withdrawn, versions } = order;
  const url = dandisetPage(archive, number);
  const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
  const facts = citableRecord(record, {
    identifier,
    version,
    status: version === 'draft' ? 'draft' : withdrawn === undefined ? 'published' : 'withdrawn',
    doi,
    url,
    archive: archive.name,
    summary: member(record, 'assetsSummary'),
  });
  const whole = dataciteRecord({
    facts,
    site: { name: archive.name, url: archive.site },
    landing: url,
    files: [],
    history: `${url}versions/`,
    versions,
    ...(withdrawn === undefined ? {} : { withdrawn }),
  });
  // What is true of one version alone; a draft has no year either.
  const ofVersion = ['version', 'sizes', ...(version === 'draft' ? ['publicationYear'] : [])];
  const attributes: DataCiteRecord = {
    ...whole,
    alternateIdentifiers: [
      { alternateIdentifier: identifier, alternateIdentifierType: archive.identifierPrefix },
      { alternateIdentifier: url, alternateIdentifierType: 'URL' },
    ],
  };
  for (const name of ofVersion) delete attributes[name];
  return { doi, attributes };
}
