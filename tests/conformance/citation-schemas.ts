// What CITATION.cff 1.2.0 and CSL-JSON require of the parts we write, in our own words.

const text = { type: 'string', minLength: 1 };
const webAddress = { type: 'string', format: 'uri', pattern: '^https?://.+' };
const orcid = {
  type: 'string',
  pattern: '^https://orcid\\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$',
};

function closedObject(properties: object, required: string[]): object {
  return { type: 'object', properties, required, additionalProperties: false };
}

export const CFF_SCHEMA = closedObject(
  {
    'cff-version': { const: '1.2.0' },
    message: text,
    type: { enum: ['dataset', 'software'] },
    title: text,
    version: text,
    'date-released': { type: 'string', format: 'date' },
    doi: { type: 'string', pattern: '^10\\.\\d{4,9}(\\.\\d+)?/[A-Za-z0-9:/_;\\-.()\\[\\]\\\\]+$' },
    url: webAddress,
    license: { enum: ['CC0-1.0', 'CC-BY-4.0', 'CC-BY-NC-4.0'] },
    'license-url': webAddress,
    abstract: text,
    authors: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: {
        anyOf: [
          closedObject(
            {
              'family-names': text,
              'given-names': text,
              'name-particle': text,
              'name-suffix': text,
              affiliation: text,
              orcid,
            },
            ['family-names'],
          ),
          closedObject({ name: text, orcid, website: webAddress }, ['name']),
        ],
      },
    },
    identifiers: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: closedObject({ type: { const: 'other' }, value: text, description: text }, [
        'type',
        'value',
      ]),
    },
    keywords: { type: 'array', minItems: 1, uniqueItems: true, items: text },
  },
  ['cff-version', 'message', 'title', 'authors'],
);

export const CSL_SCHEMA = {
  type: 'array',
  minItems: 1,
  maxItems: 1,
  items: closedObject(
    {
      id: { type: 'string', pattern: '^[a-z0-9_]+$' },
      type: { const: 'dataset' },
      title: text,
      author: {
        type: 'array',
        minItems: 1,
        items: {
          anyOf: [
            closedObject({ literal: text }, ['literal']),
            closedObject(
              { family: text, given: text, 'non-dropping-particle': text, suffix: text },
              ['family'],
            ),
          ],
        },
      },
      issued: closedObject(
        {
          'date-parts': {
            type: 'array',
            minItems: 1,
            maxItems: 1,
            items: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'integer' } },
          },
        },
        ['date-parts'],
      ),
      version: text,
      publisher: text,
      DOI: { type: 'string', pattern: '^10\\.' },
      URL: webAddress,
      abstract: text,
      keyword: text,
      note: text,
    },
    ['id', 'type', 'title', 'version', 'publisher', 'URL', 'note'],
  ),
};
