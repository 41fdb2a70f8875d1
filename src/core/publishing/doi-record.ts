// What DataCite is told of a version: the same record that stands beside the version's page.

import { dataciteRecord, type DataCiteRecord } from '../exports/datacite.ts';
import type { OtherVersion } from '../exports/export-input.ts';
import { formatDandisetIdentifier, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import { parseDoi } from '../identifiers/doi.ts';
import type { PublishedVersionId } from '../identifiers/version-id.ts';
import { member, textMember, type JsonObject } from '../json/json-text.ts';
import { datasetFacts } from '../metadata/dataset-facts.ts';
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
}

/** A DOI and the attributes DataCite is given for it. */
export interface DoiRecord {
  doi: string;
  attributes: DataCiteRecord;
}

/** The DOI a version was frozen with, and its record; undefined where it was frozen without one. */
export function doiRecord(order: DoiOrder): DoiRecord | undefined {
  const { archive, number, version, record, withdrawn, predecessor } = order;
  const doi = parseDoi(textMember(record, 'doi') ?? '');
  if (doi === undefined) return undefined;
  const url = `${archive.site}dandiset/${number}/${version}/`;
  const facts = datasetFacts(record, {
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
  });
  return { doi, attributes };
}
