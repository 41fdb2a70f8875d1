// For every rule there is one archive that breaks it, made from a valid one by a single change.

import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/core/json/json-text.ts';
import { RULES } from '../../src/core/checks/index.ts';
import { BROKEN_ARCHIVES, spoiled } from '../support/broken/broken-archives.ts';
import { DRAFT, IMPORTED, SECOND, STATUS, TestArchive } from '../support/broken/test-archive.ts';
import { checkArchive, type CheckReport } from '../../src/workflows/archive/check-archive.ts';

function check(archive: TestArchive, base?: TestArchive): Promise<CheckReport> {
  return checkArchive({
    tree: archive.tree(),
    listsOf: () => archive.listStore(),
    ...(base === undefined ? {} : { base: base.tree() }),
  });
}

test('a valid archive has no problems, not even compared with itself', async () => {
  const report = await check(new TestArchive(), new TestArchive());
  expect(report.problems).toEqual([]);
  expect(report.counts).toEqual({ dandisets: 2, versions: 5, assets: 15 });
});

test('every rule has a broken archive, and every broken archive a rule', () => {
  expect([...BROKEN_ARCHIVES.keys()].sort()).toEqual(RULES.map(({ id }) => id).sort());
});

describe('each rule is reported', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const broken = BROKEN_ARCHIVES.get(id);
    if (broken === undefined) throw new Error(`tests/support/broken has no archive for ${id}`);
    const base = broken.withBase === true ? new TestArchive() : undefined;
    const { problems } = await check(spoiled(broken), base);

    const found = problems.find((problem) => problem.rule === id);
    expect(found, `problems: ${JSON.stringify(problems)}`).toMatchObject({
      severity: rule.severity,
      path: broken.path,
    });
    expect(found?.message).toMatch(/\S.*[.)]$/s);
    expect(found?.hint).toMatch(/\S/);
    const rules = [...new Set(problems.map((problem) => problem.rule))].sort();
    expect(rules).toEqual([id, ...(broken.also ?? [])].sort());
  });
});

describe('finer points', () => {
  const DRAFT_RECORD = `${DRAFT}/dandiset.json`;

  async function found(spoil: (archive: TestArchive) => void): Promise<[string, string][]> {
    const archive = new TestArchive();
    spoil(archive);
    const { problems } = await check(archive);
    return problems.map(({ rule, message }) => [rule, message]);
  }

  test('a contact that cannot be shown is a warning, and the rest is still checked', async () => {
    const archive = new TestArchive();
    archive.edit('archive.json', (settings) => (settings['contact'] = 'the front desk'));
    archive.edit(DRAFT_RECORD, (record) => delete record['name']);
    const { problems } = await check(archive);
    expect(problems.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['archive-settings', 'warning'],
      ['record-schema', 'error'],
    ]);
  });

  test('a small x at the end of an ORCID iD is named as such, once', async () => {
    const problems = await found((archive) =>
      archive.edit(DRAFT_RECORD, (record) => {
        const [person] = record['contributor'] as Record<string, JsonValue>[];
        person!['identifier'] = '0000-0002-1694-233x';
      }),
    );
    expect(problems).toEqual([
      [
        'orcid-check-digit',
        expect.stringMatching(/ends in a small x\. It is written with a capital X\.$/),
      ],
    ]);
  });

  test('an ORCID iD of two people names both, and is no problem of a frozen version', async () => {
    const twice = (record: Record<string, JsonValue>): void => {
      const [person] = record['contributor'] as Record<string, JsonValue>[];
      const identifier = '0000-0002-1694-233X';
      record['contributor'] = [
        { ...person, identifier },
        { ...person, name: 'Other, Anna', identifier },
      ];
    };
    const [[rule, message] = [], ...more] = await found((archive) =>
      archive.edit(DRAFT_RECORD, twice),
    );
    expect([rule, more]).toEqual(['orcid-of-two-people', []]);
    expect(message).toMatch(
      /^The ORCID iD 0000-0002-1694-233X is given to both ".+" and "Other, Anna"\.$/,
    );
    const frozen = await found((archive) => {
      archive.edit(`${SECOND}/dandiset.json`, twice);
      archive.freeze();
    });
    expect(frozen).toEqual([]);
  });

  test('a published import without a DOI, by its placeholder alone', async () => {
    const withDoi = (doi: string): Promise<[string, string][]> =>
      found((archive) => {
        archive.edit(`${IMPORTED}/dandiset.json`, (record) => (record['doi'] = doi));
        archive.freeze();
      });
    expect(await withDoi('10.80507/dandi.123456/0.123456.1234')).toContainEqual([
      'placeholder-doi',
      'This version was published without a DOI: "doi" holds a placeholder.',
    ]);
    const others = await withDoi('10.5281/zenodo.1234567');
    expect(others.map(([rule]) => rule)).not.toContain('placeholder-doi');
  });

  test.each([
    [{ doi: '10.12345/test-dandi.000001', state: 'draft' }, []],
    [{ doi: '10.12345/test-dandi.000001', state: 'findable', version: '0.250201.1200' }, []],
    [{ doi: '10.12345/test-dandi.000001', state: 'findable' }, ['status-shape']],
    [{ doi: '10.12345/test-dandi.000001', state: 'gone' }, ['status-shape']],
    [{ doi: 'the first', state: 'draft' }, ['status-shape']],
    ['10.12345/test-dandi.000001', ['status-shape']],
    [
      { doi: '10.12345/test-dandi.000001', state: 'hidden', version: '0.990101.1200' },
      ['status-version'],
    ],
  ])('what status.json may say of the DOI of a Dandiset: %j', async (dandisetDoi, expected) => {
    const rules = await found((archive) =>
      archive.edit(STATUS, (status) => (status['dandisetDoi'] = dandisetDoi)),
    );
    expect(rules.map(([rule]) => rule)).toEqual(expected);
  });

  test('the line and column of broken JSON', async () => {
    const [[, message = ''] = []] = await found(({ files }) => {
      files[DRAFT_RECORD] = '{\n  "name": "x",\n}\n';
    });
    expect(message).toContain('expected a key, found }');
    expect(message).toContain('(column 1)');
  });

  test('the number of a submission is not a folder name', async () => {
    const rules = await found((archive) => {
      const text = archive.text(DRAFT_RECORD).replaceAll(':000001', ':000000');
      archive.files['dandisets/000/000000/draft/dandiset.json'] = text;
      archive.files['dandisets/000/000000/draft/assets.jsonl'] = '';
    });
    expect(rules).toEqual([
      ['identifier-not-folder', '000000 stands for a Dandiset without a number.'],
    ]);
  });

  test('a licence has one problem, whatever the release of the schema', async () => {
    const rules = async (license: JsonValue, schemaVersion: string) =>
      (
        await found((archive) =>
          archive.edit(DRAFT_RECORD, (record) => Object.assign(record, { license, schemaVersion })),
        )
      ).map(([rule]) => rule);
    for (const release of ['0.7.0', '0.6.4', '0.4.4']) {
      expect(await rules(['spdx:MIT'], release)).toEqual(['licence-not-allowed']);
      expect(await rules(['CC0'], release)).toEqual(['licence-unknown']);
      expect(await rules([7], release)).toEqual(['record-schema']);
      expect(await rules([], release)).toEqual(['record-schema']);
    }
  });

  test('a broken chain names the version and what it should name', async () => {
    const [[rule, message = ''] = []] = await found((archive) =>
      archive.edit(
        `${SECOND}/manifest.json`,
        (manifest) => (manifest['previous'] = 'f'.repeat(64)),
      ),
    );
    expect(rule).toBe('manifest-chain');
    expect(message).toContain('broken at 0.250201.1200');
    expect(message).toContain('the version before it is 0.250101.1200');
  });

  test('an imported version that is not named by a minute is a warning', async () => {
    const archive = new TestArchive();
    for (const file of ['dandiset.json', 'assets.jsonl']) {
      const text = archive.text(`${IMPORTED}/${file}`).replaceAll('0.240101.1200', '0.240101.2561');
      archive.files[`${IMPORTED.replace('0.240101.1200', '0.240101.2561')}/${file}`] = text;
    }
    archive.freeze();
    expect((await check(archive)).problems).toMatchObject([
      { rule: 'version-date', severity: 'warning', message: expect.stringContaining('2561') },
    ]);
  });

  test('the identifier in the metadata of published assets occurs only there', async () => {
    const twice = (folder: string) => (archive: TestArchive) => {
      for (const at of [0, 1, 2]) {
        archive.editAsset(
          folder,
          (asset, metadata) => {
            delete asset['asset_id'];
            metadata['identifier'] = '0B0e3c60-8a2f-4f1b-9d7e-5c4b3a291807';
          },
          at,
        );
      }
      archive.freeze();
    };
    expect(await found(twice(DRAFT))).toEqual([]);
    expect(await found(twice(SECOND))).toEqual(
      ['sub-02/sub-02_ecephys.nwb', 'sub-03/image.ome.zarr'].map((path) => [
        'asset-id-twice',
        expect.stringContaining(`"${path}" and "sub-01/sub-01_ecephys.nwb" (line 1)`),
      ]),
    );
  });

  test('a manifest that counts assets needs a list', async () => {
    const rules = await found((archive) => {
      const list = `${SECOND}/assets.jsonl`;
      delete archive.files[list];
      archive.freeze();
      archive.edit(`${SECOND}/manifest.json`, (manifest) => {
        manifest['assets'] = { bytes: 1, count: 1 };
      });
    });
    expect(rules.map(([rule]) => rule)).toEqual(['asset-list-absent', 'manifest-counts']);
  });

  test('a list in the store is read and checked like one in the folder', async () => {
    const spoilt = BROKEN_ARCHIVES.get('asset-list-reference-differs');
    const archive = new TestArchive();
    archive.editAsset(DRAFT, (_, metadata) => (metadata['contentSize'] = 1));
    spoilt?.spoil(archive);
    const { problems, counts } = await check(archive);
    expect(counts.assets).toBe(15);
    expect(problems.map(({ rule }) => rule)).toEqual([
      'asset-list-reference-differs',
      'asset-size-differs',
    ]);
    for (const sha256 of archive.lists.keys()) archive.lists.set(sha256, 'unreadable');
    expect((await check(archive)).problems).toMatchObject([
      { rule: 'asset-list-not-in-store', message: expect.stringContaining('decompressed') },
    ]);
  });

  test('an archive without files is a failure, one without settings a problem', async () => {
    const nothing = new TestArchive();
    for (const path of Object.keys(nothing.files)) delete nothing.files[path];
    await expect(check(nothing)).rejects.toMatchObject({ code: 'content-not-found' });
    expect(await found(({ files }) => delete files['archive.json'])).toEqual([
      ['archive-settings', 'There is no archive.json.'],
    ]);
  });
});
