// An archive made by `dandiset init`, installed and used as a lab does: from the registry that npm is
// set to, outside of this repository, through a link, on the oldest Node, and with updates.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWith, repository, type NeededPart } from '../support/needed-part.ts';
import { filesBelow } from '../support/temporary-folder.ts';

const OLDEST_NODE = '20.19.0';
const MOST_MEGABYTES = 320;

let top: string;
let archive: string;

function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    // What the runner of the tests says of itself is nothing of the archive's.
    env: { ...process.env, NODE_ENV: 'production', VITEST: undefined, TZ: undefined },
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}:\n${(stdout + stderr).slice(-3000)}`);
  return stdout + stderr;
}

const dandiset = (cwd: string, ...args: string[]): string =>
  run(cwd, 'npm', 'exec', '--no', '--', 'dandiset', ...args);

function init(program: string, folder: string): void {
  const script = path.join(program, 'scripts/dandiset.mjs');
  run(
    program,
    process.execPath,
    ...[script, 'init', folder, '--name', 'Trial Archive', '--prefix', 'DEMO-DANDI'],
    ...[
      '--repository',
      'https://github.com/example/trial',
      '--host',
      'local',
      '--site',
      'https://trial.example/',
    ],
  );
}

function commit(folder: string, message: string): void {
  const git = (...args: string[]): string =>
    run(folder, 'git', '-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args);
  if (!existsSync(path.join(folder, '.git'))) git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

/** One digest over every file below a folder, links left out. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const [name, text] of filesBelow(folder)) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}

function megabytesOf(folder: string): number {
  return Number(run(folder, 'du', '-sm', '.').split('\t')[0]);
}

/** The address that a started archive prints, and the process that serves it. */
async function start(folder: string): Promise<{ url: string; stop(): void }> {
  const child = spawn('npm', ['start', '--', '--port', '0'], {
    cwd: folder,
    detached: true,
    env: { ...process.env, VITEST: undefined },
  });
  const stop = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  };
  let said = '';
  for await (const piece of child.stdout) {
    said += String(piece);
    const url = /is at (http\S+)/.exec(said)?.[1];
    if (url !== undefined) return { url, stop };
  }
  throw new Error(`npm start ended:\n${said}`);
}

beforeAll(() => {
  top = mkdtempSync(path.join(os.tmpdir(), 'an archive '));
  archive = path.join(top, 'lab');
  init(repository, archive);
  commit(archive, 'Begin the archive');
  run(archive, 'npm', 'ci', '--no-audit', '--no-fund');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

test('it is as small as it is promised to be', () => {
  expect(megabytesOf(path.join(archive, 'node_modules'))).toBeLessThanOrEqual(MOST_MEGABYTES);
});

test('npm install changes nothing of the lockfile, and neither command writes into the package', () => {
  const installed = path.join(archive, 'node_modules/dandiset');
  const before = digestOf(installed);
  run(archive, 'npm', 'install', '--no-audit', '--no-fund');
  expect(dandiset(archive, 'check')).toContain('0 Dandisets');
  run(archive, 'npm', 'run', 'build');
  expect(readFileSync(path.join(archive, 'dist/index.html'), 'utf8')).toContain('no Dandisets yet');
  const served = readFileSync(path.join(archive, 'dist/cli/dandiset.tgz'));
  expect(served.equals(readFileSync(path.join(installed, 'build/dandiset.tgz')))).toBe(true);
  expect(digestOf(installed)).toBe(before);
  expect(run(archive, 'git', 'status', '--porcelain')).toBe('');
});

test('it is built and served through a link, from a clone, and shows its own texts', async () => {
  const clone = path.join(top, 'clone');
  run(top, 'git', 'clone', '-q', archive, clone);
  cpSync(path.join(repository, 'content/dandisets'), path.join(clone, 'content/dandisets'), {
    recursive: true,
  });
  cpSync(
    path.join(repository, 'content/pages/limits.mdx'),
    path.join(clone, 'content/pages/limits.mdx'),
  );
  writeFileSync(
    path.join(clone, 'content/pages/rules.mdx'),
    'Rules of the lab.\n\n<RuleTable />\n',
  );
  run(clone, 'npm', 'ci', '--no-audit', '--no-fund');
  const link = path.join(top, 'link');
  symlinkSync(clone, link);
  expect(dandiset(link, 'check')).toMatch(/Checked 11 Dandisets/);
  const { url, stop } = await start(link);
  try {
    const text = async (target: string): Promise<string> =>
      (await fetch(new URL(target, url))).text();
    expect(await text('')).toContain('Trial Archive');
    expect(await text('dandiset/000004/')).toContain('DEMO-DANDI:000004');
    expect(await text('handbook/rules/')).toMatch(/Rules of the lab.*archive-settings/s);
    expect(await text('handbook/running/')).toContain('<h1>Running your own archive');
  } finally {
    stop();
  }
});

test(`it runs on Node ${OLDEST_NODE}, and says what the newer one costs`, () => {
  const platform = `node-${process.platform}-${process.arch}`;
  const on = (...args: string[]): string =>
    run(
      archive,
      'npm',
      'exec',
      '--yes',
      `--package=${platform}@${OLDEST_NODE}`,
      '--',
      'node',
      ...args,
    );
  expect(on('--version').trim()).toBe(`v${OLDEST_NODE}`);
  expect(on('node_modules/dandiset/scripts/dandiset.mjs', 'check')).toContain('0 Dandisets');
  rmSync(path.join(archive, 'dist'), { recursive: true, force: true });
  expect(on('node_modules/dandiset/scripts/dandiset.mjs', 'build')).toMatch(
    /fetches\s+Node .* 185 MB/,
  );
  expect(existsSync(path.join(archive, 'dist/index.html'))).toBe(true);
});

/** The commit that first could make an archive; absent where the history is not there. */
function firstRelease(): NeededPart {
  const args = ['log', '--diff-filter=A', '--format=%H', '--', 'src/cli/init.ts'];
  const found = execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim().split('\n');
  const commit = found.at(-1) ?? '';
  return { path: commit, absent: commit === '' ? 'no history of the program' : undefined };
}

describeWith(firstRelease(), 'an archive of an older commit', () => {
  test('takes this release: check and build are green, and no byte of a record has changed', () => {
    const program = path.join(top, 'older');
    run(top, 'git', 'clone', '-q', repository, program);
    run(program, 'git', 'checkout', '-q', firstRelease().path);
    symlinkSync(path.join(repository, 'node_modules'), path.join(program, 'node_modules'));
    const lab = path.join(top, 'older lab');
    init(program, lab);
    cpSync(path.join(repository, 'content/dandisets'), path.join(lab, 'content/dandisets'), {
      recursive: true,
      // Which that release does not know.
      filter: (name) => !name.endsWith('derived.json'),
    });
    run(lab, 'npm', 'ci', '--no-audit', '--no-fund');
    dandiset(lab, 'check');
    commit(lab, 'Add ten Dandisets');
    const before = digestOf(path.join(lab, 'content'));

    const script = path.join(repository, 'scripts/dandiset.mjs');
    run(repository, process.execPath, script, 'init', '--update', lab);
    expect(digestOf(path.join(lab, 'content'))).toBe(before);
    const changed = run(lab, 'git', 'status', '--porcelain');
    expect(changed).toContain('package-lock.json');
    expect(changed).not.toMatch(/content\//);
    run(lab, 'npm', 'ci', '--no-audit', '--no-fund');
    expect(dandiset(lab, 'check')).toMatch(/Checked 11 Dandisets/);
    run(lab, 'npm', 'run', 'build');
    expect(existsSync(path.join(lab, 'dist/dandiset/000004/index.html'))).toBe(true);
  });
});

describe('the package', () => {
  test('has a lockfile neither in itself nor for development in the archive', () => {
    const lock = readFileSync(path.join(archive, 'package-lock.json'), 'utf8');
    expect(lock).not.toContain('"dev": true');
    expect(existsSync(path.join(archive, 'node_modules/dandiset/package-lock.json'))).toBe(false);
    expect(existsSync(path.join(archive, 'node_modules/vitest'))).toBe(false);
  });
});
