// `dandiset import` as a user runs it: what arrives, in which form, and what a second run does.

import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/process/run-cli.ts';
import {
  filesBelow,
  temporaryFolder,
  writeFiles,
  type Files,
} from '../support/temporary-folder.ts';

const UUID = 'aaaaaaaa-1111-4222-8333-444444444444';
const VERSION = '0.210812.1448';
const DRAFT = 'dandisets/000/000003/draft';
const FROZEN = `dandisets/000/000003/${VERSION}`;

const record = (extra = ''): string =>
  `{"identifier":"DANDI:000003","name":"Mossy cells","version":"draft"${extra}}`;
const asset = (assetPath: string, extra = ''): string =>
  `{"asset_id":"${UUID}","blob":"${UUID}","path":${JSON.stringify(assetPath)},"size":7,"metadata":{"path":"x"${extra}}}`;

interface Report {
  versions: {
    number: string;
    version: string;
    action: string;
    files: { path: string; action: string }[];
  }[];
  problems: { rule: string; path: string; line?: number; message: string }[];
  totals: Record<string, number>;
}

/** Imports files as a source into a new (or given) content folder, without checking the records. */
async function importFiles(files: Files, options: { into?: string; flags?: string[] } = {}) {
  const into = options.into ?? path.join(temporaryFolder(), 'content');
  const result = await runCli(
    'import',
    temporaryFolder(files),
    '--into',
    into,
    '--json',
    ...(options.flags ?? ['--no-check']),
  );
  expect(result.stderr).toBe('');
  return { into, code: result.code, report: JSON.parse(result.stdout) as Report };
}

const read = (folder: string, file: string): string =>
  readFileSync(path.join(folder, file), 'utf8');

describe('what is imported', () => {
  it('takes mirror records, packed or plain, with lists in path order', async () => {
    const { into, report } = await importFiles({
      'dandisets/000003/draft/dandiset.json': record(),
      'dandisets/000003/draft/assets.jsonl': `${asset('sub-2/b.nwb')}\n\n${asset('sub-10/a.nwb')}`,
      [`dandisets/000003/${VERSION}/dandiset.json`]: record(
        ',"datePublished":"2021-08-12T14:48:00"',
      ),
      [`dandisets/000003/${VERSION}/assets.jsonl.gz`]: gzipSync(`${asset('a.nwb')}\n`),
      'index.json': '[]',
    });
    expect(report.totals).toMatchObject({ dandisets: 1, versions: 2, assets: 3, added: 2 });
    expect(read(into, `${DRAFT}/assets.jsonl`)).toBe(
      `${asset('sub-10/a.nwb')}\n${asset('sub-2/b.nwb')}\n`,
    );
    expect(filesBelow(path.join(into, 'dandisets')).size).toBe(5);
    expect(JSON.parse(read(into, `${FROZEN}/manifest.json`))).toMatchObject({
      identifier: 'DANDI:000003',
      datePublished: '2021-08-12T14:48:00',
      assets: { count: 1, bytes: 7 },
      previous: null,
      source: { kind: 'mirror-records' },
    });
    expect(JSON.parse(read(into, 'archive.json'))).toMatchObject({
      identifierPrefix: 'DANDI',
      archiveOfRecord: 'https://dandiarchive.org/',
    });
    // Vocabularies come from the program.
    expect(existsSync(path.join(into, 'vocabularies'))).toBe(false);
  });

  it('takes a DataLad folder, alone and among others', async () => {
    const files = (folder: string): Files => ({
      [`${folder}dandiset.yaml`]: `# made by a robot\nidentifier: DANDI:000003\nversion: ${VERSION}\ndateCreated: 2021-01-01\nx: 1.0\n`,
      [`${folder}.dandi/assets.json`]: `[\n  ${asset('b.nwb')},\n  ${asset('a.nwb')}\n]\n`,
    });
    for (const folder of ['', '000003/', 'dandisets/000003/']) {
      const { into, report } = await importFiles(files(folder));
      expect(report.totals).toMatchObject({ versions: 1, assets: 2, added: 1 });
      expect(read(into, `${FROZEN}/dandiset.json`)).toBe(
        `{\n  "identifier": "DANDI:000003",\n  "version": "${VERSION}",\n  "dateCreated": "2021-01-01",\n  "x": 1.0\n}\n`,
      );
      expect(JSON.parse(read(into, `${FROZEN}/manifest.json`)).source).toEqual({ kind: 'datalad' });
    }
  });

  it('takes bucket manifests, as JSON or YAML, and makes records of bare assets', async () => {
    const metadata = (kind: string, name: string): string =>
      `{"path": "${name}", "contentSize": 12, "identifier": "${UUID}", "contentUrl": ["https://api.example/x", "https://bucket.example/${kind}"]}`;
    const blob = metadata(`blobs/aaa/aaa/${UUID}`, 'b.nwb');
    const zarr = metadata(`zarr/${UUID}/`, 'a.zarr');
    const yaml = `- path: b.nwb\n  contentSize: 12\n  identifier: ${UUID}\n  contentUrl:\n  - https://api.example/x\n  - https://bucket.example/blobs/aaa/aaa/${UUID}\n- ${zarr}\n`;
    const lists: string[] = [];
    for (const files of [
      { 'dandiset.jsonld': record(), 'assets.jsonld': `[${blob}, ${zarr}]` },
      { 'dandiset.yaml': 'identifier: DANDI:000003\n', 'assets.yaml': yaml },
    ]) {
      const named = Object.entries(files).map(([name, text]) => [
        `dandisets/000003/draft/${name}`,
        text,
      ]);
      const { into, report } = await importFiles(Object.fromEntries(named) as Files);
      expect(report.problems).toEqual([]);
      lists.push(read(into, `${DRAFT}/assets.jsonl`));
    }
    expect(lists[0]).toBe(lists[1]);
    const [first, second] = (lists[0] ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ asset_id: UUID, zarr: UUID, path: 'a.zarr', size: 12 });
    expect(second).toMatchObject({
      asset_id: UUID,
      blob: UUID,
      path: 'b.nwb',
      metadata: JSON.parse(blob),
    });
    expect(second).not.toHaveProperty('zarr');
  });

  it('loses nothing: keys, their order, spelling of numbers, odd values', async () => {
    const odd =
      ',"2":1,"1":1.0,"e":1e3,"big":12345678901234567890,"__proto__":{"a":null},"constructor":[],"🧠":"\\u00e9é\\ud800","deep":[[{}]]';
    const { into, code } = await importFiles({
      '000003/draft/dandiset.json': record(odd),
      '000003/draft/assets.jsonl': asset('🧠 ?#%.nwb', odd),
    });
    expect(code).toBe(0);
    const compact = read(into, `${DRAFT}/dandiset.json`)
      .replace(/\n\s*/g, '')
      .replaceAll('": ', '":');
    expect(compact).toBe(record(odd));
    expect(read(into, `${DRAFT}/assets.jsonl`)).toBe(`${asset('🧠 ?#%.nwb', odd)}\n`);
  });

  it('takes a description of ten megabytes', async () => {
    const description = 'x'.repeat(10_000_000);
    const { into, code } = await importFiles({
      '000003/draft/dandiset.json': record(`,"description":"${description}"`),
    });
    expect(code).toBe(0);
    expect(JSON.parse(read(into, `${DRAFT}/dandiset.json`)).description).toHaveLength(10_000_000);
  });

  it('names a DOI in the manifest only where it is a real one', async () => {
    const dois = {
      '0.210812.1448': '10.80507/dandi.123456/0.123456.1234',
      '0.210812.1449': '10.48324/dandi.000003/0.210812.1449',
    };
    const files = Object.entries(dois).map(([version, doi]) => [
      `000003/${version}/dandiset.json`,
      record(`,"doi":"${doi}"`),
    ]);
    const { into } = await importFiles(Object.fromEntries(files) as Files);
    const manifests = Object.keys(dois).map((version) =>
      JSON.parse(read(into, `dandisets/000/000003/${version}/manifest.json`)),
    );
    expect(manifests[0]).not.toHaveProperty('doi');
    expect(manifests[1].doi).toBe('10.48324/dandi.000003/0.210812.1449');
    expect(manifests[1].assets).toBeNull();
  });
});

describe('one Dandiset of many', () => {
  it('is imported by its number, without reading the others', async () => {
    const files = {
      '000003/draft/dandiset.json': record(),
      '000004/draft/dandiset.json': '{',
      '000004/newest/dandiset.json': '{',
    };
    const flags = ['--no-check', '--dandiset', '000003', '--dandiset', 'DANDI:000005'];
    const { report, code } = await importFiles(files, { flags });
    expect(code).toBe(1);
    expect(report.totals).toMatchObject({ versions: 1, added: 1 });
    expect(report.problems).toMatchObject([{ rule: 'source-without-dandiset', path: '000005' }]);
  });

  it('is refused where it is not a number', async () => {
    const into = path.join(temporaryFolder(), 'content');
    const result = await runCli('import', '.', '--into', into, '--dandiset', 'latest');
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain('Write it as 000027 or DANDI:000027.');
  });
});

describe('importing again', () => {
  const source: Files = {
    '000003/draft/dandiset.json': record(),
    '000003/draft/assets.jsonl': `${asset('a.nwb')}\n`,
    [`000003/${VERSION}/dandiset.json`]: record(),
    [`000003/${VERSION}/assets.jsonl`]: `${asset('a.nwb')}\n`,
  };

  it('changes nothing where the source is the same', async () => {
    const { into } = await importFiles(source);
    const before = filesBelow(into);
    const { report, code } = await importFiles(source, { into });
    expect(code).toBe(0);
    expect(report.totals).toMatchObject({ unchanged: 2, added: 0, updated: 0 });
    expect(filesBelow(into)).toEqual(before);
  });

  it('follows a draft, its list included, and never overwrites a published version', async () => {
    const { into } = await importFiles(source);
    const before = filesBelow(into);
    const changed = {
      '000003/draft/dandiset.json': record(',"x":1'),
      [`000003/${VERSION}/dandiset.json`]: record(',"x":1'),
      [`000003/${VERSION}/assets.jsonl`]: `${asset('a.nwb')}\n`,
    };
    const { report, code } = await importFiles(changed, { into });
    expect(code).toBe(1);
    expect(report.problems).toMatchObject([
      { rule: 'frozen-version-differs', path: `${FROZEN}/dandiset.json` },
    ]);
    const after = filesBelow(into);
    expect(after.get(`${DRAFT}/dandiset.json`)).toContain('"x": 1');
    expect(after.has(`${DRAFT}/assets.jsonl`)).toBe(false);
    for (const [name, text] of before)
      if (name.startsWith(FROZEN)) expect(after.get(name)).toBe(text);
  });

  it('completes an interrupted import', async () => {
    const { into } = await importFiles(source);
    const before = filesBelow(into);
    rmSync(path.join(into, FROZEN, 'manifest.json'));
    writeFileSync(path.join(into, FROZEN, 'assets.jsonl'), '');
    await importFiles(source, { into });
    expect(filesBelow(into)).toEqual(before);
  });

  it('plans with --dry-run exactly what the real run does', async () => {
    const into = path.join(temporaryFolder(), 'content');
    const broken = { ...source, '000004/draft/dandiset.json': '{' };
    const planned = await importFiles(broken, { into, flags: ['--dry-run'] });
    expect(() => readFileSync(path.join(into, 'archive.json'))).toThrow('ENOENT');
    const done = await importFiles(broken, { into });
    expect(planned.report.versions).toEqual(done.report.versions);
    expect(planned.report.problems).toEqual(done.report.problems);
    const written = done.report.versions.flatMap((version) =>
      version.files.map((file) => file.path),
    );
    expect(written.sort()).toEqual(
      [...filesBelow(into).keys()].filter((name) => name.startsWith('dandisets/')),
    );
  });
});

describe('what is broken', () => {
  const good = '000004/draft/dandiset.json';
  const list = '000003/draft/assets.jsonl';
  const packed = gzipSync(
    Array.from({ length: 4000 }, (_, index) => asset(`${index * 7919}.nwb`)).join('\n'),
  );
  const cases: [string, Files, { rule: string; path: string; line?: number }][] = [
    [
      'a cut-off gzip',
      { [`${list}.gz`]: packed.subarray(0, packed.length - 20) },
      { rule: 'source-broken-gzip', path: `${list}.gz` },
    ],
    [
      'no gzip',
      { [`${list}.gz`]: 'plain' },
      { rule: 'source-broken-gzip', path: `${list}.gz`, line: 1 },
    ],
    [
      'a line that is no JSON',
      { [list]: `${asset('a')}\n{"path":\n` },
      { rule: 'source-broken-json', path: list, line: 2 },
    ],
    [
      'a repeated key',
      { [list]: `\n${asset('a', ',"a":1,"a":2')}` },
      { rule: 'source-broken-json', path: list, line: 2 },
    ],
    [
      'bytes that are not UTF-8',
      { [list]: Buffer.concat([Buffer.from(`${asset('a')}\n"`), Buffer.from([0xff, 0x22])]) },
      { rule: 'source-broken-utf8', path: list, line: 2 },
    ],
    [
      'a size that is text',
      { [list]: asset('a').replace('7', '"7"') },
      { rule: 'source-asset-shape', path: list, line: 1 },
    ],
    [
      'an asset that is no object',
      { [list]: '[]' },
      { rule: 'source-asset-shape', path: list, line: 1 },
    ],
    [
      'a path there twice',
      { [list]: `${asset('a')}\n${asset('b')}\n${asset('a')}` },
      { rule: 'source-duplicate-path', path: list, line: 3 },
    ],
    [
      'a path that leaves the folder',
      { [list]: asset('../../x') },
      { rule: 'source-unsafe-path', path: list, line: 1 },
    ],
    [
      'a record that is no JSON',
      { '000003/draft/dandiset.json': '{\n"a": 1,\n}' },
      { rule: 'source-broken-json', path: '000003/draft/dandiset.json', line: 3 },
    ],
    [
      'a record that is no object',
      { '000003/draft/dandiset.json': '[]' },
      { rule: 'source-broken-json', path: '000003/draft/dandiset.json', line: 1 },
    ],
    [
      'a record in another folder',
      { '000003/draft/dandiset.json': record().replace('000003', '000009') },
      { rule: 'source-other-number', path: '000003/draft/dandiset.json' },
    ],
    [
      'a record of another archive',
      { '000003/draft/dandiset.json': record().replace('DANDI', 'EMBER') },
      { rule: 'source-foreign-prefix', path: '000003/draft/dandiset.json' },
    ],
  ];

  it.each(cases)('%s is shown with file and line; the rest goes on', async (_, files, expected) => {
    const into = path.join(temporaryFolder(), 'content');
    writeFiles(into, {
      'archive.json': JSON.stringify({
        name: 'A',
        identifierPrefix: 'DANDI',
        site: 'https://a.example/',
        repository: 'https://a.example',
        stores: [{ kind: 'http', url: 'https://a.example/' }],
      }),
    });
    const source = {
      '000003/draft/dandiset.json': record(),
      [good]: record().replace('000003', '000004'),
      ...files,
    };
    const { code, report } = await importFiles(source, { into });
    expect(code).toBe(1);
    expect(report.problems).toMatchObject([expected]);
    expect(report.versions.map(({ number, action }) => [number, action])).toEqual([
      ['000003', 'left-out'],
      ['000004', 'add'],
    ]);
    expect([...filesBelow(path.join(into, 'dandisets')).keys()]).toEqual([
      '000/000004/draft/dandiset.json',
    ]);
  });

  it('reports lines of JSON lists and of YAML', async () => {
    const inList = await importFiles({
      'dandiset.yaml': 'identifier: DANDI:000003\nversion: draft\n',
      '.dandi/assets.json': `[\n${asset('a')},\n{\n"path": nothing\n}\n]`,
    });
    expect(inList.report.problems).toMatchObject([
      { rule: 'source-broken-json', path: '.dandi/assets.json', line: 4 },
    ]);
    const inYaml = await importFiles({
      '000003/draft/dandiset.yaml': 'identifier: DANDI:000003\n',
      '000003/draft/assets.yaml': '- path: a\n  contentSize: 1\n- path: b\n  path: c\n',
    });
    expect(inYaml.report.problems).toMatchObject([
      { rule: 'source-broken-yaml', path: '000003/draft/assets.yaml', line: 4 },
    ]);
  });

  it('reports folders that are not versions', async () => {
    const { report, code } = await importFiles({
      '000003/draft/dandiset.json': record(),
      '000003/newest/dandiset.json': record(),
    });
    expect(code).toBe(1);
    expect(report.problems).toMatchObject([
      { rule: 'source-unknown-folder', path: '000003/newest' },
    ]);
  });
});

describe('a record with problems', () => {
  it('is imported, and only its problems are listed', async () => {
    const into = path.join(temporaryFolder(), 'content');
    await importFiles(
      { '000007/draft/dandiset.json': record().replace('000003', '000007') },
      { into },
    );
    const { code, report } = await importFiles(
      { '000003/draft/dandiset.json': record() },
      { into, flags: [] },
    );
    // Everything was imported.
    expect(code).toBe(0);
    expect(report.totals).toMatchObject({ added: 1 });
    expect(read(into, `${DRAFT}/dandiset.json`)).toContain('Mossy cells');
    expect(report.problems.map(({ rule }) => rule)).toContain('contact-person');
    expect(new Set(report.problems.map((problem) => problem.path.split('/')[2]))).toEqual(
      new Set(['000003']),
    );
  });

  it('fails with --strict', async () => {
    const source = { '000003/draft/dandiset.json': record() };
    const { code, report } = await importFiles(source, { flags: ['--strict'] });
    expect([code, report.totals['added']]).toEqual([1, 1]);
  });

  it('is reported to people with a total at the end', async () => {
    const source = temporaryFolder({
      '000003/draft/dandiset.json': record(),
      '000004/draft/dandiset.json': '{',
    });
    const result = await runCli(
      'import',
      source,
      '--into',
      path.join(temporaryFolder(), 'content'),
    );
    expect(result.code).toBe(1);
    expect(result.stderr).toBe('');
    expect(result.stdout).toMatch(
      /^000004\/draft\/dandiset\.json:1 {2}error {2}source-broken-json {2}Is not JSON/m,
    );
    expect(result.stdout.trimEnd()).toMatch(
      /Imported 1 Dandiset, 1 version, 0 assets: 1 added, 1 left out\.$/,
    );
  });

  it('a source of unknown shape is refused', async () => {
    const result = await runCli('import', temporaryFolder({ 'a.txt': '' }), '--into', '/nowhere');
    expect([result.code, result.stdout]).toEqual([1, '']);
    expect(result.stderr).toMatch(/^dandiset: No records of Dandisets were found/);
  });
});

describe('links', () => {
  it('are not followed out of the content folder, nor read at the source', async () => {
    const outside = temporaryFolder({ 'secret.json': record() });
    const into = path.join(temporaryFolder(), 'content');
    mkdirSync(into);
    symlinkSync(outside, path.join(into, 'dandisets'));
    const source = temporaryFolder({ '000003/draft/dandiset.json': record() });
    symlinkSync(
      path.join(outside, 'secret.json'),
      path.join(source, '000003', 'draft', 'assets.jsonl'),
    );
    const result = await runCli('import', source, '--into', into, '--json');
    expect(JSON.parse(result.stdout).problems).toMatchObject([{ rule: 'source-missing-file' }]);

    rmSync(path.join(source, '000003', 'draft', 'assets.jsonl'));
    const written = await runCli('import', source, '--into', into);
    expect(written.code).toBe(1);
    expect(written.stderr).toContain('is no folder');
    expect([...filesBelow(outside).keys()]).toEqual(['secret.json']);
  });
});
