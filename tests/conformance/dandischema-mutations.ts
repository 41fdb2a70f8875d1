// Records with one to three faults injected at random places. The same seed makes the same records.

import { isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json/json-text.ts';

/** Numbers from 0 up to 1, the same sequence for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Place {
  holder: JsonObject | JsonValue[];
  key: string | number;
  value: JsonValue;
  /** The nearest name above. */
  name: string;
}

function placesIn(value: JsonValue, name = ''): Place[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, key) => [
      { holder: value, key, value: item, name },
      ...placesIn(item, name),
    ]);
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    { holder: value, key, value: item, name: key },
    ...placesIn(item, key),
  ]);
}

function put({ holder, key }: Place, value: JsonValue): void {
  if (Array.isArray(holder)) holder[key as number] = value;
  else holder[key as string] = value;
}

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ETAG = `${'0'.repeat(32)}-1`;
const ZARR = `${'0'.repeat(32)}-3--128`;

/** Values of the right type that may be wrong in their place, by the name of the field. */
const VARIANTS: Record<string, readonly JsonValue[]> = {
  email: [
    'a@b.org',
    'a@b',
    'a@lab.local',
    'a@lab.test',
    'a@b.c1',
    'a b@c.org',
    `a@${'b'.repeat(64)}.org`,
    'a@ab--c.org',
    '',
  ],
  name: [
    'Ärzte, Øyvind',
    'Müller-Łuczak, J. O’Neil',
    "O'Brien, Pat",
    'Plato',
    'Doe,Jane',
    'Doe, ',
    ', Jane',
    '山田, 太郎',
    'Doe, Jane (PhD)',
    'x'.repeat(151),
    'x'.repeat(150),
  ],
  url: [
    'https://example.org/a',
    'http://example.org',
    'ftp://example.org/a',
    'https://',
    'https://a b',
    'example.org',
    'mailto:a@b.org',
    'https://1.2.3.4.5/',
    'https://x:99999/',
    `https://example.org/${'a'.repeat(990)}`,
    '',
  ],
  identifier: [
    'UBERON:0000955',
    'http://purl.obolibrary.org/obo/UBERON_0000955',
    'a b',
    'doi:10.1/2',
    'https://ror.org/042nb2s44',
    'https://ror.org/UPPER',
    '0000-0002-1825-0097',
    '0000-0002-1825-009X',
    '1825-0097',
    'RRID:SCR_017571',
    'SCR_017571',
    UUID,
    UUID.replace('41d3', '11d3'),
    'urn:x:y:z',
    '',
  ],
  id: [
    `dandiasset:${UUID}`,
    UUID,
    'DEMO-DANDI:000001/draft',
    'DEMO-DANDI:000001/0.240101.1200',
    'demo-dandi:000001/draft',
    'DANDI:000001/draft',
    'x',
  ],
  schemaKey: [
    'Person',
    'Organization',
    'Anatomy',
    'Disorder',
    'GenericType',
    'Session',
    'Project',
    'Activity',
    'Nonsense',
    'PublishActivity',
    'Asset',
    'Dandiset',
  ],
  roleName: [['dcite:ContactPerson'], [], ['dcite:Author'], ['Author'], ['dcite:Nonsense']],
  relation: ['dcite:IsDescribedBy', 'dcite:isDescribedBy', 'IsDescribedBy', 'dandi:isChildOf'],
  resourceType: ['dcite:JournalArticle', 'dcite:Article', 'JournalArticle'],
  license: [['spdx:CC0-1.0'], ['spdx:CC-BY-NC-4.0'], [], ['CC0-1.0']],
  status: ['dandi:OpenAccess', 'dandi:EmbargoedAccess', 'dandi:RestrictedAccess'],
  encodingFormat: ['application/x-nwb', 'application/x-zarr', 'text/plain', ''],
  digest: [
    {},
    { 'dandi:dandi-etag': ETAG },
    { 'dandi:dandi-zarr-checksum': ZARR },
    { 'dandi:dandi-etag': ETAG, 'dandi:dandi-zarr-checksum': ZARR },
    { 'dandi:dandi-etag': ETAG, 'dandi:nonsense': 'x' },
    { 'dandi:dandi-etag': ETAG, 'dandi:sha2-256': 'f'.repeat(64) },
    { 'dandi:dandi-etag': ETAG, 'dandi:sha2-256': 'F'.repeat(64) },
  ],
  'dandi:dandi-etag': ['', ETAG, `${ETAG}00000`, ETAG.toUpperCase(), 'x'],
  'dandi:sha2-256': ['', 'f'.repeat(64), 'f'.repeat(63), `${'f'.repeat(64)}\n`],
  'dandi:dandi-zarr-checksum': ['', ZARR, `${ZARR} `, '0-3--128'],
  contentSize: [0, 1, -1, 128, 1.5, 3e9],
  numberOfFiles: [0, 1, -1],
  numberOfBytes: [0, 1, 12.5],
  value: [0, 1, '', '0', 'P30D', false, [], [0], {}],
  datePublished: [
    '2024-05-06T07:08:09Z',
    '2024-05-06T07:08:09.123456+02:00',
    '2024-02-30T00:00:00Z',
    '2024-05-06',
    '2024-05-06T07:08:60Z',
    'May 2024',
    '',
  ],
  dateModified: [
    '2024-05-06T07:08:09Z',
    '0000-05-06T07:08:09Z',
    '2024-05-06T25:08:09Z',
    'yesterday',
  ],
  startDate: ['2024-05-06T07:08:09-05:00', '2024-05-06T07:08:09', '2024-13-06T07:08:09Z', ''],
  sameAs: [
    ['dandi://DANDI/000004'],
    ['dandi://DANDI/000004@draft'],
    ['https://example.org/'],
    ['dandi:000004'],
    [],
  ],
  doi: [
    '',
    '10.12345/demo-dandi.000001/0.240101.1200',
    '10.1/x',
    '10.12345/dandi.000001/0.240101.1200',
  ],
  description: ['', 'x'.repeat(10_000), 'x'.repeat(10_001)],
};

/** Whole parts, some of them faulty, by the field they are added to. */
const PARTS: readonly [field: string, part: JsonValue][] = [
  ['relatedResource', [{ schemaKey: 'Resource', relation: 'dcite:IsDescribedBy' }]],
  ['relatedResource', [{ schemaKey: 'Resource', relation: 'dcite:IsDescribedBy', identifier: '' }]],
  [
    'relatedResource',
    [{ schemaKey: 'Resource', relation: 'dcite:IsDescribedBy', url: 'https://example.org' }],
  ],
  ['relatedResource', [{ schemaKey: 'Resource', url: 'https://example.org' }]],
  ['access', [{ schemaKey: 'AccessRequirements', status: 'dandi:EmbargoedAccess' }]],
  [
    'access',
    [
      {
        schemaKey: 'AccessRequirements',
        status: 'dandi:EmbargoedAccess',
        embargoedUntil: '2030-01-31',
      },
    ],
  ],
  [
    'access',
    [
      { schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' },
      { schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' },
    ],
  ],
  ['contributor', [{ schemaKey: 'Person', name: 'Doe, Jane', roleName: ['dcite:ContactPerson'] }]],
  [
    'contributor',
    [{ schemaKey: 'Person', name: 'Doe, Jane', roleName: ['dcite:Author'], email: 'a@b.org' }],
  ],
  [
    'contributor',
    [{ schemaKey: 'Organization', roleName: ['dcite:ContactPerson'], email: 'a@b.org' }],
  ],
  [
    'contributor',
    [
      {
        schemaKey: 'Organization',
        identifier: 'https://ror.org/',
        contactPoint: [{ schemaKey: 'ContactPoint', email: 'a@b' }],
      },
    ],
  ],
  ['about', [{ schemaKey: 'Anatomy', identifier: 'UBERON:0000955', name: 'brain' }]],
  ['about', [{ schemaKey: 'Disorder', dxdate: ['2020-01-01', '2020-01-01T00:00:00Z'] }]],
  ['about', [{ schemaKey: 'Disorder', dxdate: ['2020'] }]],
  ['about', [{ schemaKey: 'SpeciesType', name: 'mouse' }]],
  [
    'wasAttributedTo',
    [
      {
        schemaKey: 'Participant',
        identifier: 'sub-1',
        age: { schemaKey: 'PropertyValue', value: 0 },
      },
    ],
  ],
  [
    'wasAttributedTo',
    [
      {
        schemaKey: 'Participant',
        identifier: 'sub-1',
        genotype: 'wt',
        vendor: { schemaKey: 'Organization', roleName: ['dcite:ContactPerson'] },
      },
    ],
  ],
  [
    'wasAttributedTo',
    [
      {
        schemaKey: 'Participant',
        identifier: 'sub-1',
        genotype: [
          {
            schemaKey: 'GenotypeInfo',
            locus: { schemaKey: 'Locus', identifier: ['a'] },
            alleles: [{ schemaKey: 'Allele', identifier: 'x' }],
          },
        ],
      },
    ],
  ],
  [
    'wasGeneratedBy',
    [
      {
        schemaKey: 'Project',
        name: 'p',
        wasAssociatedWith: [{ schemaKey: 'Software', name: 's' }],
      },
    ],
  ],
  [
    'wasGeneratedBy',
    [
      {
        schemaKey: 'Project',
        name: 'p',
        wasAssociatedWith: [{ schemaKey: 'Agent', name: 's', url: 'ftp://x.org' }],
      },
    ],
  ],
  [
    'variableMeasured',
    [
      {
        schemaKey: 'PropertyValue',
        value: 'x',
        valueReference: { schemaKey: 'PropertyValue', value: [] },
      },
    ],
  ],
  [
    'ethicsApproval',
    [
      {
        schemaKey: 'EthicsApproval',
        contactPoint: { schemaKey: 'ContactPoint', url: 'https://example.org' },
      },
    ],
  ],
  ['protocol', ['https://protocols.io/x', 'not an address']],
  ['unknownField', { anything: [1, null] }],
];

const OTHER_TYPES: readonly JsonValue[] = [
  null,
  'text',
  7,
  true,
  [],
  {},
  ['text'],
  'https://example.org',
];

/** A copy of a record with one to three random faults (a few of them harmless). */
export function mutated(base: JsonObject, random: () => number): JsonObject {
  const record = structuredClone(base);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const actions: (() => void)[] = [
    () => {
      const { holder, key } = pick(placesIn(record));
      if (Array.isArray(holder)) holder.splice(key as number, 1);
      else delete holder[key as string];
    },
    () => put(pick(placesIn(record)), pick(OTHER_TYPES)),
    () => {
      const texts = placesIn(record).filter(({ value }) => typeof value === 'string');
      const place = pick(texts);
      const value = String(place.value);
      put(
        place,
        pick([`${value}!`, ` ${value}`, value.slice(1), value.toUpperCase(), '', `${value}X`]),
      );
    },
    () => {
      const lists = placesIn(record).filter(({ value }) => Array.isArray(value));
      if (lists.length > 0) put(pick(lists), []);
    },
    () => {
      const known = placesIn(record).filter(({ name }) => Object.hasOwn(VARIANTS, name));
      const name = pick([...new Set(known.map((place) => place.name))]);
      put(
        pick(known.filter((place) => place.name === name)),
        structuredClone(pick(VARIANTS[name] ?? [''])),
      );
    },
    () => {
      const [field, part] = pick(PARTS);
      record[field] = structuredClone(part);
    },
  ];
  const weighted = [0, 0, 1, 2, 3, 4, 4, 4, 5, 5];
  const count = 1 + Math.floor(random() * 3);
  for (let index = 0; index < count && Object.keys(record).length > 0; index += 1) {
    actions[pick(weighted)]?.();
  }
  return record;
}
