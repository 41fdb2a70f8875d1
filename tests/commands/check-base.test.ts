// `dandiset check --base REF` in real repositories: a published version never changes.

import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { commitTree } from '../../src/adapters/git/commit-tree.ts';
import { sha256Hex } from '../../src/core/digests/sha256.ts';
import {
  DRAFT,
  FIRST,
  IMPORTED,
  SECOND,
  STATUS,
  TestArchive,
} from '../support/broken/test-archive.ts';
import { runCli } from '../support/process/run-cli.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { checkArchive } from '../../src/workflows/archive/check-archive.ts';

function git(folder: string, ...args: string[]): void {
  const settings = [
    '-c',
    'user.name=T',
    '-c',
    'user.email=t@lab.example',
    '-c',
    'commit.gpgsign=false',
  ];
  execFileSync('git', ['-C', folder, ...settings, ...args], { stdio: 'pipe' });
}

/** A repository whose content/ is the valid archive, committed on `main`. */
function repositoryOf(archive: TestArchive): string {
  const root = temporaryFolder();
  writeFiles(path.join(root, 'content'), archive.files);
  git(root, 'init', '--quiet', '--initial-branch=main');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message=Base');
  return path.join(root, 'content');
}

/** Rule and path of every problem, without starting a process for each of the many runs here. */
async function check(content: string, ref = 'main'): Promise<string[]> {
  const base = await commitTree(content, ref);
  try {
    const { problems } = await checkArchive({ tree: folderTree(content), base });
    return problems.map(({ rule, path: file }) => `${rule} ${file}`);
  } finally {
    base.close();
  }
}

test('the command takes the base and refuses a change', async () => {
  const content = repositoryOf(new TestArchive());
  expect(await runCli('check', content, '--base', 'main')).toMatchObject({ code: 0, stderr: '' });
  rmSync(path.join(content, IMPORTED), { recursive: true });
  const { code, stdout } = await runCli('check', content, '--base', 'main');
  expect(code).toBe(1);
  expect(stdout).toContain(`${IMPORTED}  error  published-version-removed  `);
});

test('a tree that is the base has no problems', async () => {
  expect(await check(repositoryOf(new TestArchive()))).toEqual([]);
});

test('a changed file is refused, also where its manifest was rewritten', async () => {
  const archive = new TestArchive();
  const content = repositoryOf(archive);
  archive.edit(`${IMPORTED}/dandiset.json`, (record) => (record['description'] = 'Better.'));
  archive.freeze();
  writeFiles(content, archive.files);
  expect(await check(content)).toEqual([
    `published-version-changed ${IMPORTED}/dandiset.json`,
    `published-version-changed ${IMPORTED}/manifest.json`,
  ]);
});

test('a removed file, an added file and a file that became a link are refused', async () => {
  const content = repositoryOf(new TestArchive());
  rmSync(path.join(content, FIRST, 'assets.jsonl'));
  writeFiles(content, { [`${SECOND}/assets.ref.json`]: '{}' });
  rmSync(path.join(content, IMPORTED, 'dandiset.json'));
  symlinkSync('../draft/dandiset.json', path.join(content, IMPORTED, 'dandiset.json'));
  const problems = await check(content);
  expect(problems).toContain(`published-version-changed ${FIRST}/assets.jsonl`);
  expect(problems).toContain(`published-version-changed ${SECOND}/assets.ref.json`);
  expect(problems).toContain(`published-version-changed ${IMPORTED}/dandiset.json`);
  expect(problems).toContain(`file-not-regular ${IMPORTED}/dandiset.json`);
});

test('a removed, renamed or linked version is refused', async () => {
  const removed = repositoryOf(new TestArchive());
  rmSync(path.join(removed, IMPORTED), { recursive: true });
  expect(await check(removed)).toEqual([`published-version-removed ${IMPORTED}`]);

  const renamed = repositoryOf(new TestArchive());
  renameSync(path.join(renamed, IMPORTED), path.join(renamed, `${IMPORTED.slice(0, -1)}1`));
  expect(await check(renamed)).toContain(`published-version-removed ${IMPORTED}`);

  const linked = repositoryOf(new TestArchive());
  rmSync(path.join(linked, IMPORTED), { recursive: true });
  symlinkSync('draft', path.join(linked, IMPORTED));
  expect(await check(linked)).toContain(`published-version-changed ${IMPORTED}`);
});

test('new versions, drafts and status may change', async () => {
  const archive = new TestArchive();
  const content = repositoryOf(archive);
  rmSync(path.join(content, SECOND), { recursive: true });
  git(content, 'commit', '--quiet', '--all', '--message=Before the second version');
  archive.edit(`${DRAFT}/dandiset.json`, (record) => (record['description'] = 'Better.'));
  archive.edit(STATUS, (status) => (status['owners'] = ['ada', 'grace']));
  writeFiles(content, archive.files);
  expect(await check(content)).toEqual([]);
});

test('a redaction that keeps manifest and digest is accepted, any other is not', async () => {
  const archive = new TestArchive();
  const content = repositoryOf(archive);
  const digest = sha256Hex(archive.text(`${SECOND}/manifest.json`));
  const entry = { notice: 'Names were removed.', date: '2025-04-01', by: 'curator', digest };
  archive.edit(STATUS, (status) => (status['redactions'] = { '0.250201.1200': entry }));
  archive.files[`${SECOND}/dandiset.json`] = '{\n  "notice": "Names were removed."\n}\n';
  writeFiles(content, archive.files);
  rmSync(path.join(content, SECOND, 'assets.jsonl'));
  expect(await check(content)).toEqual([]);

  writeFiles(content, { [`${SECOND}/manifest.json`]: '{}' });
  expect(await check(content)).toContain(`published-version-changed ${SECOND}/manifest.json`);
});

test('an unknown commit, a hostile one and a folder without repository are failures with a hint', async () => {
  const content = repositoryOf(new TestArchive());
  const unknown = await runCli('check', content, '--base', 'origin/nowhere');
  expect(unknown).toMatchObject({ code: 1, stdout: '' });
  expect(unknown.stderr).toContain('knows no commit "origin/nowhere"');
  expect(unknown.stderr).toContain('git fetch origin nowhere');
  expect(await runCli('check', content, '--base=--output=/tmp/x')).toMatchObject({ code: 2 });
  const outside = await runCli('check', temporaryFolder(new TestArchive().files), '--base', 'main');
  expect(outside.stderr).toContain('does not lie in a git repository');
});

test('in a shallow clone the hint says how to get the rest', async () => {
  const content = repositoryOf(new TestArchive());
  git(content, 'commit', '--quiet', '--allow-empty', '--message=Next');
  const clone = path.join(temporaryFolder(), 'clone');
  git(content, 'clone', '--quiet', '--depth=1', `file://${path.dirname(content)}`, clone);
  const { code, stderr } = await runCli('check', path.join(clone, 'content'), '--base', 'main~1');
  expect(code).toBe(1);
  expect(stderr).toContain('git fetch --unshallow');
});

test('a content folder that did not exist at the base is all new', async () => {
  const root = temporaryFolder({ 'README.md': 'x\n' });
  git(root, 'init', '--quiet', '--initial-branch=main');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message=Base');
  writeFiles(path.join(root, 'content'), new TestArchive().files);
  expect(await check(path.join(root, 'content'))).toEqual([]);
});
