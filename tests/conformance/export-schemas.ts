// JSON Schemas of what exports must contain at least, by the standards' own lists of requirements.

const text = { type: 'string', minLength: 1 };
const address = { type: 'string', pattern: '^https?://[^\\s<>"]+$' };
const agent = {
  type: 'object',
  required: ['@type', 'name'],
  properties: {
    '@type': { enum: ['Person', 'Organization'] },
    '@id': {
      type: 'string',
      pattern: '^https://(orcid\\.org/(\\d{4}-){3}\\d{3}[\\dX]|ror\\.org/[a-z0-9]+)$',
    },
    name: text,
  },
};
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}(T.*(Z|[+-]\\d{2}:\\d{2}))?$' };
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const encoding = {
  type: 'array',
  minItems: 1,
  items: { type: 'string', pattern: '^[^/]+/[^/]+$' },
};

/** The minimum of the Bioschemas Dataset profile, and what Google requires of a Dataset. */
export const BIOSCHEMAS = {
  type: 'object',
  required: [
    ...['@context', '@type', '@id', 'dct:conformsTo', 'description', 'identifier', 'keywords'],
    ...['license', 'name', 'url', 'version', 'publisher', 'includedInDataCatalog'],
    ...['conditionsOfAccess', 'isAccessibleForFree', 'datePublished', 'sdLicense'],
  ],
  properties: {
    '@type': { const: 'Dataset' },
    '@id': address,
    url: address,
    name: text,
    description: { type: 'string', minLength: 50 },
    keywords: { type: 'array', minItems: 1, items: text },
    conditionsOfAccess: { type: 'string', pattern: '^http://purl.org/coar/access_right/c_' },
    creator: { type: 'array', minItems: 1, items: agent },
    author: { type: 'array', minItems: 1, items: agent },
    datePublished: time,
    dateCreated: time,
    dateModified: time,
    distribution: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'object',
        required: ['@type', 'contentUrl', 'encodingFormat'],
        properties: { contentUrl: address, sha256 },
      },
    },
  },
};

/** What a draft says: all of that but what only publication gives. A draft may lack its licence. */
export const DRAFT = {
  ...BIOSCHEMAS,
  required: BIOSCHEMAS.required.filter((name) => name !== 'datePublished' && name !== 'license'),
  properties: {
    ...BIOSCHEMAS.properties,
    '@id': { type: 'string', pattern: '^https?://(?!doi\\.org/)' },
    version: { const: 'draft' },
    creativeWorkStatus: { const: 'Draft' },
    identifier: {
      type: 'array',
      items: { properties: { value: { not: { type: 'string', pattern: '^doi:' } } } },
    },
    datePublished: false,
    creditText: false,
  },
};

export const CROISSANT = {
  type: 'object',
  required: [
    ...['@context', '@type', 'conformsTo', 'name', 'description', 'license', 'url', 'creator'],
    ...['datePublished', 'version', 'citeAs'],
  ],
  properties: {
    '@type': { const: 'sc:Dataset' },
    conformsTo: { const: 'http://mlcommons.org/croissant/1.1' },
    license: { type: 'array', minItems: 1, items: text },
    url: address,
    creator: { type: 'array', minItems: 1, items: agent },
    datePublished: time,
    distribution: {
      type: 'array',
      minItems: 1,
      maxItems: 1000,
      items: {
        type: 'object',
        required: ['@type', '@id', 'name', 'encodingFormat'],
        if: { properties: { '@type': { const: 'cr:FileObject' } } },
        then: {
          required: ['contentUrl', 'sha256'],
          properties: { contentUrl: address, sha256 },
        },
        else: { required: ['includes'], properties: { '@type': { const: 'cr:FileSet' } } },
      },
    },
  },
};

const ANYWHERE = [
  'CreativeWork',
  'DefinedTerm',
  'Grant',
  'Organization',
  'Person',
  'PropertyValue',
];

/** Every type that an export may name, at any depth: a schema ignores a type it does not know. */
export const TYPES: Readonly<Record<string, ReadonlySet<string>>> = {
  'schema.jsonld': new Set([
    ...ANYWHERE,
    ...['DataCatalog', 'DataDownload', 'Dataset', 'ResearchProject', 'Role'],
    ...['ScholarlyArticle', 'SoftwareSourceCode'],
  ]),
  'croissant.jsonld': new Set([
    ...['Organization', 'Person', 'cr:FileObject', 'cr:FileSet', 'sc:Dataset'],
  ]),
  'ro-crate-metadata.json': new Set([...ANYWHERE, 'Dataset', 'File', 'ScholarlyArticle']),
};

const reference = { type: 'object', required: ['@id'] };

export const RO_CRATE = {
  type: 'object',
  required: ['@context', '@graph'],
  properties: {
    '@context': { const: 'https://w3id.org/ro/crate/1.2/context' },
    '@graph': {
      type: 'array',
      minItems: 2,
      prefixItems: [
        {
          required: ['about', 'conformsTo'],
          properties: {
            '@id': { const: 'ro-crate-metadata.json' },
            '@type': { const: 'CreativeWork' },
            conformsTo: { const: { '@id': 'https://w3id.org/ro/crate/1.2' } },
          },
        },
        {
          required: ['name', 'description', 'datePublished', 'license', 'identifier', 'cite-as'],
          properties: {
            '@id': address,
            '@type': { const: 'Dataset' },
            datePublished: time,
            hasPart: { type: 'array', minItems: 1, items: reference },
            author: { type: 'array', minItems: 1, items: reference },
          },
        },
      ],
      items: {
        type: 'object',
        required: ['@id', '@type'],
        if: { properties: { '@type': { const: 'File' } } },
        then: {
          required: ['name', 'encodingFormat', 'sdDatePublished'],
          properties: { '@id': address, sha256, encodingFormat: { anyOf: [encoding, text] } },
        },
      },
    },
  },
};

/** The record itself as JSON-LD: what DANDI's own records hold, and no personal address. */
export const RECORD = {
  type: 'object',
  required: ['@context', 'schemaKey', 'schemaVersion', 'identifier', 'version', 'name', 'license'],
  properties: {
    schemaKey: { const: 'Dandiset' },
    name: text,
    contributor: { type: 'array', items: { type: 'object', properties: { email: false } } },
  },
};
