import { describe, expect, it } from 'vitest';

import type { JsonObject, JsonValue } from '../json/json-text.ts';
import { canReceiveMail, isPersonName } from './rules/people.ts';
import { isWebAddress } from './rules/references.ts';
import { SEMANTIC_RULES, semanticProblems, type RuleContext } from './semantic-rules.ts';

const settings = {
  prefix: 'LAB-DANDI',
  site: 'https://lab.example/',
  licenses: ['spdx:CC0-1.0'],
};

const contact: JsonObject = {
  schemaKey: 'Person',
  name: 'Doe, Jane',
  email: 'jane@lab.example',
  roleName: ['dcite:ContactPerson'],
};
const dandiset: JsonObject = { schemaKey: 'Dandiset', contributor: [contact] };
const version: JsonObject = {
  ...dandiset,
  url: 'https://lab.example/dandiset/000001/0.240101.1200',
  assetsSummary: { schemaKey: 'AssetsSummary', numberOfBytes: 1, numberOfFiles: 1 },
};
const etag = `${'0'.repeat(32)}-1`;
const checksum = `${'0'.repeat(32)}-3--128`;
const blob: JsonObject = {
  schemaKey: 'Asset',
  identifier: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  encodingFormat: 'application/x-nwb',
  contentSize: 1,
  digest: { 'dandi:dandi-etag': etag, 'dandi:sha2-256': 'f'.repeat(64) },
};
const zarr: JsonObject = {
  ...blob,
  encodingFormat: 'application/x-zarr',
  contentSize: 128,
  digest: { 'dandi:dandi-zarr-checksum': checksum },
};

function broken(record: JsonValue, kind: RuleContext['kind'], authored = false): string[] {
  return semanticProblems(record, { kind, settings, authored }).map(
    ({ rule, pointer }) => `${rule} ${pointer}`,
  );
}

const resource = (more: JsonObject): JsonObject => ({
  ...dandiset,
  relatedResource: [{ schemaKey: 'Resource', relation: 'dcite:IsDescribedBy', ...more }],
});
const about = (identifier: string): JsonObject => ({
  ...dandiset,
  about: [{ schemaKey: 'Anatomy', identifier }],
});
const access = (more: JsonObject): JsonObject => ({
  ...dandiset,
  access: [{ schemaKey: 'AccessRequirements', status: 'dandi:EmbargoedAccess', ...more }],
});
const measured = (value: JsonValue): JsonObject => ({
  ...blob,
  variableMeasured: [{ schemaKey: 'PropertyValue', value }],
});

/** One broken record for each rule, and where it is broken. */
const BROKEN: [place: string, kind: RuleContext['kind'], record: JsonObject][] = [
  ['contact-person /contributor', 'Dandiset', { ...dandiset, contributor: [] }],
  [
    'contact-person-email /contributor/0',
    'Dandiset',
    { contributor: [{ ...contact, email: null }] },
  ],
  ['person-name /contributor/0/name', 'Dandiset', { contributor: [{ ...contact, name: 'Plato' }] }],
  [
    'email-form /contributor/0/email',
    'Dandiset',
    { contributor: [{ ...contact, email: 'a@lab.local' }] },
  ],
  ['web-address /relatedResource/0/url', 'Dandiset', resource({ url: 'ftp://lab.example' })],
  ['identifier-form /about/0/identifier', 'Dandiset', about('urn:a:b')],
  ['resource-target /relatedResource/0', 'Dandiset', resource({ url: null })],
  ['embargo-date /access/0', 'Dandiset', access({})],
  ['calendar-date /access/0/embargoedUntil', 'Dandiset', access({ embargoedUntil: '0000-01-01' })],
  ['property-value /variableMeasured/0/value', 'Asset', measured(0)],
  ['blob-digest /digest', 'Asset', { ...blob, digest: {} }],
  ['zarr-digest /digest', 'Asset', { ...zarr, digest: {} }],
  ['zarr-size /contentSize', 'Asset', { ...zarr, contentSize: 127 }],
  ['content-size /contentSize', 'Asset', { ...blob, contentSize: -1 }],
  ['asset-identifier /identifier', 'Asset', { ...blob, identifier: 'x' }],
  ['published-digest /digest', 'PublishedAsset', { ...blob, digest: { 'dandi:dandi-etag': etag } }],
  [
    'empty-version /assetsSummary/numberOfFiles',
    'PublishedDandiset',
    {
      ...version,
      assetsSummary: { schemaKey: 'AssetsSummary', numberOfFiles: 0, numberOfBytes: 1 },
    },
  ],
  [
    'published-address /url',
    'PublishedDandiset',
    { ...version, url: 'https://elsewhere.example/' },
  ],
];

describe('SEMANTIC_RULES', () => {
  it('find nothing in whole records', () => {
    expect(broken(dandiset, 'Dandiset')).toEqual([]);
    expect(broken(version, 'PublishedDandiset')).toEqual([]);
    expect(broken(blob, 'PublishedAsset')).toEqual([]);
    expect(broken(zarr, 'PublishedAsset')).toEqual([]);
    expect(broken(about('UBERON:0000955'), 'Dandiset')).toEqual([]);
    expect(broken(resource({ identifier: 'doi:10.1/2' }), 'Dandiset')).toEqual([]);
  });

  it.each(BROKEN)('%s is found alone', (place, kind, record) => {
    expect(broken(record, kind)).toEqual([place]);
  });

  it('each have a broken record above, a unique id and texts', () => {
    const ids = SEMANTIC_RULES.map(({ id }) => id);
    expect(BROKEN.map(([place]) => place.split(' ')[0])).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { title, explanation, hint } of SEMANTIC_RULES) {
      for (const text of [title, explanation, hint]) expect(text.length).toBeGreaterThan(10);
    }
  });

  it('do not look at computed fields of authored records', () => {
    expect(broken({ ...dandiset, url: 'ftp://x' }, 'Dandiset', true)).toEqual([]);
    expect(broken({ ...blob, identifier: 'x' }, 'Asset', true)).toEqual([]);
  });

  it('look into fields they know, wherever these are, and into no others', () => {
    const inside = [
      { schemaKey: 'Session', name: 's', wasAssociatedWith: [{ ...contact, email: null }] },
    ];
    expect(broken({ ...blob, wasGeneratedBy: inside }, 'Asset')).toEqual([
      'contact-person-email /wasGeneratedBy/0/wasAssociatedWith/0',
    ]);
    expect(broken({ ...blob, unknown: inside }, 'Asset')).toEqual([]);
  });

  it('name a bounded number of locations and stay quick on hostile texts', () => {
    const spaces = `Doe,${' '.repeat(1_000_000)}\u0000`;
    const people = Array.from({ length: 2000 }, () => ({ ...contact, name: 'Plato' }));
    const record = { contributor: [...people, { ...contact, name: spaces, email: null }] };
    expect(broken(record, 'Dandiset')).toHaveLength(101);
    expect(isPersonName(spaces)).toBe(false);
    expect(isWebAddress(`https://${'a.'.repeat(1_000_000)}/`)).toBe(true);
    for (const odd of [null, 7, 'x', [], { contributor: 7 }, { digest: [], about: [null, [[]]] }]) {
      expect(() => broken(odd as JsonValue, 'Asset')).not.toThrow();
      expect(() => broken(odd as JsonValue, 'PublishedDandiset')).not.toThrow();
    }
  });
});

describe('forms', () => {
  it('of names: any script, one comma', () => {
    for (const name of [
      'Ärzte, Øyvind',
      "O'Brien, Pat J.",
      '山田, 太郎',
      'von der Malsburg-X, A',
    ]) {
      expect(isPersonName(name), name).toBe(true);
    }
    for (const name of ['', 'Plato', 'Doe,Jane', 'Doe, ', ', Jane', 'A, B, C', 'Doe, Jane (PhD)']) {
      expect(isPersonName(name), name).toBe(false);
    }
  });

  it('of addresses: http or https, and a host', () => {
    for (const url of [
      'https://a.org',
      'HTTP://a.org/b?c#d',
      'https://u@a.org:80/',
      'http://[::1]/',
      'http://127.0.0.1',
    ]) {
      expect(isWebAddress(url), url).toBe(true);
    }
    for (const url of [
      'ftp://a.org',
      'https://',
      'https://?x',
      'https://u@',
      'https://a:99999',
      'https://1.2.3.4.5',
      'https://a%20b/',
      'mailto:a@b.org',
    ]) {
      expect(isWebAddress(url), url).toBe(false);
    }
  });

  it('of e-mail addresses: a public domain', () => {
    expect(canReceiveMail('a@b.org')).toBe(true);
    for (const email of ['a@lab.local', 'a@b.c1', 'a@ab--c.org', `a@${'b'.repeat(64)}.org`]) {
      expect(canReceiveMail(email), email).toBe(false);
    }
  });
});
