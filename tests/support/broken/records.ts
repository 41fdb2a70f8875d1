// Small records that pass every rule, for archives that are broken on purpose. Each is built through the real
// schema and the additional rules: a record that would not pass is not made.

import type { JsonObject } from '../../../src/core/json/json-text.ts';
import { sha256Hex } from '../../../src/core/digests/sha256.ts';
import { derivedUuid } from '../../../src/core/identifiers/derived-uuid.ts';
import { semanticProblems } from '../../../src/core/schema/semantic-rules.ts';
import {
  CURRENT_RELEASE,
  schemaProblems,
  type RecordKind,
} from '../../../src/core/schema/validate.ts';

/** archive.json of the archive the fixtures are made from. */
export const ARCHIVE = {
  name: 'Test archive',
  identifierPrefix: 'TEST-DANDI',
  site: 'https://archive.example/',
  stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
  repository: 'https://github.com/example/archive',
  licenses: ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'],
};

const SETTINGS = {
  prefix: ARCHIVE.identifierPrefix,
  site: ARCHIVE.site,
  licenses: ARCHIVE.licenses,
};

function passing(record: JsonObject, kind: RecordKind): JsonObject {
  const authored = !kind.startsWith('Published');
  const question = { kind, settings: SETTINGS, authored };
  const problems = [
    ...schemaProblems(record, { release: CURRENT_RELEASE, ...question }),
    ...semanticProblems(record, question),
  ];
  if (problems.length > 0) throw new Error(`not a valid ${kind}: ${JSON.stringify(problems[0])}`);
  return record;
}

const PUBLISHED_BY: JsonObject = {
  id: 'urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  name: 'Publication',
  startDate: '2025-01-01T12:00:00Z',
  endDate: '2025-01-01T12:00:00Z',
  wasAssociatedWith: [{ schemaKey: 'Software', name: 'Registrar', version: '1' }],
  schemaKey: 'PublishActivity',
};

/** The metadata of a draft by an author, with a valid ORCID iD and ROR address. */
export function authoredDandiset(number: string, more: JsonObject = {}): JsonObject {
  const identifier = `${ARCHIVE.identifierPrefix}:${number}`;
  const record: JsonObject = {
    schemaKey: 'Dandiset',
    schemaVersion: CURRENT_RELEASE,
    identifier,
    name: 'Place cells on a linear track',
    description: 'Recordings from CA1.',
    contributor: [
      {
        schemaKey: 'Person',
        name: 'Lovelace, Ada',
        identifier: '0000-0002-1825-0097',
        email: 'ada@lab.example',
        roleName: ['dcite:ContactPerson', 'dcite:Author'],
        includeInCitation: true,
        affiliation: [
          { schemaKey: 'Affiliation', name: 'Institute', identifier: 'https://ror.org/01an7q238' },
        ],
      },
    ],
    relatedResource: [
      {
        schemaKey: 'Resource',
        url: 'https://lab.example/code',
        relation: 'dcite:IsSupplementedBy',
      },
    ],
    about: [{ schemaKey: 'Anatomy', identifier: 'UBERON:0003881', name: 'CA1' }],
    access: [{ schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' }],
    license: ['spdx:CC-BY-4.0'],
    ...more,
  };
  return passing(record, 'Dandiset');
}

/** The metadata of a published version with these sums. */
export function publishedDandiset(
  number: string,
  version: string,
  totals: { count: number; bytes: number },
  site = ARCHIVE.site,
): JsonObject {
  const authored = authoredDandiset(number);
  const identifier = `${ARCHIVE.identifierPrefix}:${number}`;
  const record: JsonObject = {
    ...authored,
    id: `${identifier}/${version}`,
    version,
    url: `${ARCHIVE.site}dandiset/${number}/${version}`,
    citation: 'Lovelace (2025) Place cells on a linear track',
    manifestLocation: [`${ARCHIVE.site}dandiset/${number}/${version}/manifest.json`],
    assetsSummary: {
      schemaKey: 'AssetsSummary',
      numberOfFiles: totals.count,
      numberOfBytes: totals.bytes,
    },
    datePublished: '2025-01-01T12:00:00Z',
    publishedBy: PUBLISHED_BY,
  };
  passing(record, 'PublishedDandiset');
  return site === ARCHIVE.site
    ? record
    : { ...record, url: `${site}dandiset/${number}/${version}` };
}

/** A line's value: a file whose bytes are its own path, or a Zarr. */
export function assetRecord(path: string, { published = false, zarr = false } = {}): JsonObject {
  const sha256 = sha256Hex(path);
  const uuid = derivedUuid(path);
  const size = path.length;
  const digest: JsonObject = zarr
    ? { 'dandi:dandi-zarr-checksum': `${'0'.repeat(32)}-3--${size}` }
    : { 'dandi:dandi-etag': `${'0'.repeat(32)}-1`, 'dandi:sha2-256': sha256 };
  const metadata: JsonObject = {
    schemaKey: 'Asset',
    schemaVersion: CURRENT_RELEASE,
    path,
    contentSize: size,
    encodingFormat: zarr ? 'application/x-zarr' : 'application/x-nwb',
    digest,
    approach: [{ schemaKey: 'ApproachType', name: 'electrophysiological approach' }],
    measurementTechnique: [
      { schemaKey: 'MeasurementTechniqueType', name: 'spike sorting technique' },
    ],
    variableMeasured: [{ schemaKey: 'PropertyValue', value: 'Units' }],
    wasAttributedTo: [
      {
        schemaKey: 'Participant',
        identifier: 'mouse-1',
        species: {
          schemaKey: 'SpeciesType',
          identifier: 'http://purl.obolibrary.org/obo/NCBITaxon_10090',
          name: 'Mus musculus',
        },
      },
    ],
    ...(published
      ? {
          id: `dandiasset:${uuid}`,
          identifier: uuid,
          contentUrl: [`https://archive.example/storage/blobs/${sha256}`],
          datePublished: '2025-01-01T12:00:00Z',
          publishedBy: PUBLISHED_BY,
        }
      : {}),
  };
  passing(metadata, published ? 'PublishedAsset' : 'Asset');
  return {
    asset_id: uuid,
    [zarr ? 'zarr' : 'blob']: zarr ? uuid : sha256,
    path,
    size,
    created: '2025-01-01T10:00:00Z',
    modified: '2025-01-01T10:00:00Z',
    metadata,
  };
}
