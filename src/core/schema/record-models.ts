// The four kinds of record, as of the current release: drafts and published versions of Dandisets and of
// assets. Differences of older releases are in differences.ts.

import {
  schemaAddress,
  anyModel,
  dateTime,
  integer,
  listedAddress,
  listOf,
  oneOfTexts,
  ref,
  shortName,
  text,
  written,
  type JsonSchema,
  type Model,
  type Models,
} from './json-schema.ts';
import { named } from './models.ts';
import { DIGEST_TYPES } from './terms.ts';

/** A record of a draft or of a published version, of a Dandiset or of an asset. */
export type RecordKind = 'Dandiset' | 'PublishedDandiset' | 'Asset' | 'PublishedAsset';

/** Every kind of record. */
export const RECORD_KINDS: readonly RecordKind[] = [
  'Dandiset',
  'PublishedDandiset',
  'Asset',
  'PublishedAsset',
];

/** The parts of an archive's settings that the schemas depend on. */
export interface SchemaSettings {
  prefix: string;
  /** Site address, ending in `/`; absent for a frozen record, whose site was that of its own address. */
  site?: string;
  doiPrefix?: string;
  /** Licences a record may name, `spdx:CC0-1.0`; any if there are none. */
  licenses: readonly string[];
}

/** Fields of a Dandiset that the archive writes; an author leaves them out. */
export const COMPUTED_DANDISET_FIELDS: readonly string[] = [
  'id',
  'version',
  'url',
  'repository',
  'citation',
  'assetsSummary',
  'manifestLocation',
  'dateCreated',
  'dateModified',
  'doi',
  'publishedBy',
  'datePublished',
  'releaseNotes',
];

/** Fields of an asset that the archive writes; an author leaves them out. */
export const COMPUTED_ASSET_FIELDS: readonly string[] = [
  'id',
  'identifier',
  'contentUrl',
  'url',
  'repository',
  'publishedBy',
  'datePublished',
];

/** A version's number inside a pattern. */
export const VERSION_PATTERN = '\\d+\\.\\d+\\.\\d+';
const UUID = '[a-f0-9]{8}[-]*[a-f0-9]{4}[-]*[a-f0-9]{4}[-]*[a-f0-9]{4}[-]*[a-f0-9]{12}';

/** The text as a pattern that matches itself; for settings inside patterns. */
export const literally = (value: string): string => value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** What is required of the identifier of a published version where it differs from a draft's. */
export const publishedId = ({ prefix }: SchemaSettings): JsonSchema =>
  written(
    `^${prefix}:\\d{6}/${VERSION_PATTERN}$`,
    `an identifier with its version, such as ${prefix}:000004/0.220126.1852`,
  );

/** The same of a published asset. */
export const publishedAssetId: JsonSchema = written(
  `^dandiasset:${UUID}$`,
  'an identifier that begins with dandiasset:',
);

// Drafts have these fields too: only datePublished distinguishes a published record from a draft.
const publication: Record<string, JsonSchema> = {
  // DANDI's schema names an address as a second choice, and rules it out by requiring an object.
  publishedBy: ref('PublishActivity'),
  datePublished: dateTime,
};

/** The DOI of a version: under the archive's prefix, or none if it has none. */
function doi({ prefix, doiPrefix }: SchemaSettings): JsonSchema {
  const suffix = `/${prefix.toLowerCase()}\\.\\d{6}/${VERSION_PATTERN}`;
  return doiPrefix === undefined
    ? written(`^(10\\.\\d{4,}${suffix}|)$`, 'empty, or the DOI of a version')
    : written(
        `^${literally(doiPrefix)}${suffix}$`,
        `the DOI of a version, ${doiPrefix}/${prefix.toLowerCase()}.000004/0.220126.1852`,
      );
}

/** Archives that name no licences accept any. */
function license(licenses: readonly string[], more: JsonSchema = {}): JsonSchema {
  return listOf(licenses.length === 0 ? text() : oneOfTexts(licenses), more);
}

function commonFields(licenses: readonly string[]): Record<string, JsonSchema> {
  return {
    schemaVersion: text(),
    name: shortName,
    description: text(),
    contributor: listOf(anyModel('Person', 'Organization')),
    about: listOf(anyModel('Disorder', 'Anatomy', 'GenericType')),
    studyTarget: listOf(text()),
    license: license(licenses),
    protocol: listOf(listedAddress),
    ethicsApproval: listOf(ref('EthicsApproval')),
    keywords: listOf(text()),
    acknowledgement: text(),
    access: listOf(ref('AccessRequirements')),
    url: schemaAddress,
    repository: schemaAddress,
    relatedResource: listOf(ref('Resource')),
  };
}

function dandisetModels(settings: SchemaSettings): Models {
  const { prefix } = settings;
  const fields: Record<string, JsonSchema> = {
    ...commonFields(settings.licenses),
    id: written(
      `^(${prefix}|${prefix.toLowerCase()}):\\d{6}(/(draft|${VERSION_PATTERN}))$`,
      `an identifier with its version, such as ${prefix}:000004/draft`,
    ),
    identifier: written(`^${prefix}:\\d{6}$`, `an identifier such as ${prefix}:000004`),
    sameAs: listOf(
      written(
        `^dandi://[A-Z][-A-Z]*/\\d{6}(@(draft|${VERSION_PATTERN}))?(/\\S+)?$`,
        'an address in another archive, such as dandi://DANDI/000004',
      ),
    ),
    description: text({ maxLength: 10_000 }),
    contributor: listOf(anyModel('Person', 'Organization'), { minItems: 1 }),
    license: license(settings.licenses, { minItems: 1 }),
    wasGeneratedBy: listOf(ref('Project')),
    dateCreated: dateTime,
    dateModified: dateTime,
    citation: text(),
    assetsSummary: ref('AssetsSummary'),
    manifestLocation: listOf(listedAddress, { minItems: 1 }),
    version: text(),
    ...publication,
    doi: doi(settings),
    releaseNotes: text(),
  };
  const required = ['id', 'identifier', 'name', 'description', 'contributor', 'license'];
  const computed = ['citation', 'assetsSummary', 'manifestLocation', 'version'];
  const dandiset = (): Model => named('Dandiset', { ...fields }, [...required, ...computed]);
  return { Dandiset: dandiset(), PublishedDandiset: dandiset() };
}

function assetModels(settings: SchemaSettings): Models {
  const fields: Record<string, JsonSchema> = {
    ...commonFields(settings.licenses),
    id: text(),
    identifier: text(),
    path: text(),
    contentSize: integer,
    encodingFormat: text(),
    digest: {
      type: 'object',
      propertyNames: oneOfTexts(DIGEST_TYPES),
      additionalProperties: text(),
    },
    contentUrl: listOf(listedAddress),
    access: listOf(ref('AccessRequirements'), { maxItems: 1 }),
    wasGeneratedBy: listOf(anyModel('Session', 'Project', 'Activity')),
    dateModified: dateTime,
    blobDateModified: dateTime,
    dataType: schemaAddress,
    sameAs: listOf(listedAddress),
    approach: listOf(ref('ApproachType')),
    measurementTechnique: listOf(ref('MeasurementTechniqueType')),
    variableMeasured: listOf(ref('PropertyValue')),
    wasDerivedFrom: listOf(ref('BioSample')),
    wasAttributedTo: listOf(ref('Participant')),
    ...publication,
  };
  const required = ['path', 'contentSize', 'encodingFormat', 'digest'];
  const computed = ['id', 'identifier', 'contentUrl'];
  const asset = (): Model => named('Asset', { ...fields }, [...required, ...computed]);
  return { Asset: asset(), PublishedAsset: asset() };
}

/** The four kinds of record, as of the current release, for the archive of these settings. */
export function currentRecordModels(settings: SchemaSettings): Models {
  return { ...dandisetModels(settings), ...assetModels(settings) };
}
