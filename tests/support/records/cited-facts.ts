// Facts of a version for tests of what is made of them, from a record of the shape DANDI has.

import type { JsonObject } from '../../../src/core/json/json-text.ts';
import {
  citableRecord,
  type CitableRecord,
  type CitableRecordSettings,
} from '../../../src/core/metadata/citable-record.ts';

/** A person of the citation, written as records do: `Kang, Di`. */
export function person(name: string, more: JsonObject = {}): JsonObject {
  return {
    schemaKey: 'Person',
    name,
    includeInCitation: true,
    roleName: ['dcite:Author'],
    ...more,
  };
}

/** An organisation of the citation. */
export function organization(name: string, more: JsonObject = {}): JsonObject {
  return {
    schemaKey: 'Organization',
    name,
    includeInCitation: true,
    roleName: ['dcite:Author'],
    ...more,
  };
}

/** Facts of `DANDI:000004/0.220126.1852` with other members of the record, or other settings. */
export function citedFacts(
  record: JsonObject = {},
  settings: Partial<CitableRecordSettings> = {},
): CitableRecord {
  return citableRecord(
    {
      schemaKey: 'Dandiset',
      name: 'Units in the hippocampus',
      description: 'Recordings of units.',
      contributor: [person('Kang, Di')],
      license: ['spdx:CC-BY-4.0'],
      keywords: ['hippocampus'],
      datePublished: '2022-01-26T18:52:00.000000+00:00',
      dateCreated: '2020-03-01T00:00:00+00:00',
      ...record,
    },
    {
      identifier: 'DANDI:000004',
      version: '0.220126.1852',
      status: 'published',
      doi: '10.48324/dandi.000004/0.220126.1852',
      url: 'https://archive.example/dandiset/000004/0.220126.1852/',
      archive: 'Test archive',
      summary: undefined,
      ...settings,
    },
  );
}
