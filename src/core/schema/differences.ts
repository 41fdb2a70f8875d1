// What was different in older releases of the DANDI metadata schema, one row per difference, newest first.
// The current release is defined in models.ts and record-models.ts; a release is the current one with every
// row applied that was valid then.

import {
  schemaAddress,
  listOf,
  oneOfTexts,
  ref,
  text,
  written,
  type JsonSchema,
} from './json-schema.ts';
import { TERM_MODELS } from './models.ts';
import { literally, publishedAssetId, publishedId, type SchemaSettings } from './record-models.ts';

/** Every release a record may name, oldest first. */
export const RELEASES = [
  '0.4.4',
  '0.5.1',
  '0.5.2',
  '0.6.0',
  '0.6.1',
  '0.6.2',
  '0.6.3',
  '0.6.4',
  '0.6.5',
  '0.6.6',
  '0.6.7',
  '0.6.8',
  '0.6.9',
  '0.6.10',
  '0.7.0',
  '0.8.0',
] as const;

/** A release of the metadata schema that is known here. */
export type Release = (typeof RELEASES)[number];

/** The release that new records are written in. */
export const CURRENT_RELEASE = '0.8.0' satisfies Release;

/** The newest release that is known here. */
export const NEWEST_RELEASE: Release = RELEASES[RELEASES.length - 1] ?? CURRENT_RELEASE;

/** Whether a text names a release that is known here. */
export function isKnownRelease(text: string): text is Release {
  return (RELEASES as readonly string[]).includes(text);
}

const NUMBERS = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/;

/** Whether a text names a release that came after all that are known here. */
export function isNewerRelease(text: string): boolean {
  const named = NUMBERS.exec(text)?.slice(1).map(Number);
  const newest = NEWEST_RELEASE.split('.').map(Number);
  const at = newest.findIndex((number, place) => number !== named?.[place]);
  return named !== undefined && at >= 0 && (named[at] ?? 0) > (newest[at] ?? 0);
}

/**
 * The release that a record naming this one is checked against: a newer one than known is checked against the
 * newest known; undefined for a text that names no release.
 */
export function releaseToCheck(text: string): Release | undefined {
  if (isKnownRelease(text)) return text;
  return isNewerRelease(text) ? NEWEST_RELEASE : undefined;
}

/** One thing that was different up to a release. */
export interface Difference {
  /** The last release in which it was valid. */
  until: Release;
  /** Where: `Model.field`; `*` for every model. */
  at: readonly string[];
  /** The field as it was then; null if there was no such field (and nothing was required of it). */
  was?: JsonSchema | null | ((settings: SchemaSettings) => JsonSchema);
  /** Whether the field was required. */
  required?: boolean | ((settings: SchemaSettings) => boolean);
  /** Whether versions that this archive freezes are still required to have it. */
  keptHere?: true;
}

const DANDISETS = ['Dandiset', 'PublishedDandiset'];
const ASSETS = ['Asset', 'PublishedAsset'];
const RECORDS = [...DANDISETS, ...ASSETS];
const DRAFTS = ['Dandiset', 'Asset'];
const PUBLISHED = ['PublishedDandiset', 'PublishedAsset'];

const field = (models: readonly string[], name: string): string[] =>
  models.map((model) => `${model}.${name}`);

// Before archives could have settings of their own, those of DANDI were in the schema.

const oldDoi =
  (...dandiPrefixes: string[]) =>
  ({ prefix, doiPrefix }: SchemaSettings): JsonSchema => {
    const other = doiPrefix === undefined ? '10\\.\\d{4,}' : literally(doiPrefix);
    // As DANDI writes the pattern, which is compared with its own.
    const [first = '', ...more] = dandiPrefixes;
    const dandiPrefix =
      more.length === 0 ? first : `10.(${dandiPrefixes.map((one) => one.slice(3)).join('|')})`;
    return written(
      `^${prefix === 'DANDI' ? dandiPrefix : other}/${prefix.toLowerCase()}\\.\\d{6}/\\d+\\.\\d+\\.\\d+`,
      doiWords(prefix, prefix === 'DANDI' ? dandiPrefixes : [doiPrefix]),
    );
  };

/** `the DOI of a version, such as 10.48324/dandi.000004/0.220126.1852`, for each prefix it may have. */
function doiWords(prefix: string, doiPrefixes: readonly (string | undefined)[]): string {
  const examples = doiPrefixes.map(
    (doiPrefix = '10.12345') => `${doiPrefix}/${prefix.toLowerCase()}.000004/0.220126.1852`,
  );
  return `the DOI of a version, such as ${examples.join(' or ')}`;
}

const siteOf = ({ prefix, site }: SchemaSettings): string => {
  if (prefix === 'DANDI') return 'https://dandiarchive.org';
  return site === undefined ? 'https?://.+' : literally(site.replace(/\/+$/, ''));
};

const pageOfVersion = (site: string): JsonSchema =>
  written(`^${site}/dandiset/\\d{6}/\\d+\\.\\d+\\.\\d+$`, 'the address of the page of a version');

function licenses(until: Release, names: string[]): Difference[] {
  const terms = oneOfTexts(names.map((name) => `spdx:${name}`));
  return [
    { until, at: field(ASSETS, 'license'), was: listOf(terms) },
    { until, at: field(DANDISETS, 'license'), was: listOf(terms, { minItems: 1 }) },
  ];
}

const boundedAddress = (maxLength: number): JsonSchema => ({ ...schemaAddress, maxLength });

/** Addresses in lists and choices had a maximum length while an older library was in use. */
function boundedLists(until: Release, maxLength: number): Difference[] {
  const bounded = boundedAddress(maxLength);
  return [
    { until, at: field(RECORDS, 'protocol'), was: listOf(bounded) },
    { until, at: field(DANDISETS, 'manifestLocation'), was: listOf(bounded, { minItems: 1 }) },
    {
      until,
      at: [...field(ASSETS, 'contentUrl'), ...field(ASSETS, 'sameAs')],
      was: listOf(bounded),
    },
  ];
}

const CURIE = written('^[a-zA-Z0-9]+:[a-zA-Z0-9/._-]+$', 'a compact identifier, prefix:name');

/** The differences of older releases from the current one, newest first. */
export const DIFFERENCES: readonly Difference[] = [
  { until: '0.7.0', at: ['Dandiset.doi', 'Dandiset.releaseNotes'], was: null },
  {
    until: '0.7.0',
    at: [...field(DRAFTS, 'publishedBy'), ...field(DRAFTS, 'datePublished')],
    was: null,
  },
  {
    until: '0.7.0',
    at: [...field(PUBLISHED, 'publishedBy'), ...field(PUBLISHED, 'datePublished')],
    required: true,
    keptHere: true,
  },
  { until: '0.7.0', at: ['PublishedDandiset.url'], required: true, keptHere: true },
  {
    until: '0.7.0',
    at: ['PublishedDandiset.doi'],
    required: ({ doiPrefix }) => doiPrefix !== undefined,
    keptHere: true,
  },
  { until: '0.7.0', at: ['PublishedDandiset.id'], was: publishedId, keptHere: true },
  { until: '0.7.0', at: ['PublishedAsset.id'], was: publishedAssetId, keptHere: true },
  {
    until: '0.6.10',
    at: ['PublishedDandiset.doi'],
    was: oldDoi('10.48324', '10.80507'),
    required: true,
  },
  {
    until: '0.6.10',
    at: ['PublishedDandiset.id'],
    was: ({ prefix }) =>
      written(
        `^${prefix}:\\d{6}/\\d+\\.\\d+\\.\\d+`,
        `an identifier with its version, such as ${prefix}:000004/0.220126.1852`,
      ),
  },
  { until: '0.6.10', at: ['PublishedDandiset.releaseNotes'], was: null },
  { until: '0.6.10', at: field(DANDISETS, 'sameAs'), was: null },
  ...licenses('0.6.10', ['CC0-1.0', 'CC-BY-4.0']),
  { until: '0.6.9', at: field(DANDISETS, 'description'), was: text({ maxLength: 3000 }) },
  {
    until: '0.6.8',
    at: field(ASSETS, 'digest'),
    was: { type: 'object', additionalProperties: text() },
  },
  { until: '0.6.6', at: ['Resource.resourceType'], was: null },
  ...boundedLists('0.6.4', 65_536),
  ...boundedLists('0.6.3', 2083),
  { until: '0.6.3', at: ['PublishedDandiset.url'], was: pageOfVersion('.*') },
  {
    until: '0.6.2',
    at: ['PublishedDandiset.url'],
    was: (settings) => ({ ...pageOfVersion(siteOf(settings)), format: 'uri', maxLength: 1000 }),
  },
  { until: '0.6.1', at: ['AccessRequirements.status'], was: oneOfTexts(['dandi:OpenAccess']) },
  { until: '0.5.2', at: ['*.schemaKey'], required: false },
  ...licenses('0.5.1', ['CC0-1.0', 'CC-BY-4.0', 'CC-BY-NC-4.0']),
  { until: '0.4.4', at: ['PublishedDandiset.doi'], was: oldDoi('10.80507'), required: true },
  {
    until: '0.4.4',
    at: ['PublishedDandiset.url'],
    was: (settings) => pageOfVersion(siteOf(settings)),
  },
  {
    until: '0.4.4',
    at: ['Organization.identifier', 'Affiliation.identifier'],
    was: written('^https://ror.org/[a-z0-9]+$', 'a ROR address, such as https://ror.org/042nb2s44'),
  },
  {
    until: '0.4.4',
    at: field(TERM_MODELS, 'identifier'),
    was: { anyOf: [boundedAddress(2083), CURIE] },
  },
  { until: '0.4.4', at: field(ASSETS, 'access'), was: listOf(ref('AccessRequirements')) },
  { until: '0.4.4', at: ['EthicsApproval.contactPoint'], required: true },
  {
    until: '0.4.4',
    at: [
      'Affiliation.name',
      'BioSample.identifier',
      'BioSample.sampleType',
      'Participant.identifier',
      'PropertyValue.value',
      ...field(ASSETS, 'contentUrl'),
    ],
    required: false,
  },
];
