// The verbs that publish, as a user runs them.

import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ArchiveInGit, draftFiles, submissionFiles } from '../support/forge/archive-in-git.ts';
import { ARCHIVE, authoredDandiset } from '../support/broken/records.ts';
import { sha256Hex } from '../../src/core/digests/sha256.ts';
import { gitBackend, listenForTest } from '../support/forge/git-server.ts';
import { repository } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';
import {
  filesBelow,
  temporaryFolder,
  writeFiles,
  type Files,
} from '../support/temporary-folder.ts';
import { createServer } from 'node:http';

const AT = '2026-03-04T05:06:07Z';

/** A store in a folder that holds the files of these names: the bytes of each are its own path. */
function storeOf(...paths: string[]): string {
  const keys = paths.map((name): [string, string] => {
    const sha256 = sha256Hex(name);
    return [`blobs/${sha256.slice(0, 3)}/${sha256.slice(3, 6)}/${sha256}`, name];
  });
  return temporaryFolder(Object.fromEntries(keys));
}

const text = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** A content folder next to a store with the files of its draft. */
function contentFolder(files: Files, ...stored: string[]): string {
  const root = temporaryFolder();
  writeFiles(root, { 'content/archive.json': text(ARCHIVE) });
  for (const [name, data] of Object.entries(files)) writeFiles(root, { [`content/${name}`]: data });
  for (const [name, data] of filesBelow(storeOf(...stored))) {
    writeFiles(root, { [`storage/${name}`]: data });
  }
  return path.join(root, 'content');
}

describe('publish', () => {
  const draft = draftFiles('000001', 'Units', '', ['sub-01/a.nwb']);
  const unasked = Object.fromEntries(
    Object.entries(draft).filter(([name]) => !name.endsWith('release.json')),
  );

  test('shows what would be frozen and requests it', async () => {
    const content = contentFolder(unasked, 'sub-01/a.nwb');
    const args = ['publish', '000001', '--notes', 'First.', '--content', content];
    const dry = await runCli(...args, '--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain('It is the first version.');
    expect([...filesBelow(content).keys()].some((name) => name.endsWith('release.json'))).toBe(
      false,
    );
    const done = await runCli(...args, '--json');
    const report = JSON.parse(done.stdout);
    expect(report).toMatchObject({ identifier: 'TEST-DANDI:000001', written: true, problems: [] });
    expect(dry.stdout).toContain(report.preview.digest);
    expect(filesBelow(content).get('dandisets/000/000001/draft/release.json')).toBe(
      '{\n  "releaseNotes": "First."\n}\n',
    );
    expect((await runCli('check', content)).code).toBe(0);
  });

  test('is refused where a file is unavailable, and on wrong usage', async () => {
    const content = contentFolder(unasked, 'sub-01/other.nwb');
    const refused = await runCli('publish', '000001', '--notes', 'x', '--content', content);
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('release-bytes')]);
    expect((await runCli('publish', '000001', '--content', content)).code).toBe(2);
    expect((await runCli('publish', 'x', '--notes', 'x', '--content', content)).code).toBe(2);
    expect((await runCli('publish', '7', '--notes', 'x', '--content', content)).code).not.toBe(0);
  });
});

test('registrar, withdraw and redact: check accepts each step', async () => {
  const archive = new ArchiveInGit();
  archive.merge(submissionFiles('first-light', 'First.'), AT);
  const store = storeOf('sub-01/first-light.nwb', 'sub-02/new.nwb');
  const registrar = ['registrar', '--repository', archive.bare, '--store', store];
  const dry = await runCli(...registrar, '--dry-run');
  expect(dry.stdout).toContain('Would publish TEST-DANDI:000001/0.260304.0506');
  expect(archive.versions()).toEqual([]);
  expect(await runCli(...registrar)).toMatchObject({ code: 0, stderr: '' });
  const files = ['sub-01/first-light.nwb', 'sub-02/new.nwb'];
  archive.merge(draftFiles('000001', 'More units', 'Second.', files), '2026-04-01T00:00:00Z');
  const second = JSON.parse((await runCli(...registrar, '--json')).stdout);
  expect(second.steps).toMatchObject([
    { kind: 'publish', subject: 'TEST-DANDI:000001/0.260401.0000' },
  ]);
  expect((await runCli(...registrar)).stdout).toBe('Nothing waits.\n');

  const clone = temporaryFolder();
  execFileSync('git', ['clone', '--quiet', archive.bare, clone]);
  const content = path.join(clone, 'content');
  const checked = async (): Promise<number | null> =>
    (await runCli('check', content, '--base', 'HEAD')).code;
  const withdraw = (version: string, ...more: string[]) =>
    runCli('withdraw', version, '--by', 'ada', '--reason', 'Wrong.', '--content', content, ...more);
  const first = '000001/0.260304.0506';
  expect((await withdraw(first, '--successor', '0.260401.0000')).code).toBe(0);
  expect(await checked()).toBe(0);
  expect((await withdraw(first)).code).toBe(2);
  expect((await withdraw('000001/0.260401.0000')).code).toBe(2);
  expect((await withdraw('000001/0.200101.0000')).code).toBe(1);
  const kept = await runCli('delete', '000001', '--by', 'a', '--reason', 'b', '--content', content);
  expect(kept).toMatchObject({ code: 2, stderr: expect.stringContaining('dandiset withdraw') });
  expect((await withdraw(first, '--redact')).code).toBe(0);
  expect(await checked()).toBe(0);
  const status = JSON.parse(filesBelow(content).get('dandisets/000/000001/status.json') ?? '');
  expect(status.withdrawals['0.260304.0506']).toMatchObject({ successor: '0.260401.0000' });
  expect(status.redactions['0.260304.0506']).toMatchObject({ notice: 'Wrong.', by: 'ada' });
  expect(filesBelow(content).has(`dandisets/000/${first}/assets.jsonl`)).toBe(false);
});

test('delete removes a draft that was never published, and nothing else', async () => {
  const home = 'dandisets/000/000001';
  const draft = `${home}/draft/dandiset.json`;
  const files = draftFiles('000001', 'Units', 'First.', ['sub-01/a.nwb']);
  const content = contentFolder(files);
  const remove = (id: string, ...more: string[]) =>
    runCli('delete', id, '--by', 'ada', '--reason', 'Twice.', '--content', content, ...more);
  expect((await remove('000001', '--dry-run')).stdout).toContain(`removed  ${draft}`);
  expect(filesBelow(content).has(draft)).toBe(true);
  expect((await remove('000002')).code).toBe(1);
  expect((await remove('000001/0.260304.0506')).code).toBe(2);
  const { code, stdout } = await remove('000001', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ subject: 'TEST-DANDI:000001', dryRun: false });
  const left = [...filesBelow(content).keys()].filter((name) => name.startsWith(`${home}/`));
  expect(left).toEqual([`${home}/status.json`]);
  expect(JSON.parse(filesBelow(content).get(`${home}/status.json`) ?? '')).toMatchObject({
    deletion: { reason: 'Twice.', by: 'ada' },
  });
  expect((await runCli('check', content)).code).toBe(0);
  expect((await remove('000001')).code).toBe(1);
});

test('a registrar that is killed while it talks to the forge is run again', async () => {
  const undisturbed = new ArchiveInGit();
  undisturbed.merge(submissionFiles('first-light', 'First.'), AT);
  const merged = undisturbed.tip();
  const store = storeOf('sub-01/first-light.nwb');
  await runCli('registrar', '--repository', undisturbed.bare, '--store', store);
  let outcomes = 0;
  for (let at = 1; ; at += 1) {
    const archive = undisturbed.copyAt(merged);
    let requests = 0;
    let kill = (): void => undefined;
    const backend = gitBackend(archive.root);
    const server = createServer((request, response) => {
      requests += 1;
      if (requests === at) kill();
      backend(request, response);
    });
    const address = `${await listenForTest(server)}/archive.git`;
    const script = path.join(repository, 'scripts', 'dandiset.mjs');
    const code = await new Promise<number | null>((resolve) => {
      const args = [script, 'registrar', '--repository', address, '--store', store];
      const child = spawn(process.execPath, args, { stdio: 'ignore', detached: true });
      // The whole process group: git runs as a separate process, and would also die with the machine.
      kill = () => process.kill(-(child.pid ?? 0), 'SIGKILL');
      child.on('close', resolve);
    });
    if (code === 0) break;
    outcomes += 1;
    const again = await runCli('registrar', '--repository', address, '--store', store);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(archive.content()).toBe(undisturbed.content());
    expect(archive.tags()).toEqual(undisturbed.tags());
  }
  expect(outcomes).toBeGreaterThanOrEqual(5);
});

describe('migrate', () => {
  const DRAFT = 'dandisets/000/000001/draft/dandiset.json';
  const person =
    '{"name": "Lovelace, Ada", "email": "ada@lab.example", "roleName": ["dcite:ContactPerson"]}';
  const old = (license: string): string =>
    `{"schemaVersion": "0.4.4", "identifier": "TEST-DANDI:000001", "name": "Units", "description": "d", "contributor": [${person}], "license": ["${license}"], "dose": 1.50, "citation": "old", "about": [{"identifier": "UBERON:0003881", "name": "CA1"}]}`;

  test('brings older drafts to the current release, once', async () => {
    const list =
      draftFiles('000001', 'Units', '', ['sub-01/a.nwb'])[
        'dandisets/000/000001/draft/assets.jsonl'
      ] ?? '';
    const content = contentFolder({
      [DRAFT]: old('spdx:CC0-1.0'),
      'dandisets/000/000001/draft/assets.jsonl': list,
    });
    expect((await runCli('migrate', '--content', content)).stdout).toContain('Migrated 1 draft;');
    const migrated = filesBelow(content).get(DRAFT) ?? '';
    expect(JSON.parse(migrated)).toMatchObject({
      schemaVersion: '0.8.0',
      schemaKey: 'Dandiset',
      contributor: [{ schemaKey: 'Person' }],
      about: [{ schemaKey: 'Anatomy' }],
    });
    expect(migrated).toContain('"dose": 1.50');
    expect(migrated).not.toContain('"citation"');
    expect((await runCli('migrate', '000001', '--content', content)).stdout).toContain('1 current');
    expect(filesBelow(content).get(DRAFT)).toBe(migrated);
    expect((await runCli('check', content)).code).toBe(0);
  });

  test('leaves what only a person can fix, and reports it', async () => {
    const content = contentFolder({
      [DRAFT]: old('spdx:CC-BY-NC-4.0'),
      [DRAFT.replace(/1\//, '2/')]: text(authoredDandiset('000002')),
    });
    const left = await runCli('migrate', '--content', content, '--json');
    expect(left.code).toBe(1);
    const report = JSON.parse(left.stdout);
    expect(report.drafts.map(({ result }: { result: string }) => result)).toEqual([
      'left',
      'current',
    ]);
    expect(report.problems[0].pointer).toContain('/license');
    expect(filesBelow(content).get(DRAFT)).toBe(old('spdx:CC-BY-NC-4.0'));
  });
});
