// What the archive writes stays out of what authors write; the drafts of DANDI's server keep it.

import { describe, expect, test } from 'vitest';
import { ARCHIVE, authoredDandiset } from '../../../tests/support/broken/records.ts';
import { draftAfter } from '../editing/begin-record.ts';
import { treeOf, valueOf } from '../editing/record-tree.ts';
import { UNNUMBERED, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import { parseJson, type JsonObject, type JsonValue } from '../json/json-text.ts';
import { migrateRecord } from '../publishing/migrate-record.ts';
import { toArchive } from '../records/to-archive.ts';
import { checkVersion } from './check-version.ts';

const WRITTEN: JsonObject = {
  version: 'draft',
  doi: '10.12345/test-dandi.000001/0.250101.1200',
  url: 'https://archive.example/dandiset/000001/draft',
  datePublished: '2025-01-01T12:00:00Z',
  publishedBy: { schemaKey: 'PublishActivity', name: 'Publication' },
};

/** All that DANDI's server writes into a draft. */
const SERVER: JsonObject = {
  '@context': 'https://raw.githubusercontent.com/dandi/schema/master/releases/0.8.0/context.json',
  id: 'DANDI:000001/draft',
  url: 'https://dandiarchive.org/dandiset/000001/draft',
  version: 'draft',
  repository: 'https://dandiarchive.org',
  citation: 'Lovelace (2025) Place cells',
  assetsSummary: { schemaKey: 'AssetsSummary', numberOfBytes: 1, numberOfFiles: 1 },
  manifestLocation: ['https://api.dandiarchive.org/api/dandisets/000001/versions/draft/assets/'],
  dateCreated: '2025-01-01T12:00:00Z',
};

function refused(more: JsonObject, settings: object = {}, submission = false): string[] {
  const { archive } = toArchive({ ...ARCHIVE, ...settings });
  if (archive === undefined) throw new Error('the settings of the test archive are none');
  const number = submission ? UNNUMBERED : ('000001' as DandisetNumber);
  const identifier = `${archive.identifierPrefix}:${number}`;
  const record = { ...authoredDandiset('000001'), identifier, ...more };
  const draft = { path: 'd.json', number, version: 'draft' as const, submission, record, archive };
  return checkVersion(draft).flatMap(({ rule, severity, pointer }) =>
    severity === 'error' ? [`${rule} ${pointer}`] : [],
  );
}

const REFUSED = Object.keys(WRITTEN)
  .sort()
  .map((name) => `written-by-archive /${name}`);

describe('version, doi, url, datePublished and publishedBy', () => {
  test.each(Object.keys(WRITTEN))('%s is an error in a draft and in a submission', (name) => {
    for (const value of [WRITTEN[name] as JsonValue, null, '', 7]) {
      expect(refused({ [name]: value })).toEqual([`written-by-archive /${name}`]);
      expect(refused({ [name]: value }, {}, true)).toEqual([`written-by-archive /${name}`]);
    }
  });

  test('are errors in a draft of this archive that looks like one of DANDI’s server', () => {
    expect(refused({ ...SERVER, ...WRITTEN, id: 'TEST-DANDI:000001/draft' })).toEqual(REFUSED);
    // An author who starts from the record of a published version.
    expect(refused({ ...SERVER, ...WRITTEN, version: '0.250101.1200' })).toEqual(REFUSED);
  });

  test('are left over in a draft that DANDI’s server wrote, and not an error there', () => {
    const ofDandi = { identifierPrefix: 'DANDI' };
    expect(refused({ ...WRITTEN, ...SERVER }, ofDandi)).toEqual([]);
    const { citation, ...edited } = SERVER;
    expect(citation).toBeDefined();
    expect(refused({ ...WRITTEN, ...edited }, ofDandi)).toEqual(REFUSED);
    // A submission was written by an author, wherever its text came from.
    expect(refused({ ...WRITTEN, ...SERVER, id: 'DANDI:000000/draft' }, ofDandi, true)).toEqual(
      REFUSED,
    );
  });

  test('are not an error in a copy of another archive', () => {
    const copy = { archiveOfRecord: 'https://lab.example/' };
    expect(refused(WRITTEN, copy)).toEqual([]);
    expect(refused(WRITTEN, copy, true)).toEqual(REFUSED);
  });

  test('are in nothing that the form or migrate writes', () => {
    for (const schemaVersion of ['0.6.8', '0.8.0', '0.9.0']) {
      const record = { ...authoredDandiset('000001'), ...SERVER, ...WRITTEN, schemaVersion };
      const migrated = parseJson(migrateRecord(JSON.stringify(record), 'Dandiset') ?? '');
      for (const written of [
        valueOf(draftAfter(treeOf(record))),
        migrated.ok ? migrated.value : null,
      ]) {
        expect(written).toHaveProperty('contributor');
        for (const name of Object.keys(WRITTEN)) expect(written).not.toHaveProperty(name);
      }
    }
  });
});
