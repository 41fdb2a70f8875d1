// `npm start` in a small repository: the real scripts and the real server, and for Astro a stand-in that
// writes one page, so that what is built and when can be seen in seconds.

import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importsOf, packageOf } from '../../scripts/import-arrows.ts';
import { repository } from '../support/needed-part.ts';

let folder: string;

function write(file: string, contents: string | object): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, typeof contents === 'string' ? contents : JSON.stringify(contents));
}

const ASTRO = `#!/usr/bin/env node
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const content = process.env.ARCHIVE_CONTENT ?? 'content';
const record = readFileSync(content + '/record.json', 'utf8');
if (record === 'broken') process.exit(3);
mkdirSync('dist', { recursive: true });
writeFileSync('dist/index.html', '<h1>' + record + '</h1>');
console.log('stand-in built');
`;

function archive(name: string): object {
  return {
    name,
    identifierPrefix: 'LAB',
    site: 'https://lab.example/',
    repository: 'https://code.example/lab',
    licenses: ['spdx:CC0-1.0'],
    stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
  };
}

/** The package of the repository, with one runtime dependency and one development dependency. */
function writePackages(version: string): void {
  const dependencies = { 'stand-in': 'file:stand-in' };
  const devDependencies = { tool: 'file:tool' };
  const own = { name: 'small', version: '1.0.0', dependencies, devDependencies };
  const bin = { astro: 'astro.mjs' };
  write('package.json', { ...own, type: 'module', scripts: { start: 'node scripts/start.mjs' } });
  write('package-lock.json', {
    name: 'small',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': own,
      'node_modules/stand-in': { resolved: 'stand-in', link: true },
      'node_modules/tool': { resolved: 'tool', link: true, dev: true },
      'stand-in': { version, bin },
      tool: { version: '1.0.0', dev: true },
    },
  });
  write('stand-in/package.json', { name: 'stand-in', version, type: 'module', bin });
  write('tool/package.json', { name: 'tool', version: '1.0.0' });
}

const isThere = (name: string): boolean => existsSync(path.join(folder, 'node_modules', name));

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'start-'));
  cpSync(path.join(repository, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  // The command line as it is bundled; its sources are absent, so that it counts as current.
  const bundled = spawnSync(process.execPath, ['scripts/dandiset.mjs', '--version'], {
    cwd: repository,
    timeout: 60_000,
  });
  expect(bundled.status, bundled.stderr.toString()).toBe(0);
  cpSync(path.join(repository, 'build/dandiset.mjs'), path.join(folder, 'build/dandiset.mjs'));
  writePackages('1.0.0');
  write('stand-in/astro.mjs', ASTRO);
  write(
    'scripts/demo.mjs',
    "import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync('storage', { recursive: true });\nwriteFileSync('storage/made.txt', process.argv[2]);",
  );
  for (const name of ['content', 'other']) {
    write(`${name}/archive.json`, archive(`${name} archive`));
    write(`${name}/record.json`, `one of ${name}`);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Started {
  text: string;
  url: string | undefined;
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts, and waits for the address or the end. */
function start(env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, ...env },
    timeout: 60_000,
    // A separate process group, to be sent what Ctrl-C sends: a signal to every process of it.
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let text = '';
  return new Promise((resolve) => {
    const settle = (): void => {
      const url = /is at (http\S+)$/m.exec(text)?.[1];
      resolve({
        text,
        url,
        stop(signal) {
          if (signal === 'SIGINT' && child.pid !== undefined) process.kill(-child.pid, signal);
          else child.kill(signal);
          return ended;
        },
      });
    };
    const add = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes('Ctrl-C')) settle();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    void ended.then(settle);
  });
}

async function page(started: Started, target = ''): Promise<string> {
  expect(started.url, started.text).toBeDefined();
  return (await fetch(`${started.url}${target}`, { signal: AbortSignal.timeout(10_000) })).text();
}

describe('npm start', { timeout: 30_000 }, () => {
  test('installs, makes the demo files, builds, and serves', async () => {
    const started = await start();
    expect(started.text).toContain('Installing packages');
    expect(started.text).toContain('stand-in built');
    expect(await page(started)).toBe('<h1>one of content</h1>');
    expect(await page(started, 'storage/made.txt')).toBe('--storage');
    await started.stop('SIGINT');
    await expect(fetch(started.url ?? '')).rejects.toThrow();
  });

  test('does none of it again where nothing has changed', async () => {
    const started = await start();
    expect(started.text).not.toContain('Installing');
    expect(started.text).not.toContain('built');
    expect(await page(started)).toBe('<h1>one of content</h1>');
    await started.stop('SIGTERM');
    await expect(fetch(started.url ?? '')).rejects.toThrow();
  });

  test('builds again when a record has changed, and another archive without the demo files', async () => {
    write('content/record.json', 'two');
    const changed = await start();
    expect(await page(changed)).toBe('<h1>two</h1>');
    await changed.stop('SIGTERM');

    rmSync(path.join(folder, 'storage'), { recursive: true });
    const other = await start({ ARCHIVE_CONTENT: 'other' });
    expect(other.text).toContain('other archive is at');
    expect(await page(other)).toBe('<h1>one of other</h1>');
    await other.stop('SIGTERM');
    expect(existsSync(path.join(folder, 'storage'))).toBe(false);
  });

  test('ends with a failure when the build fails, and tries again the next time', async () => {
    write('content/record.json', 'broken');
    const failed = await start();
    expect(failed.url).toBeUndefined();
    expect(await failed.stop('SIGTERM')).toBe(3);
    write('content/record.json', 'fixed');
    const fixed = await start();
    expect(await page(fixed)).toBe('<h1>fixed</h1>');
    await fixed.stop('SIGTERM');
  });
});

describe('development dependencies', { timeout: 30_000 }, () => {
  const run = (script: string): string =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      timeout: 30_000,
    }).stdout.toString();
  const start =
    "const { install } = await import('./scripts/install.mjs'); install({ dev: false });";
  const others = "const { install } = await import('./scripts/install.mjs'); install();";

  test('are not installed by npm start, and are by whatever needs them', () => {
    rmSync(path.join(folder, 'node_modules'), { recursive: true, force: true });
    expect(run(start)).toContain('npm ci --omit=dev');
    expect([isThere('stand-in'), isThere('tool')]).toEqual([true, false]);
    expect(run(start)).toBe('');
    expect(run(others)).toContain('npm ci --include=dev');
    expect([isThere('stand-in'), isThere('tool')]).toEqual([true, true]);
    expect(run(start) + run(others)).toBe('');
  });

  test('that are installed stay when npm start installs a newer package', () => {
    writePackages('1.0.1');
    expect(run(start)).toContain('Installing');
    expect([isThere('stand-in'), isThere('tool')]).toEqual([true, true]);
    expect(run(others)).toBe('');
  });

  test('are not needed by anything that npm start runs', () => {
    const { devDependencies } = JSON.parse(
      readFileSync(path.join(repository, 'package.json'), 'utf8'),
    ) as { devDependencies: Record<string, string> };
    // It starts the writer of the demo and Astro as separate programs; `prepare` bundles.
    const waiting = ['start.mjs', 'demo.mjs', 'build-cli.mjs'].map((name) => `scripts/${name}`);
    waiting.push('demo/main.ts', 'astro.config.mjs', 'src/cli/main.ts');
    const faults: string[] = [];
    const seen = new Set(waiting);
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const text = readFileSync(path.join(repository, file), 'utf8');
      for (const { specifier, isType } of importsOf({ path: file, text })) {
        if (isType) continue;
        if (packageOf(specifier) in devDependencies) faults.push(`${file} needs ${specifier}`);
        const next = path.posix.join(path.posix.dirname(file), specifier);
        if (!specifier.startsWith('.') || seen.has(next) || !/\.(?:ts|mjs)$/.test(next)) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(100);
  });
});

test.each(['start.mjs', 'test.mjs', 'dev.mjs'])('%s says what an old Node lacks', (script) => {
  const pretend = "Object.defineProperty(process, 'versions', { value: { node: '20.18.3' } });";
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, `scripts/${script}`],
    { cwd: repository, timeout: 60_000 },
  );
  expect(stderr.toString()).toContain('This needs Node 20.19 or newer; here is 20.18.3.');
  expect(status).toBe(1);
});
