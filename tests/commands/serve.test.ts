import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zipSite } from '../../scripts/zip-site.mjs';
import { repository } from '../support/needed-part.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'serve-'));
  const files = {
    'content/archive.json': JSON.stringify({
      name: 'Lab\u001b[31m Archive',
      identifierPrefix: 'LAB',
      site: 'https://lab.example/',
      repository: 'https://code.example/lab',
      licenses: ['spdx:CC0-1.0'],
      stores: [{ kind: 'folder', path: 'bytes', url: '/data/' }],
    }),
    'dist/index.html': 'Home',
    'dist/404.html': 'Unknown',
    'dist/dandiset/000001/index.html': 'One',
    'bytes/blobs/abc/def/abcdef': 'bytes',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
});

afterAll(() => rm(folder, { recursive: true }));

function dandisetIn(cwd: string, ...args: string[]): ChildProcess {
  const script = path.join(repository, 'scripts/dandiset.mjs');
  return spawn(process.execPath, [script, ...args], { cwd, timeout: 60_000 });
}

const dandiset = (...args: string[]): ChildProcess => dandisetIn(folder, ...args);

/** What a command printed once it has ended, or once the output contains `until`. */
async function output(child: ChildProcess, until?: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const add = (chunk: Buffer): void => {
      text += chunk.toString();
      if (until?.test(text)) resolve(text);
    };
    child.stdout?.on('data', add);
    child.stderr?.on('data', add);
    child.once('close', () => resolve(text));
  });
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'serves the site and the store until %s',
  async (signal) => {
    const child = dandiset('serve', 'dist', '--port', '0');
    const ended = exitCode(child);
    const text = await output(child, /Ctrl-C/);
    const url = /is at (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(text)?.[1];
    expect(url, text).toBeDefined();
    expect(text).not.toContain('\u001b');
    const get = (target: string): Promise<Response> =>
      fetch(url + target, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    expect(await (await get('')).text()).toBe('Home');
    expect(await (await get('data/blobs/abc/def/abcdef')).text()).toBe('bytes');
    expect((await get('lab:1')).headers.get('location')).toBe('/dandiset/000001/');
    expect((await get('LAB:000002')).status).toBe(404);
    child.kill(signal);
    expect(await ended).toBe(0);
  },
);

test('serves a site that was copied as one file, where there are no records', async () => {
  const site = path.join(folder, 'taken');
  await mkdir(site, { recursive: true });
  const settings = await readFile(path.join(folder, 'content/archive.json'));
  await writeFile(path.join(site, 'archive.json'), settings);
  await writeFile(path.join(site, 'index.html'), 'Taken home');
  const zips = ['a.zip', 'b.zip'].map((name) => path.join(folder, name));
  for (const zip of zips) zipSite(site, zip);
  const [first, second] = await Promise.all(zips.map((zip) => readFile(zip)));
  expect(first!.equals(second!)).toBe(true);

  const elsewhere = path.join(folder, 'elsewhere');
  for (const [name, bytes] of Object.entries(unzipSync(first!))) {
    await mkdir(path.dirname(path.join(elsewhere, name)), { recursive: true });
    await writeFile(path.join(elsewhere, name), bytes);
  }
  expect((await readdir(path.join(elsewhere, 'site'))).sort()).toEqual([
    'READ-ME.txt',
    'archive.json',
    'index.html',
  ]);
  const child = dandisetIn(elsewhere, 'serve', 'site', '--port', '0');
  const text = await output(child, /Ctrl-C/);
  const url = /is at (http:\S+)$/m.exec(text)?.[1];
  expect(url, text).toBeDefined();
  expect(await (await fetch(url!)).text()).toBe('Taken home');
  child.kill();
});

test.each([
  [['serve', '--port', 'x'], 2, /port is a whole number/],
  [['serve', 'none'], 1, /no built site in .*none[\s\S]*npm run build/],
  [['serve', 'dist', '--content', 'none'], 1, /no archive\.json/],
  [['serve', 'dist', '--host', '192.0.2.1'], 2, /Cannot listen on 192\.0\.2\.1/],
])('dandiset %j ends with %i', async (args, code, message) => {
  const child = dandiset(...args);
  const ended = exitCode(child);
  expect(await output(child)).toMatch(message);
  expect(await ended).toBe(code);
});

test('says what it can do', async () => {
  expect(await output(dandiset('serve', '--help'))).toContain('Examples:');
});
