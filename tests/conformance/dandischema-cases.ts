// The records that our and dandischema's verdicts are compared on: demo records as they are in content/,
// completed where the archive computes fields, and a small base where there are none.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { JsonObject } from '../../src/core/json/json-text.ts';
import {
  CURRENT_RELEASE,
  type RecordKind,
  type SchemaSettings,
} from '../../src/core/schema/validate.ts';

const content = path.resolve(import.meta.dirname, '../../content');

export interface Case {
  place: string;
  kind: RecordKind;
  record: JsonObject;
}

const readJson = (file: string): JsonObject => JSON.parse(readFileSync(file, 'utf8')) as JsonObject;

/** The demo archive's settings, as far as schemas depend on them. */
export function demoSettings(): SchemaSettings {
  const archive = readJson(path.join(content, 'archive.json'));
  const doiPrefix = archive['doiPrefix'];
  return {
    prefix: String(archive['identifierPrefix']),
    site: String(archive['site']),
    licenses: archive['licenses'] as string[],
    ...(typeof doiPrefix === 'string' ? { doiPrefix } : {}),
  };
}

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** What an archive adds to an authored record, so that it can be judged as a complete one. */
function computedFor(kind: RecordKind, identifier: string): JsonObject {
  if (kind === 'Asset') {
    return {
      id: `dandiasset:${UUID}`,
      identifier: UUID,
      contentUrl: ['https://dandi-demo.example/x'],
    };
  }
  return {
    id: `${identifier}/draft`,
    version: 'draft',
    citation: 'Authors (2024) A title',
    assetsSummary: { schemaKey: 'AssetsSummary', numberOfBytes: 1, numberOfFiles: 1 },
    manifestLocation: ['https://dandi-demo.example/manifest'],
  };
}

/** The records of a folder that holds a draft, a submission or a published version. */
function* recordsIn(folder: string, isDraft: boolean): Generator<Case> {
  const file = path.join(folder, 'dandiset.json');
  if (!existsSync(file)) return;
  const dandiset = readJson(file);
  const place = path.relative(content, folder);
  const whole = (kind: RecordKind, record: JsonObject): JsonObject =>
    isDraft ? { ...computedFor(kind, String(dandiset['identifier'])), ...record } : record;
  const kind = isDraft ? 'Dandiset' : 'PublishedDandiset';
  yield { place, kind, record: whole(kind, dandiset) };
  const list = path.join(folder, 'assets.jsonl');
  if (!existsSync(list)) return;
  for (const line of readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
    const { path: name, metadata } = JSON.parse(line) as { path: string; metadata: JsonObject };
    const assetKind = isDraft ? 'Asset' : 'PublishedAsset';
    yield { place: `${place}/${name}`, kind: assetKind, record: whole(assetKind, metadata) };
  }
}

function foldersIn(...parts: string[]): string[] {
  const folder = path.join(content, ...parts);
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.sort().map((name) => path.join(...parts, name));
}

/** Every Dandiset and asset of the demo archive, drafts and submissions included. */
export function demoCases(): Case[] {
  const versions = foldersIn('dandisets').flatMap((shard) =>
    foldersIn(shard).flatMap((dandiset) => foldersIn(dandiset)),
  );
  return [...versions, ...foldersIn('submissions')].flatMap((folder) => {
    const isDraft = path.basename(folder) === 'draft' || folder.startsWith('submissions');
    return [...recordsIn(path.join(content, folder), isDraft)];
  });
}

const published: JsonObject = {
  publishedBy: {
    schemaKey: 'PublishActivity',
    id: `urn:uuid:${UUID}`,
    name: 'Publication',
    startDate: '2024-01-01T12:00:00Z',
    endDate: '2024-01-01T12:00:00Z',
    wasAssociatedWith: [
      { schemaKey: 'Software', name: 'Archive', version: '1', identifier: 'RRID:SCR_017571' },
    ],
  },
  datePublished: '2024-01-01T12:00:00Z',
};

/** Valid records with most fields, so that injected faults reach places the demo does not use. */
export function builtCases({ prefix, site }: SchemaSettings): Case[] {
  const identifier = `${prefix}:000001`;
  const dandiset: JsonObject = {
    schemaKey: 'Dandiset',
    schemaVersion: CURRENT_RELEASE,
    identifier,
    name: 'A title',
    description: 'What was measured, and why.',
    keywords: ['cortex', 'mouse'],
    license: ['spdx:CC0-1.0'],
    contributor: [
      {
        schemaKey: 'Person',
        name: 'Doe, Jane',
        identifier: '0000-0002-1825-0097',
        email: 'jane@example.org',
        roleName: ['dcite:ContactPerson', 'dcite:Author'],
        includeInCitation: true,
        affiliation: [
          {
            schemaKey: 'Affiliation',
            name: 'A University',
            identifier: 'https://ror.org/042nb2s44',
          },
        ],
      },
      {
        schemaKey: 'Organization',
        name: 'A Fund',
        roleName: ['dcite:Funder'],
        awardNumber: 'X-1',
        url: 'https://example.org/fund',
      },
    ],
    about: [{ schemaKey: 'Anatomy', name: 'cortex', identifier: 'UBERON:0000956' }],
    studyTarget: ['to know'],
    protocol: ['https://protocols.example/1'],
    ethicsApproval: [{ schemaKey: 'EthicsApproval', identifier: 'E-1' }],
    access: [{ schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' }],
    relatedResource: [
      {
        schemaKey: 'Resource',
        relation: 'dcite:IsDescribedBy',
        identifier: 'doi:10.1/2',
        resourceType: 'dcite:JournalArticle',
      },
    ],
    wasGeneratedBy: [
      {
        schemaKey: 'Project',
        name: 'The project',
        used: [{ schemaKey: 'Equipment', name: 'A probe' }],
      },
    ],
    sameAs: ['dandi://DANDI/000004'],
    acknowledgement: 'Thanks.',
    dateCreated: '2024-01-01T12:00:00Z',
    ...computedFor('Dandiset', identifier),
  };
  const digest = { 'dandi:dandi-etag': `${'a'.repeat(32)}-1`, 'dandi:sha2-256': 'b'.repeat(64) };
  const asset: JsonObject = {
    schemaKey: 'Asset',
    schemaVersion: CURRENT_RELEASE,
    path: 'sub-1/sub-1.nwb',
    contentSize: 128,
    encodingFormat: 'application/x-nwb',
    digest,
    dateModified: '2024-01-01T12:00:00Z',
    access: [{ schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' }],
    approach: [{ schemaKey: 'ApproachType', name: 'electrophysiological approach' }],
    measurementTechnique: [
      { schemaKey: 'MeasurementTechniqueType', name: 'spike sorting technique' },
    ],
    variableMeasured: [{ schemaKey: 'PropertyValue', value: 'Units' }],
    keywords: ['probe'],
    wasAttributedTo: [
      {
        schemaKey: 'Participant',
        identifier: '1',
        age: {
          schemaKey: 'PropertyValue',
          value: 'P30D',
          unitText: 'ISO-8601 duration',
          valueReference: { schemaKey: 'PropertyValue', value: 'dandi:BirthReference' },
        },
        sex: {
          schemaKey: 'SexType',
          name: 'Male',
          identifier: 'http://purl.obolibrary.org/obo/PATO_0000384',
        },
        species: { schemaKey: 'SpeciesType', name: 'House mouse', identifier: 'NCBITaxon:10090' },
        genotype: 'wild type',
        relatedParticipant: [
          { schemaKey: 'RelatedParticipant', relation: 'dandi:isChildOf', identifier: '2' },
        ],
      },
    ],
    wasDerivedFrom: [
      {
        schemaKey: 'BioSample',
        identifier: 's1',
        sampleType: { schemaKey: 'SampleType', name: 'slice' },
        anatomy: [{ schemaKey: 'Anatomy', name: 'CA1' }],
      },
    ],
    wasGeneratedBy: [
      {
        schemaKey: 'Session',
        name: 'A session',
        identifier: 'x',
        startDate: '2024-01-01T12:00:00-05:00',
      },
      { schemaKey: 'Project', name: 'A project' },
      {
        schemaKey: 'Activity',
        name: 'Extraction',
        wasAssociatedWith: [{ schemaKey: 'Agent', name: 'A script' }],
      },
    ],
    ...computedFor('Asset', identifier),
  };
  const zarr: JsonObject = {
    ...asset,
    path: 'sub-1/sub-1.ome.zarr',
    encodingFormat: 'application/x-zarr',
    digest: { 'dandi:dandi-zarr-checksum': `${'c'.repeat(32)}-3--128` },
  };
  const version = '0.240101.1200';
  const publishedDandiset: JsonObject = {
    ...dandiset,
    ...published,
    version,
    id: `${identifier}/${version}`,
    url: `${site}dandiset/000001/${version}`,
    doi: '',
  };
  return [
    { place: 'built', kind: 'Dandiset', record: dandiset },
    { place: 'built', kind: 'PublishedDandiset', record: publishedDandiset },
    { place: 'built', kind: 'Asset', record: asset },
    { place: 'built', kind: 'PublishedAsset', record: { ...asset, ...published } },
    { place: 'built', kind: 'Asset', record: zarr },
    { place: 'built', kind: 'PublishedAsset', record: { ...zarr, ...published } },
  ];
}
