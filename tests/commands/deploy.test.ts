// `dandiset deploy` as a user runs it, against a store on loopback that checks every signature.

import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCliWith, type CliResult } from '../support/process/run-cli.ts';
import { startS3, type S3Double } from '../support/stores/s3-double.ts';
import { temporaryFolder, writeFiles, type Files } from '../support/temporary-folder.ts';

const SLOW = { timeout: 60_000 };
const ARCHIVE = {
  name: 'Lab',
  identifierPrefix: 'LAB-DANDI',
  site: 'https://lab.example.org/',
  repository: 'https://github.com/lab/archive',
  stores: [
    { kind: 'folder', path: 'storage', url: '/storage/' },
    { kind: 'http', url: 'https://b.example.org/', s3: { bucket: 'lab', prefix: 'site/bytes' } },
  ],
};

const SITE: Files = {
  'archive.json': JSON.stringify(ARCHIVE),
  'index.html': '<h1>Lab</h1>',
  '404.html': '<h1>Nothing here</h1>',
  'dandiset/000001/draft/index.html': '<h1>One</h1>',
  'dandiset/000001/draft/assets.jsonl': '{}\n',
  '_astro/page.a1b2c3.css': 'body{}',
  'api/dandisets/index.html': '{"count":1}',
  'server-info': '{}',
  '.well-known/api-catalog': '{}',
  'search/index.json': '{}',
  'sw.js': '// worker',
};

function deploy(double: S3Double, args: string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return runCliWith({ ...double.environment, ...env }, 'deploy', ...args);
}

const TO = ['--to', 's3://lab/site'];
const keysOf = ({ buckets }: S3Double): string[] => [...(buckets.get('lab')?.keys() ?? [])].sort();
const siteKeys = (files: Files): string[] =>
  Object.keys(files)
    .map((name) => `site/${name}`)
    .sort();
const putsOf = ({ requests }: S3Double): string[] =>
  requests.flatMap((request) => /^PUT \/lab\/site\/(.+)$/.exec(request)?.[1] ?? []);

test('a first, a second, a changed and a smaller site', SLOW, async () => {
  const double = await startS3();
  const site = temporaryFolder(SITE);

  const first = await deploy(double, [site, ...TO]);
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(
    /^Put 11 files \(\d+ B\) at s3:\/\/lab\/site\/; 0 files there already\.\n$/,
  );
  expect(keysOf(double)).toEqual(siteKeys(SITE));
  // What pages load, the pages, then what makes browsers look for them.
  const order = putsOf(double);
  const at = (name: string): number => order.indexOf(name);
  expect(at('_astro/page.a1b2c3.css')).toBeLessThan(at('index.html'));
  expect(at('archive.json')).toBeLessThan(at('api/dandisets/index.html'));
  expect(order.slice(-2).sort()).toEqual(['search/index.json', 'sw.js']);

  double.requests.length = 0;
  const second = await deploy(double, [site, ...TO, '--json']);
  expect(JSON.parse(second.stdout)).toMatchObject({ to: 's3://lab/site/', puts: [], same: 11 });
  expect(putsOf(double)).toEqual([]);

  writeFiles(site, { 'index.html': '<h1>LAB</h1>', '_astro/page.d4e5f6.css': 'body{}' });
  rmSync(path.join(site, '_astro/page.a1b2c3.css'));
  rmSync(path.join(site, 'dandiset'), { recursive: true });
  const third = await deploy(double, [site, ...TO]);
  expect(third.stdout).toContain('Put 2 files');
  expect(third.stdout).toContain('3 objects not of this site; --delete');
  expect(putsOf(double)).toEqual(['_astro/page.d4e5f6.css', 'index.html']);
  expect(keysOf(double)).toContain('site/_astro/page.a1b2c3.css');

  // What belongs to a store, or is outside the prefix, is never removed.
  const kept = ['blobs/abc/1', 'zarr/1.json', 'lists/1.gz', 'storage/x', 'bytes/blobs/abc/2'];
  const outside = ['other.txt', 'site-of-others/x', ...kept.map((key) => `site/${key}`)];
  const object = { bytes: Buffer.from('x'), contentType: undefined, cacheControl: undefined };
  for (const key of outside) double.buckets.get('lab')?.set(key, object);
  const before = keysOf(double);
  const plan = await deploy(double, [site, ...TO, '--delete', '--dry-run']);
  expect(plan.stdout.split('\n').filter((line) => line.startsWith('remove'))).toEqual([
    'remove  _astro/page.a1b2c3.css',
    'remove  dandiset/000001/draft/assets.jsonl',
    'remove  dandiset/000001/draft/index.html',
  ]);
  expect(keysOf(double)).toEqual(before);
  const fourth = await deploy(double, [site, ...TO, '--delete']);
  expect(fourth.stdout).toContain('Put 0 files (0 B)');
  expect(fourth.stdout).toContain('Removed 3 objects.');
  const left = Object.keys(SITE).filter((name) => !/^_astro|^dandiset/.test(name));
  const wanted = [...left, '_astro/page.d4e5f6.css'].map((name) => `site/${name}`);
  expect(keysOf(double)).toEqual([...wanted, ...outside].sort());
});

test('each file is served as what it is', SLOW, async () => {
  const double = await startS3();
  await deploy(double, [temporaryFolder(SITE), ...TO]);
  const served = (name: string): (string | undefined)[] => {
    const found = double.buckets.get('lab')?.get(`site/${name}`);
    return [found?.contentType, found?.cacheControl];
  };
  expect(served('index.html')).toEqual(['text/html; charset=utf-8', 'no-cache']);
  expect(served('api/dandisets/index.html')).toEqual(['application/json', 'no-cache']);
  expect(served('server-info')[0]).toBe('application/json');
  expect(served('.well-known/api-catalog')[0]).toMatch(/^application\/linkset\+json/);
  expect(served('dandiset/000001/draft/assets.jsonl')[0]).toBe('application/jsonl');
  expect(served('sw.js')).toEqual(['text/javascript; charset=utf-8', 'no-cache']);
  expect(served('_astro/page.a1b2c3.css')).toEqual([
    'text/css; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
});

test('resumes where it was stopped', SLOW, async () => {
  const double = await startS3();
  const site = temporaryFolder(SITE);
  double.fault = (request) => (request.endsWith('/404.html') ? 'cut' : undefined);
  const stopped = await deploy(double, [site, ...TO]);
  expect([stopped.code, stopped.stdout]).toEqual([1, '']);
  expect(stopped.stderr).toMatch(/gives no answer .* also when asked 5 times/);
  expect(stopped.stderr).toMatch(/\d+ of 11 files were put; run it again for the rest\./);
  // The worker that directs browsers to the new pages is not uploaded before them.
  expect(keysOf(double)).not.toContain('site/sw.js');
  const there = new Set(keysOf(double));
  let busy = 0;
  double.fault = (request) =>
    request.endsWith('/sw.js') && busy++ === 0 ? { status: 503, code: 'SlowDown' } : undefined;
  double.requests.length = 0;
  const again = await deploy(double, [site, ...TO]);
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(putsOf(double).filter((name) => there.has(`site/${name}`))).toEqual([]);
  expect(putsOf(double).filter((name) => name === 'sw.js').length).toBe(2);
  expect(keysOf(double)).toEqual(siteKeys(SITE));
});

describe('is refused, and nothing is written', () => {
  test.each<[string, string[], NodeJS.ProcessEnv, string]>([
    ['without credentials', TO, { AWS_ACCESS_KEY_ID: '' }, 'Set AWS_ACCESS_KEY_ID and'],
    ['with another key', TO, { AWS_ACCESS_KEY_ID: 'AKIAOTHER' }, 'does not know this access key'],
    ['with another secret', TO, { AWS_SECRET_ACCESS_KEY: 'x' }, 'refuses the signature'],
    ['in another region', [...TO, '--region', 'eu-north-1'], {}, 'Set AWS_REGION=us-east-1'],
    ['without the bucket', ['--to', 's3://gone'], {}, 'There is no bucket "gone"'],
    ['where nobody answers', [...TO, '--endpoint', 'http://127.0.0.1:1'], {}, 'gives no answer'],
  ])('%s', SLOW, async (_, args, env, message) => {
    const double = await startS3();
    const { code, stdout, stderr } = await deploy(double, [temporaryFolder(SITE), ...args], env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(double.environment['AWS_SECRET_ACCESS_KEY']);
    expect(keysOf(double)).toEqual([]);
  });

  test('a folder that is not a site', SLOW, async () => {
    const double = await startS3();
    const settings = { 'archive.json': JSON.stringify(ARCHIVE) };
    for (const files of [{}, { 'index.html': 'x' }, settings]) {
      const { code, stderr } = await deploy(double, [temporaryFolder(files), ...TO]);
      expect(code).toBe(1);
      expect(stderr).toContain('There is no built site in');
    }
    const site = temporaryFolder(SITE);
    symlinkSync('/etc/hostname', path.join(site, 'name.txt'));
    expect((await deploy(double, [site, ...TO])).stderr).toContain('"name.txt"');
    expect(double.requests).toEqual([]);
  });

  test('the location of another site, or removing where there was no site', SLOW, async () => {
    const double = await startS3();
    const site = temporaryFolder(SITE);
    const keep = (key: string, text: string): void => {
      const bytes = Buffer.from(text);
      double.buckets.get('lab')?.set(key, { bytes, contentType: '', cacheControl: '' });
    };
    keep('site/photos/1.jpg', 'x');
    const foreign = await deploy(double, [site, ...TO, '--delete']);
    expect([foreign.code, foreign.stderr]).toEqual([
      1,
      expect.stringContaining('such as "photos/1.jpg"'),
    ]);
    keep('site/archive.json', JSON.stringify({ ...ARCHIVE, identifierPrefix: 'OTHER-DANDI' }));
    const other = await deploy(double, [site, ...TO]);
    expect([other.code, other.stderr]).toEqual([
      1,
      expect.stringContaining('the site of another archive, OTHER-DANDI'),
    ]);
    expect(putsOf(double)).toEqual([]);
  });

  test.each([
    [['--to', 'lab/site'], 's3://bucket/prefix'],
    [['--to', 's3://lab/../x'], 's3://bucket/prefix'],
    [[...TO, '--endpoint', 's3.example.org'], 'https://s3.example.org'],
    [[], "required option '--to <address>'"],
  ])('nonsensical input: %j', SLOW, async (args, message) => {
    const double = await startS3();
    const { code, stderr } = await deploy(double, args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
