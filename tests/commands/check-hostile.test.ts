// Records are untrusted: whatever they hold, check reports the problems and goes on.

import { describe, expect, test } from 'vitest';
import { checkAssetList, checkVersion } from '../../src/core/checks/check-version.ts';
import { parseDandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import type { JsonObject, JsonValue } from '../../src/core/json/json-text.ts';
import type { Problem } from '../../src/core/problem.ts';
import { toArchive } from '../../src/core/records/to-archive.ts';
import { problemsApart } from '../support/process/apart.ts';
import { ARCHIVE, assetRecord, authoredDandiset } from '../support/broken/records.ts';
import { DRAFT, SECOND, STATUS, TestArchive } from '../support/broken/test-archive.ts';
import { runCli } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RECORD = `${DRAFT}/dandiset.json`;

/** Deterministic numbers (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const ODD_VALUES: readonly JsonValue[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  'constructor',
  '\u202e\u0000😀',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'x'.repeat(5000),
  [],
  [[]],
  [null],
  {},
  { schemaKey: 'Person' },
  JSON.parse('{"__proto__": {"polluted": true}, "toString": 1}') as JsonValue,
];

/** Every object and list inside a value, itself included. */
function containers(value: JsonValue): (JsonObject | JsonValue[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

function mutate(value: JsonObject, choose: (below: number) => number): JsonObject {
  const copy = structuredClone(value);
  for (let step = 0; step <= choose(3); step += 1) {
    const all = containers(copy);
    const target = all[choose(all.length)] as JsonObject;
    const keys = Object.keys(target);
    const key = keys[choose(Math.max(keys.length, 1))] ?? 'x';
    if (choose(4) === 0) delete target[key];
    else target[key] = structuredClone(ODD_VALUES[choose(ODD_VALUES.length)] ?? null);
  }
  // As a file would hold it: JSON knows no holes in lists.
  return JSON.parse(JSON.stringify(copy)) as JsonObject;
}

test('2,000 mutated records: always problems in words, never an exception', () => {
  const { archive } = toArchive(ARCHIVE);
  const number = parseDandisetNumber('000001');
  if (archive === undefined || number === undefined) throw new Error('the settings are valid');
  const choose = seeded(4);
  const dandiset = authoredDandiset('000001');
  const asset = assetRecord('sub-01/sub-01_ecephys.nwb');
  let broken = 0;
  for (let round = 0; round < 1000; round += 1) {
    const record = mutate(dandiset, choose);
    const line = `${JSON.stringify(mutate(asset, choose))}\n`;
    const problems: Problem[] = [
      ...checkVersion({ path: 'dandiset.json', number, version: 'draft', record, archive }),
      ...checkAssetList({ path: 'assets.jsonl', text: line, archive }),
    ];
    broken += problems.length > 0 ? 1 : 0;
    for (const { rule, message, hint } of problems) {
      expect(`${message} ${hint ?? ''}`, rule).not.toMatch(/undefined|\[object|\bat .*\.ts:/);
      expect(message.length, rule).toBeLessThan(2000);
    }
  }
  expect(broken).toBeGreaterThan(800);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

async function rulesOf(spoil: (archive: TestArchive) => void): Promise<string[]> {
  const archive = new TestArchive();
  spoil(archive);
  const problems = await problemsApart(archive);
  return [...new Set(problems.map(({ rule }) => rule))];
}

function keywords(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `keyword ${index}`);
}

test('a description of 10 MB and 100,000 keywords', async () => {
  const long = await rulesOf((archive) =>
    archive.edit(RECORD, (record) => (record['description'] = 'x'.repeat(10_000_000))),
  );
  expect(long).toEqual(['record-schema', 'file-too-large'].sort());
  const many = await rulesOf((archive) =>
    archive.edit(RECORD, (record) => (record['keywords'] = keywords(100_000))),
  );
  expect(many).toEqual(['file-too-large']);
});

test('100,000 wrong keywords are reported once', async () => {
  const archive = new TestArchive();
  archive.edit(RECORD, (record) => (record['keywords'] = keywords(100_000).map(() => 1)));
  const problems = await problemsApart(archive);
  expect(problems.filter(({ rule }) => rule === 'record-schema')).toHaveLength(1);
});

test('keys of prototypes, deep nesting, a lone surrogate, huge numbers', async () => {
  const hostile = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {}}, "n": 1e999}';
  expect(await rulesOf(({ files }) => (files[RECORD] = hostile))).toContain('unknown-release');
  expect(await rulesOf(({ files }) => (files[STATUS] = hostile))).toEqual(['status-shape']);
  expect(await rulesOf(({ files }) => (files['archive.json'] = hostile))).toEqual([
    'archive-settings',
  ]);
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const file of [RECORD, STATUS, 'archive.json', 'vocabularies/species.json']) {
    expect(await rulesOf(({ files }) => (files[file] = deep)), file).toContain('file-not-json');
  }
  expect(await rulesOf(({ files }) => (files[`${DRAFT}/assets.jsonl`] = `${deep}\n`))).toEqual([
    'asset-unreadable',
  ]);
  const half = '{"schema": "\\ud800", "files": [{"name": "../../x", "size": 1, "sha256": ""}]}';
  const manifest = await rulesOf(({ files }) => (files[`${SECOND}/manifest.json`] = half));
  expect(manifest).toEqual(expect.arrayContaining(['manifest-form', 'manifest-shape']));
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

describe('characters that other programs refuse, in a draft', () => {
  const RECORD_RULE = 'character-refused';
  const ASSET_RULE = 'asset-character-refused';
  const list = `${DRAFT}/assets.jsonl`;
  const inRecord = (from: string, to: string) => (archive: TestArchive) => {
    archive.files[RECORD] = archive.text(RECORD).replace(from, to);
  };
  const inList = (from: string, to: string) => (archive: TestArchive) => {
    archive.files[list] = archive.text(list).replace(from, to);
  };

  test.each<[string, string, (archive: TestArchive) => void]>([
    ['half a character in the title', RECORD_RULE, inRecord('Place', 'Place\\ud800')],
    ['the other half', RECORD_RULE, inRecord('Place', 'Place\\uDC00')],
    ['the halves the wrong way round', RECORD_RULE, inRecord('Place', '\\ude00\\ud83d')],
    ['a null in a name inside', RECORD_RULE, inRecord('Lovelace', 'Love\\u0000lace')],
    ['half a character in a key', RECORD_RULE, inRecord('"name"', '"x\\ud800": 1, "name"')],
    ['a null in an unknown field', RECORD_RULE, inRecord('"name"', '"x": [["\\u0000"]], "name"')],
    ['half a character in a path', ASSET_RULE, inList('"path":"', '"path":"\\udfff')],
    ['a null in a key of an asset', ASSET_RULE, inList('"path"', '"\\u0000":1,"path"')],
    [
      'half a character in the metadata of an asset',
      ASSET_RULE,
      inList('"metadata":{', '"metadata":{"x":{"y":["\\ud83d"]},'),
    ],
  ])('%s', async (_what, rule, spoil) => {
    expect(await rulesOf(spoil)).toContain(rule);
  });

  test('a whole character written as two escapes is not a lone surrogate', async () => {
    expect(await rulesOf(inRecord('Place', 'Place\\ud83d\\ude00'))).toEqual([]);
    const rules = await rulesOf(inList('"path"', '"x\\ud83d\\ude00":1,"path"'));
    expect(rules).not.toContain(ASSET_RULE);
  });
});

test('bidirectional control characters are errors in titles and names of drafts', async () => {
  for (const sign of ['\u202e', '\u2066', '\u200f', '\u061c']) {
    const title = await rulesOf((archive) =>
      archive.edit(RECORD, (record) => (record['name'] = `Place${sign}cells`)),
    );
    expect(title).toEqual(['bidi-in-name']);
    const affiliation = await rulesOf((archive) =>
      archive.edit(RECORD, (record) => {
        const [person] = record['contributor'] as JsonObject[];
        (person!['affiliation'] as JsonObject[])[0]!['name'] = `${sign}Lab`;
      }),
    );
    expect(affiliation).toEqual(['bidi-in-name']);
  }
  // Prose may need them: a description in Hebrew with a Latin name in it.
  const prose = await rulesOf((archive) =>
    archive.edit(RECORD, (record) => (record['description'] = 'שלום \u200fCA1')),
  );
  expect(prose).toEqual([]);
});

test('a list of 10,000,000 broken lines is read for 1,000 of them', async () => {
  const archive = new TestArchive();
  archive.files[`${DRAFT}/assets.jsonl`] = 'x\n'.repeat(10_000_000);
  const problems = await problemsApart(archive);
  const ofList = problems.filter(({ path }) => path.endsWith('assets.jsonl'));
  expect(ofList.map(({ rule, count, line }) => [rule, count, line])).toEqual([
    ['asset-unreadable', 1000, 1],
    ['asset-list-broken', undefined, 1000],
  ]);
});

test('a file of JSON with very many values is reported and not processed', async () => {
  const wide = `[${'1,'.repeat(1_000_000)}1]`;
  for (const file of [RECORD, STATUS, 'archive.json', 'vocabularies/species.json']) {
    const archive = new TestArchive();
    archive.files[file] = wide;
    const problems = await problemsApart(archive);
    const reason = problems.find(({ rule }) => rule === 'file-not-json');
    expect(reason?.message, file).toContain('more than 200,000 values');
  }
});

test('a term of a vocabulary has at most 1,000 characters', async () => {
  const long = `{"terms": [{"name": "x", "synonyms": ["${'y'.repeat(1001)}"]}]}`;
  const rules = await rulesOf(({ files }) => (files['vocabularies/species.json'] = long));
  expect(rules).toEqual(['vocabulary']);
});

test('odd paths of assets are distinguished from wrong ones', async () => {
  const odd = 'sub-01/a@b#c%20&+~(1) 😀.nwb';
  expect(await rulesOf((archive) => archive.renameAssets(DRAFT, odd))).toEqual([]);
  expect(await rulesOf((archive) => archive.renameAssets(DRAFT, `${odd}?`))).toEqual([
    'asset-path-not-portable',
  ]);
  const wrong = ['/etc/passwd', '../x', 'a/./b', 'a//b', 'C:/x', 'a\\b', 'a\u0000b'];
  for (const path of wrong) {
    const rules = await rulesOf((archive) => archive.renameAssets(DRAFT, path));
    expect(rules, path).toContain('asset-path');
  }
});

test('nothing that would control a terminal is printed, no stack is shown', async () => {
  const archive = new TestArchive();
  archive.edit(RECORD, (record) => {
    record['license'] = ['spdx:\u001b[2J\u202egnp'];
    record['identifier'] = '\u001b]0;x\u0007';
  });
  archive.renameAssets(DRAFT, '../\u202e\u001b[31mx');
  const folder = temporaryFolder(archive.files);
  for (const options of [[], ['--json']]) {
    const { code, stdout, stderr } = await runCli('check', folder, ...options);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]|\bat .*:\d+:\d+/);
  }
});
