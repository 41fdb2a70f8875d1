import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import type { JsonObject, JsonValue } from '../json/json-text.ts';
import {
  COMPUTED_DANDISET_FIELDS,
  CURRENT_RELEASE,
  isKnownRelease,
  MOST_SCHEMA_PROBLEMS,
  RECORD_KINDS,
  RELEASES,
  schemaProblems,
  schemaFor,
  type RecordKind,
  type SchemaQuestion,
  type SchemaSettings,
} from './validate.ts';

const settings: SchemaSettings = {
  prefix: 'LAB-DANDI',
  site: 'https://lab.example/',
  licenses: ['spdx:CC0-1.0'],
};

const authored: JsonObject = {
  schemaKey: 'Dandiset',
  schemaVersion: '0.7.0',
  identifier: 'LAB-DANDI:000001',
  name: 'A title',
  description: 'What was measured.',
  license: ['spdx:CC0-1.0'],
  contributor: [{ schemaKey: 'Person', name: 'Doe, Jane', roleName: ['dcite:Author'] }],
};

const asset: JsonObject = {
  schemaKey: 'Asset',
  schemaVersion: '0.7.0',
  path: 'sub-1/sub-1.nwb',
  contentSize: 1,
  encodingFormat: 'application/x-nwb',
  digest: { 'dandi:dandi-etag': `${'0'.repeat(32)}-1` },
};

function faults(record: JsonValue, question: Partial<SchemaQuestion> = {}): string[] {
  const kind: RecordKind = question.kind ?? 'Dandiset';
  const asked = { release: CURRENT_RELEASE, kind, authored: true, settings, ...question };
  return schemaProblems(record, asked).map(({ pointer, message }) => `${pointer}: ${message}`);
}

describe('schemaFor', () => {
  it('gives a valid schema for every release and kind', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false });
    for (const release of RELEASES) {
      for (const kind of RECORD_KINDS) {
        const schema = schemaFor({ release, kind, settings });
        expect(ajv.validateSchema(schema), `${release} ${kind}`).toBe(true);
      }
    }
  });

  it('follows the settings of the archive', () => {
    const schema = schemaFor({ release: '0.7.0', kind: 'PublishedDandiset', settings });
    expect(schema.required).not.toContain('doi');
    expect(schema.properties?.['doi']?.pattern).toContain('lab-dandi');
    const withDoi = { ...settings, doiPrefix: '10.12345' };
    const second = schemaFor({ release: '0.7.0', kind: 'PublishedDandiset', settings: withDoi });
    expect(second.required).toContain('doi');
    expect(second.properties?.['doi']?.pattern).toMatch(/^\^10\\\.12345\//);
  });

  it('names the prefix that the DOI of an old release must have', () => {
    const doiMessages = (
      release: SchemaQuestion['release'],
      more: Partial<SchemaSettings>,
    ): string[] =>
      faults(
        { ...authored, schemaVersion: release, doi: '10.1/x' },
        { release, kind: 'PublishedDandiset', authored: false, settings: { ...settings, ...more } },
      ).filter((fault) => fault.startsWith('/doi:'));
    const version = '000004/0.220126.1852';
    expect(doiMessages('0.4.4', { prefix: 'DANDI' })).toEqual([
      `/doi: doi must be the DOI of a version, such as 10.80507/dandi.${version}, not "10.1/x".`,
    ]);
    expect(doiMessages('0.6.0', { prefix: 'DANDI' })).toEqual([
      `/doi: doi must be the DOI of a version, such as 10.48324/dandi.${version} or 10.80507/dandi.${version}, not "10.1/x".`,
    ]);
    expect(doiMessages('0.6.0', { doiPrefix: '10.5555' })).toEqual([
      `/doi: doi must be the DOI of a version, such as 10.5555/lab-dandi.${version}, not "10.1/x".`,
    ]);
  });

  it('puts the settings of the archive into older releases too', () => {
    const own = schemaFor({ release: '0.5.1', kind: 'PublishedDandiset', settings });
    expect(own.properties?.['id']?.pattern).toMatch(/^\^LAB-DANDI:/);
    expect(own.properties?.['url']?.pattern).toContain('lab\\.example');
  });

  it('accepts any licence if the archive names none', () => {
    const open = { ...settings, licenses: [] };
    expect(faults({ ...authored, license: ['spdx:ODbL-1.0'] })).toHaveLength(1);
    expect(faults({ ...authored, license: ['spdx:ODbL-1.0'] }, { settings: open })).toEqual([]);
    expect(faults({ ...authored, license: [] }, { settings: open })).toHaveLength(1);
  });

  it('leaves computed fields out of what an author writes', () => {
    const schema = schemaFor({ release: '0.7.0', kind: 'Dandiset', settings, authored: true });
    for (const name of COMPUTED_DANDISET_FIELDS) {
      expect(Object.keys(schema.properties ?? {})).not.toContain(name);
      expect(schema.required).not.toContain(name);
    }
  });
});

describe('schemaProblems', () => {
  it('finds nothing in a whole record', () => {
    expect(faults(authored)).toEqual([]);
    expect(faults(asset, { kind: 'Asset' })).toEqual([]);
  });

  it('ignores computed fields an author wrote, and requires them elsewhere', () => {
    expect(faults({ ...authored, citation: 7, assetsSummary: 'none' })).toEqual([]);
    expect(faults(authored, { authored: false })).toContain(
      ': the record must have "assetsSummary".',
    );
  });

  it('names an unknown release instead of guessing', () => {
    expect(isKnownRelease('0.5.3')).toBe(false);
    expect(faults(authored, { release: '0.5.3' })).toEqual([
      '/schemaVersion: schemaVersion names a release that is not known: "0.5.3".',
    ]);
  });

  it('checks a record of a newer release against the newest that is known', () => {
    expect(faults(authored, { release: '9.9.9' })).toEqual([]);
    expect(faults({ ...authored, name: 7 }, { release: '9.9.9' })).toEqual([
      '/name: name must be text, not 7.',
    ]);
  });

  it('says in plain words what must be there', () => {
    const record = {
      ...authored,
      name: 'x'.repeat(151),
      license: [],
      keywords: 'cortex',
      contributor: [
        { schemaKey: 'Person', roleName: ['Author'], identifier: '0000-0001' },
        { schemaKey: 'Organization', email: 'nobody', url: 'example org' },
      ],
    };
    expect(faults(record)).toEqual([
      '/contributor/0: contributor 1 must have "name".',
      '/contributor/0/identifier: contributor 1, identifier must be an ORCID without its address, such as 0000-0002-1825-0097, not "0000-0001".',
      '/contributor/0/roleName/0: contributor 1, roleName 1 must be one of dcite:Author, dcite:Conceptualization, dcite:ContactPerson, dcite:DataCollector, dcite:DataCurator, dcite:DataManager, dcite:FormalAnalysis, dcite:FundingAcquisition and 20 more terms, not "Author".',
      '/contributor/1/email: contributor 2, email must be an e-mail address, not "nobody".',
      '/contributor/1/url: contributor 2, url must be a full address (https://…) or a compact identifier (prefix:name), not "example org".',
      '/keywords: keywords must be a list, not "cortex".',
      '/license: license must have at least one entry.',
      '/name: name must have at most 150 characters.',
    ]);
  });

  it('reports for a choice only what the chosen branch requires', () => {
    const about = [
      { schemaKey: 'Mood' },
      { name: 'x' },
      'brain',
      { schemaKey: 'Anatomy', name: 7 },
    ];
    expect(faults({ ...authored, about })).toEqual([
      '/about/0/schemaKey: about 1, schemaKey must be "Disorder" or "Anatomy" or "GenericType", not "Mood".',
      '/about/1/schemaKey: about 2 must say in schemaKey what it is: "Disorder" or "Anatomy" or "GenericType".',
      '/about/2: about 3 must be an object with schemaKey Disorder or an object with schemaKey Anatomy or an object with schemaKey GenericType, not "brain".',
      '/about/3/name: about 4, name must be text, not 7.',
    ]);
  });

  it('names a digest that does not exist, once', () => {
    const digest = { 'dandi:dandi-etag': 'x', 'a/b~': 'x' };
    expect(faults({ ...asset, digest }, { kind: 'Asset' })).toEqual([
      '/digest/a~1b~0: digest, a/b~ must have another name: one of dandi:md5, dandi:sha1, dandi:sha2-256, dandi:sha3-256, dandi:blake2b-256, dandi:blake3, dandi:dandi-etag, dandi:dandi-zarr-checksum.',
    ]);
  });

  it('says that a field which nothing can fill must be left out', () => {
    const variableMeasured = [{ schemaKey: 'PropertyValue', value: 1, propertyID: 'dandi:doi' }];
    expect(faults({ ...asset, variableMeasured }, { kind: 'Asset' })).toEqual([
      '/variableMeasured/0/propertyID: variableMeasured 1, propertyID must be left out, not "dandi:doi".',
    ]);
  });

  it('knows what older releases required', () => {
    const old = {
      ...authored,
      license: ['spdx:CC-BY-NC-4.0'],
      contributor: [{ name: 'Doe, Jane' }],
    };
    expect(faults(old, { release: '0.5.1' })).toEqual([]);
    expect(faults(old, { release: '0.5.2' })).toHaveLength(1);
    expect(faults(old, { release: '0.6.0' })).toHaveLength(2);
  });
});

describe('schemaProblems of hostile records', () => {
  const many = (count: number, item: JsonValue): JsonValue[] => Array<JsonValue>(count).fill(item);

  it('accepts texts of megabytes', () => {
    const long = 'x'.repeat(10_000_000);
    const contributor = [{ schemaKey: 'Person', name: long, email: `${long}@x`, identifier: long }];
    const record = { ...authored, description: long, protocol: [`https://${long}`], contributor };
    const found = faults(record);
    expect(found).toContain('/description: description must have at most 10,000 characters.');
    expect(Math.max(...found.map((line) => line.length))).toBeLessThan(500);
  });

  it('accepts long lists, and reports a bounded number of problems', () => {
    expect(faults({ ...authored, keywords: many(100_000, 'cortex') })).toEqual([]);
    expect(faults({ ...authored, keywords: many(100_000, 7) })).toHaveLength(MOST_SCHEMA_PROBLEMS);
    expect(faults({ ...authored, contributor: many(100_000, { x: 1 }) })).toHaveLength(
      MOST_SCHEMA_PROBLEMS,
    );
    const late = [...many(5000, 'cortex'), 7];
    expect(faults({ ...authored, keywords: late })).toEqual([
      '/keywords/5000: keywords 5001 does not fit the schema (type).',
    ]);
    const digest = Object.fromEntries(many(100_000, 0).map((_, index) => [`k${index}`, 'x']));
    expect(faults({ ...asset, digest }, { kind: 'Asset' })).toHaveLength(MOST_SCHEMA_PROBLEMS);
  });

  it('accepts deep nesting and keys that name parts of every object', () => {
    let value: JsonValue = 'x';
    for (let depth = 0; depth < 150; depth += 1)
      value = { schemaKey: 'PropertyValue', value: 1, valueReference: value };
    expect(faults({ ...asset, variableMeasured: [value] }, { kind: 'Asset' })).toHaveLength(1);
    const polluted = JSON.parse(
      '{"__proto__": {"name": 1}, "constructor": 2, "toString": 3}',
    ) as JsonObject;
    expect(faults({ ...authored, about: [polluted], ...polluted })).toHaveLength(1);
    expect(faults(polluted)).toContain(': the record must have "name".');
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });

  it('quotes nothing that could mislead a reader, and no e-mail address', () => {
    const license = ['\u202eevil\u0007\nline', 'jane@example.org'];
    const [first, second] = faults({ ...authored, license });
    expect(first).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(second).toMatch(/not "\[e-mail\]"\.$/);
  });

  it('says of any value other than an object that it must be one', () => {
    expect(faults(null)).toEqual([': the record must be an object with fields, not null.']);
    expect(faults([])).toEqual([': the record must be an object with fields, not an empty list.']);
  });
});
