// The client as a package: what is in it, and that it needs nothing else.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { packedClient } from '../../scripts/build-cli.mjs';
import { clientFile } from '../../scripts/current-cli.mjs';
import { runCli, runProgram, type CliResult } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MOST_BYTES = 5_000_000;

beforeAll(async () => {
  // Bundles it where it is missing or old.
  expect(await runCli('--version')).toMatchObject({ code: 0 });
});

/** The client, unpacked where no package is around it. */
function unpacked(): string {
  const folder = temporaryFolder();
  expect(spawnSync('tar', ['-xzf', clientFile, '-C', folder]).status).toBe(0);
  return path.join(folder, 'package');
}

test('is small, needs no other package, and has the same bytes whenever it is packed', async () => {
  const bytes = readFileSync(clientFile);
  expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
  expect(Buffer.from(await packedClient()).equals(bytes)).toBe(true);
  const manifest = JSON.parse(
    readFileSync(path.join(unpacked(), 'package.json'), 'utf8'),
  ) as object;
  expect(manifest).toMatchObject({ name: 'dandiset', version: packageFile.version });
  expect(Object.keys(manifest).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
});

test('has its verbs alone, each of which starts by itself', async () => {
  const folder = unpacked();
  const client = (...args: string[]): Promise<CliResult> =>
    runProgram(process.execPath, [path.join(folder, 'dandiset.mjs'), ...args]);
  const { stdout } = await client('--help');
  const verbs = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, verb = '']) => verb);
  expect(verbs).toEqual(
    expect.arrayContaining(['download', 'ls', 'verify', 'digest', 'cite', 'submit', 'check']),
  );
  for (const verb of verbs.filter((one) => one !== 'help'))
    expect(await client(verb, '--help'), verb).toMatchObject({ code: 0, stderr: '' });
  expect(await client('init', 'x')).toMatchObject({ code: 2 });
});

test('loads what reads git only with the verbs that need it', async () => {
  const folder = unpacked();
  const readsGit = readdirSync(folder).filter((name) =>
    readFileSync(path.join(folder, name), 'utf8').includes('git/isomorphic-git@'),
  );
  expect(readsGit.length).toBeGreaterThan(0);
  /** The parts that are loaded to print the help of a verb. */
  const loaded = async (verb: string): Promise<string> => {
    const coverage = temporaryFolder();
    const args = [path.join(folder, 'dandiset.mjs'), verb, '--help'];
    await runProgram(process.execPath, args, { NODE_V8_COVERAGE: coverage });
    return readdirSync(coverage)
      .map((name) => readFileSync(path.join(coverage, name), 'utf8'))
      .join();
  };
  const [download, submit] = [await loaded('download'), await loaded('submit')];
  expect(readsGit.filter((name) => download.includes(name))).toEqual([]);
  expect(readsGit.filter((name) => submit.includes(name))).toEqual(readsGit);
});

test('has the threads that hash a large file', async () => {
  const folder = unpacked();
  const bytes = Buffer.alloc(20 * 1024 * 1024, 'some text');
  writeFileSync(path.join(folder, 'large.bin'), bytes);
  const args = ['digest', path.join(folder, 'large.bin'), '-d', 'sha256', '-d', 'md5', '--json'];
  const { code, stdout, stderr } = await runProgram(process.execPath, [
    path.join(folder, 'dandiset.mjs'),
    ...args,
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of ['sha256', 'md5'])
    expect(stdout).toContain(createHash(name).update(bytes).digest('hex'));
});

test('passes on the licences of what is bundled', () => {
  const folder = unpacked();
  expect(existsSync(path.join(folder, 'LICENSE'))).toBe(true);
  const licences = readFileSync(path.join(folder, 'LICENSES-OF-PARTS.txt'), 'utf8');
  for (const name of ['commander', 'isomorphic-git', 'picomatch'])
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
});
