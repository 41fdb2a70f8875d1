// Which release of the schema a record names, and what it is checked against then.

import { describe, expect, test } from 'vitest';
import {
  ARCHIVE,
  assetRecord,
  authoredDandiset,
  publishedDandiset,
} from '../../../tests/support/broken/records.ts';
import { migrateRecord } from '../publishing/migrate-record.ts';
import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import { parsePublishedVersion } from '../identifiers/version-id.ts';
import { parseJson, type JsonObject } from '../json/json-text.ts';
import type { Problem } from '../problem.ts';
import { toArchive } from '../records/to-archive.ts';
import { checkAssetList, checkVersion } from './check-version.ts';

const { archive } = toArchive(ARCHIVE);
if (archive === undefined) throw new Error('the settings of the test archive are none');

const number = '000001' as DandisetNumber;
const told = (problems: readonly Problem[]): string[] =>
  problems.map(({ rule, severity, pointer = '' }) => `${severity} ${rule} ${pointer}`);

function draft(more: JsonObject): Problem[] {
  const record = { ...authoredDandiset('000001'), ...more };
  return checkVersion({ path: 'd.json', number, version: 'draft', record, archive: archive! });
}

function assets(more: JsonObject, published = false): Problem[] {
  const line = assetRecord('sub-1/sub-1.nwb', { published });
  const text = JSON.stringify({ ...line, metadata: { ...(line['metadata'] as object), ...more } });
  return checkAssetList({ path: 'a.jsonl', text, published, archive: archive! });
}

describe('a record of release 0.8.0', () => {
  test('is read, its addresses in other archives too', () => {
    const sameAs = ['dandi://DANDI/000004', 'dandi://LAB-DANDI/000004@0.220126.1852/sub-1/'];
    expect(draft({ schemaVersion: '0.8.0', sameAs })).toEqual([]);
    expect(told(draft({ schemaVersion: '0.8.0', sameAs: ['DANDI:000004'] }))).toEqual([
      'error record-schema /sameAs/0',
    ]);
    expect(assets({ schemaVersion: '0.8.0' })).toEqual([]);
  });

  test('published elsewhere is checked for no more than its release requires; frozen here, for more', () => {
    const version = parsePublishedVersion('0.250101.1200')!;
    const { url, datePublished, publishedBy, ...record } = publishedDandiset('000001', version, {
      count: 1,
      bytes: 1,
    });
    expect([url, datePublished, publishedBy]).not.toContain(undefined);
    const check = (more: object): string[] =>
      told(checkVersion({ path: 'v.json', number, version, record, archive: archive!, ...more }));
    expect(check({ imported: true })).toEqual([]);
    expect(check({})).toEqual(Array(3).fill('error record-schema '));
  });
});

describe.each(['0.8.1', '0.9.0', '0.10.0', '1.0.0', '9.9.9'])('release %s', (schemaVersion) => {
  test('is newer than known: retained with a warning, checked as the newest known', () => {
    const found = draft({ schemaVersion });
    expect(told(found)).toEqual(['warning unknown-release /schemaVersion']);
    expect(found[0]?.message).toMatch(
      `release "${schemaVersion}" of the schema, which is newer than 0.8.0`,
    );
    expect(told(draft({ schemaVersion, name: 7 }))).toEqual([
      'error record-schema /name',
      'warning unknown-release /schemaVersion',
    ]);
    expect(told(assets({ schemaVersion }))).toEqual([
      'warning asset-unknown-release /metadata/schemaVersion',
    ]);
    expect(told(assets({ schemaVersion, contentSize: '7' }))).toContain(
      'error asset-schema /metadata/contentSize',
    );
  });

  test('is not overwritten by migrating', () => {
    const text = JSON.stringify({ ...authoredDandiset('000001'), schemaVersion });
    expect(migrateRecord(text, 'Dandiset')).toBe(text);
  });
});

test.each(['0.5.3', '0.6.11', '0.8', 'v0.8.0', '0.8.0rc1', '00.9.0', '0.9.0\n', ''])(
  'release %j does not exist: an error that says so',
  (schemaVersion) => {
    const [found, ...more] = draft({ schemaVersion });
    expect(told(found === undefined ? [] : [found])).toEqual([
      'error unknown-release /schemaVersion',
    ]);
    expect(more).toEqual([]);
    expect(found?.message).toMatch(/names release ".*" of the schema, which is not known\.$/);
    expect(told(assets({ schemaVersion }))).toEqual([
      'error asset-unknown-release /metadata/schemaVersion',
    ]);
  },
);

test('a record that names no release gets an error that says so', () => {
  const { schemaVersion, ...record } = authoredDandiset('000001');
  expect(schemaVersion).toBeDefined();
  const [found] = checkVersion({
    path: 'd.json',
    number,
    version: 'draft',
    record,
    archive: archive!,
  });
  expect(found?.message).toBe('The record names no release of the schema.');
});

describe('a BareAsset, as DANDI’s client calls what it has not uploaded', () => {
  test('is taken as an Asset in a draft and in nothing that is published', () => {
    expect(assets({ schemaKey: 'BareAsset' })).toEqual([]);
    expect(told(assets({ schemaKey: 'BareAsset' }, true))).toEqual([
      'error asset-schema /metadata/schemaKey',
    ]);
    expect(told(assets({ schemaKey: 'Dandiset' }))).toEqual([
      'error asset-schema /metadata/schemaKey',
    ]);
  });

  test('is an Asset after migrating', () => {
    for (const schemaVersion of ['0.6.0', '0.8.0', '0.9.0']) {
      const migrated = migrateRecord(
        JSON.stringify({ schemaVersion, schemaKey: 'BareAsset', path: 'a' }),
        'Asset',
      );
      const parsed = parseJson(migrated ?? '');
      expect(parsed.ok && parsed.value).toMatchObject({ schemaKey: 'Asset', path: 'a' });
    }
  });
});
