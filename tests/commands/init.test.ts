// A new archive: what `dandiset init` writes, refuses and updates. Installing one is tested in tests/large.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { repository } from '../support/needed-part.ts';
import { runCli, type CliResult } from '../support/process/run-cli.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const SETTINGS = [
  ...['--name', 'Hill Lab Archive', '--prefix', 'HILL-DANDI'],
  ...['--repository', 'https://github.com/hill-lab/archive'],
];
const TARBALL = `vendor/dandiset-${packageFile.version}.tgz`;

interface Lock {
  packages: Record<string, { version?: string; integrity?: string; dev?: boolean }>;
}

async function newArchive(...more: string[]): Promise<{ folder: string; result: CliResult }> {
  const folder = path.join(temporaryFolder(), 'an archive');
  return { folder, result: await runCli('init', folder, ...SETTINGS, ...more) };
}

const read = (folder: string, file: string): string =>
  readFileSync(path.join(folder, file), 'utf8');
const readLock = (folder: string): Lock => JSON.parse(read(folder, 'package-lock.json')) as Lock;

test('a new archive has settings, its lockfile, the program, workflows, and no Dandiset', async () => {
  const { folder, result } = await newArchive('--store', 's3://hill-lab/bytes', '--host', 'pages');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect([...filesBelow(folder).keys()]).toEqual([
    ...['check', 'fixity', 'index', 'pages', 'registrar', 'report'].map(
      (name) => `.github/workflows/${name}.yml`,
    ),
    '.gitignore',
    'README.md',
    'content/archive.json',
    'package-lock.json',
    'package.json',
    TARBALL,
    'vendor/origin.json',
  ]);
  expect(JSON.parse(read(folder, 'content/archive.json'))).toEqual({
    name: 'Hill Lab Archive',
    identifierPrefix: 'HILL-DANDI',
    site: 'https://hill-lab.github.io/archive/',
    stores: [
      {
        kind: 'http',
        url: 'https://hill-lab.s3.amazonaws.com/bytes/',
        s3: { bucket: 'hill-lab', prefix: 'bytes/' },
      },
    ],
    repository: 'https://github.com/hill-lab/archive',
    licenses: ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'],
    host: 'github-pages',
  });
  expect(await runCli('check', path.join(folder, 'content'))).toMatchObject({ code: 0 });
  expect(read(folder, 'README.md')).toContain('Who curates?');
});

test('its lockfile has the versions of the program’s, and nothing for development', async () => {
  const { folder } = await newArchive();
  const { packages } = readLock(folder);
  const own = readLock(repository).packages;
  const unneeded = ['node_modules/@types/node', 'node_modules/undici-types'];
  const wanted = Object.keys(own)
    .filter((place) => place !== '' && own[place]?.dev !== true)
    // Required only by development packages, and optionally by others.
    .filter((place) => !unneeded.includes(place));
  expect(Object.keys(packages).sort()).toEqual(['', 'node_modules/dandiset', ...wanted].sort());
  for (const place of wanted) expect(packages[place]?.version, place).toBe(own[place]?.version);
  const bytes = readFileSync(path.join(folder, TARBALL));
  const digest = createHash('sha512').update(bytes).digest('base64');
  expect(packages['node_modules/dandiset']?.integrity).toBe(`sha512-${digest}`);
});

test('the package holds what runs, and no test', async () => {
  const { folder } = await newArchive();
  const listed = spawnSync('tar', ['-tzf', path.join(folder, TARBALL)])
    .stdout.toString()
    .split('\n');
  expect(listed).toEqual(
    expect.arrayContaining(
      [
        'build/dandiset.mjs',
        'build/dandiset.tgz',
        'scripts/build.mjs',
        'src/pages/index.astro',
        'content/pages/index.mdx',
      ].map((name) => `package/${name}`),
    ),
  );
  const others = listed.filter((name) =>
    /\.test\.ts$|^package\/(?:tests|demo|bench|content\/dandisets)\//.test(name),
  );
  expect(others).toEqual([]);
});

test('everything missing is reported at once where no questions can be asked', async () => {
  const folder = path.join(temporaryFolder(), 'archive');
  const { code, stderr } = await runCli('init', folder);
  expect(code).toBe(2);
  expect(stderr).toContain('--name, --repository, --site');
  expect(existsSync(folder)).toBe(false);
});

test.each([
  ['--prefix', 'lower'],
  ['--host', 'heroku'],
  ['--site', 'archive.example.org'],
  ['--store', 'ftp://x/'],
])('%s %s is refused with advice', async (option, value) => {
  const { folder, result } = await newArchive(option, value);
  expect(result.code).toBe(2);
  expect(result.stderr).toContain(`${option} "${value}" cannot be used.`);
  expect(existsSync(folder)).toBe(false);
});

test('a folder that is not empty stays as it is; an empty repository is filled', async () => {
  const folder = temporaryFolder({ 'notes.txt': 'mine' });
  const refused = await runCli('init', folder, ...SETTINGS);
  expect(refused.code).toBe(2);
  expect([...filesBelow(folder).keys()]).toEqual(['notes.txt']);
  const empty = temporaryFolder({ '.git/HEAD': 'ref: refs/heads/main\n' });
  expect(await runCli('init', empty, ...SETTINGS)).toMatchObject({ code: 0 });
  expect(existsSync(path.join(empty, 'content/archive.json'))).toBe(true);
});

test('--dry-run names the files and writes none', async () => {
  const { folder, result } = await newArchive('--dry-run');
  expect(result.code).toBe(0);
  expect(result.stdout).toContain('add      content/archive.json');
  expect(existsSync(folder)).toBe(false);
});

test('an update brings the release and leaves what the archive changed', async () => {
  const { folder } = await newArchive();
  const before = filesBelow(folder);
  expect((await runCli('init', '--update', folder)).stdout).toContain('has this release');
  expect(filesBelow(folder)).toEqual(before);

  // As an earlier release would have left it.
  const origin = JSON.parse(read(folder, 'vendor/origin.json')) as {
    files: Record<string, string>;
  };
  const earlier = '# of an earlier release\n';
  writeFileSync(path.join(folder, '.github/workflows/pages.yml'), earlier);
  origin.files['.github/workflows/pages.yml'] = createHash('sha256').update(earlier).digest('hex');
  writeFileSync(path.join(folder, 'vendor/origin.json'), JSON.stringify(origin));
  writeFileSync(path.join(folder, 'vendor/dandiset-0.1.9.tgz'), 'earlier');
  // As a lab changed it.
  writeFileSync(path.join(folder, '.github/workflows/fixity.yml'), '# ours\n');
  const manifest = JSON.parse(read(folder, 'package.json')) as Record<string, object>;
  manifest['dependencies'] = { dandiset: 'file:vendor/dandiset-0.1.9.tgz', left: '1.0.0' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, own: true }));
  writeFileSync(path.join(folder, 'content/archive.json'), '{"ours": 1}');

  const planned = await runCli('init', '--update', '--dry-run', folder);
  expect(read(folder, '.github/workflows/pages.yml')).toBe(earlier);
  const { code, stdout } = await runCli('init', '--update', folder);
  expect(code).toBe(0);
  const actions = (text: string): string[] =>
    text.match(/^(?:add|replace|remove|keep) .*$/gm) ?? [];
  expect(actions(stdout)).toEqual(actions(planned.stdout));
  expect(actions(stdout).sort()).toEqual([
    'keep     .github/workflows/fixity.yml',
    'remove   vendor/dandiset-0.1.9.tgz',
    'replace  .github/workflows/pages.yml',
    'replace  package-lock.json',
    'replace  package.json',
    'replace  vendor/origin.json',
  ]);
  expect(stdout).toContain('package-lock.json needs left too');
  expect(read(folder, '.github/workflows/fixity.yml')).toBe('# ours\n');
  expect(read(folder, '.github/workflows/pages.yml')).toBe(
    before.get('.github/workflows/pages.yml'),
  );
  expect(read(folder, 'content/archive.json')).toBe('{"ours": 1}');
  expect(JSON.parse(read(folder, 'package.json'))).toMatchObject({
    own: true,
    dependencies: { dandiset: `file:${TARBALL}`, left: '1.0.0' },
  });
});

test('only an archive that depends on the program is updated', async () => {
  const folder = temporaryFolder({ 'package.json': '{"name": "other"}' });
  const { code, stderr } = await runCli('init', '--update', folder);
  expect(code).toBe(1);
  expect(stderr).toContain('is no archive that depends on dandiset');
});

test('an installed package says that a clone is needed', async () => {
  const folder = temporaryFolder();
  for (const name of ['scripts', 'build', 'package.json'])
    cpSync(path.join(repository, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
  const args = [
    path.join(folder, 'scripts/dandiset.mjs'),
    'init',
    path.join(folder, 'x'),
    ...SETTINGS,
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder });
  expect(status).toBe(1);
  expect(stderr.toString()).toContain('Clone the repository of the program');
});
