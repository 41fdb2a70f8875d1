// `dandiset verify` and `dandiset digest`.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/process/run-cli.ts';
import { downloadArchive } from '../support/sites/download-archive.ts';
import { filesBelow, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

describe('verify', () => {
  async function downloaded(): Promise<string> {
    const { content } = await downloadArchive(temporaryFolder(), {
      'a.nwb': Buffer.from('one'),
      'b.nwb': Buffer.from('two'),
      'c.nwb': Buffer.from('three'),
      'x.zarr': { '0': Buffer.from('chunk') },
    });
    const output = temporaryFolder();
    const { code } = await runCli('download', '000001', '-i', content, '-o', output);
    expect(code).toBe(0);
    return path.join(output, '000001');
  }

  test('right, missing, different and other files', async () => {
    const folder = await downloaded();
    expect(await runCli('verify', folder)).toMatchObject({
      code: 0,
      stdout: '5 files right, 0 missing, 0 different; 0 other files.\n',
    });
    rmSync(path.join(folder, 'a.nwb'));
    writeFileSync(path.join(folder, 'b.nwb'), 'TWO');
    writeFileSync(path.join(folder, 'x.zarr/0'), 'chunks');
    writeFiles(folder, { 'mine.txt': 'mine' });
    const { code, stdout } = await runCli('verify', folder, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      outcome: 'wrong',
      right: ['c.nwb', 'dandiset.yaml'],
      missing: ['a.nwb'],
      different: [
        { path: 'b.nwb', why: expect.stringMatching(/^its sha256 is /) },
        { path: 'x.zarr/0', why: 'it has 6 bytes, and should have 5' },
      ],
      others: ['mine.txt'],
    });
    const quick = await runCli('verify', folder, '--quick');
    expect([quick.code, quick.stdout]).toEqual([
      1,
      expect.stringContaining('b.nwb: it was modified since'),
    ]);
  });

  test('a download that ended early is not right, and is completed', async () => {
    const archive = await downloadArchive(temporaryFolder(), {
      'a.nwb': Buffer.from('one'),
      'b.nwb': Buffer.from('two'),
    });
    const output = temporaryFolder();
    const folder = path.join(output, '000001');
    const key = archive.keys.get('b.nwb') ?? '';
    const bytes = archive.store.objects.get(key);
    archive.store.objects.delete(key);
    const args = ['000001', '-i', archive.content, '-o', output];
    expect((await runCli('download', ...args)).code).toBe(1);
    expect(await runCli('verify', folder)).toMatchObject({
      code: 1,
      stdout: 'missing    b.nwb\n2 files right, 1 missing, 0 different; 0 other files.\n',
    });
    archive.store.objects.set(key, bytes!);
    const before = archive.store.requests.length;
    const repaired = await runCli('verify', folder, '--repair');
    expect([repaired.code, repaired.stdout]).toEqual([
      0,
      expect.stringContaining('1 file fetched (3 B)'),
    ]);
    expect(archive.store.requests.length - before).toBe(1);
    expect((await runCli('verify', folder)).code).toBe(0);
  });

  test('--repair fetches what has changed under its size and time, and no other file', async () => {
    const folder = await downloaded();
    const file = path.join(folder, 'a.nwb');
    const { atime, mtime } = statSync(file);
    writeFileSync(file, 'ONE');
    utimesSync(file, atime, mtime);
    writeFiles(folder, { 'mine.txt': 'mine' });
    expect((await runCli('verify', folder, '--quick')).code).toBe(0);
    const { code, stdout } = await runCli('verify', folder, '--repair');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/different {2}a\.nwb: its sha256/)]);
    expect([
      readFileSync(file, 'utf8'),
      readFileSync(path.join(folder, 'mine.txt'), 'utf8'),
    ]).toEqual(['one', 'mine']);
  });

  test('the choice of the download counts, and so does the version', async () => {
    const { content } = await downloadArchive(temporaryFolder(), {
      'sub-1/a.nwb': Buffer.from('one'),
      'sub-2/b.nwb': Buffer.from('two'),
      'x.zarr': { '.zarray': Buffer.from('{}'), '0': Buffer.from('chunk') },
    });
    const output = temporaryFolder();
    const choice = ['--exclude', 'sub-2/**', '--zarr', 'metadata', '--only', 'assets'];
    const args = ['000001/draft', '-i', path.relative(process.cwd(), content), '-o', output];
    expect((await runCli('download', ...args, ...choice)).code).toBe(0);
    const folder = path.join(output, '000001');
    rmSync(path.join(folder, 'x.zarr'), { recursive: true });
    expect((await runCli('verify', folder, '--repair')).code).toBe(0);
    expect([...filesBelow(folder).keys()].filter((name) => !name.startsWith('.')).sort()).toEqual([
      'sub-1/a.nwb',
      'x.zarr/.zarray',
    ]);
  });

  test('--against a version: a folder that another program has filled', async () => {
    const { content } = await downloadArchive(temporaryFolder(), {
      'sub-1/a.nwb': Buffer.from('one'),
      'sub-1/b.nwb': Buffer.from('two'),
      'c.nwb': Buffer.from('three'),
    });
    const folder = temporaryFolder({ 'sub-1/a.nwb': 'one', 'sub-1/b.nwb': 'TWO', 'mine.txt': '' });
    const against = ['--against', '000001/draft', '--archive', content];
    const found = await runCli('verify', folder, ...against, '--json');
    expect([found.code, JSON.parse(found.stdout.trim().split('\n').at(-1)!)]).toEqual([
      1,
      {
        outcome: 'wrong',
        right: ['sub-1/a.nwb'],
        missing: ['c.nwb'],
        different: [{ path: 'sub-1/b.nwb', why: expect.stringMatching(/^its sha256 is /) }],
        others: ['mine.txt'],
      },
    ]);
    expect((await runCli('verify', folder, ...against, '--repair')).code).toBe(0);
    expect(readFileSync(path.join(folder, 'sub-1/b.nwb'), 'utf8')).toBe('two');
    // From now on the folder knows what it holds.
    expect(await runCli('verify', folder)).toMatchObject({
      code: 0,
      stdout: 'other      mine.txt\n3 files right, 0 missing, 0 different; 1 other file.\n',
    });
  });

  test('files that a draft no longer has cannot be repaired', async () => {
    const archive = await downloadArchive(temporaryFolder(), {
      'a.nwb': Buffer.from('one'),
      'b.nwb': Buffer.from('two'),
    });
    const output = temporaryFolder();
    expect((await runCli('download', '000001', '-i', archive.content, '-o', output)).code).toBe(0);
    const list = path.join(archive.content, 'dandisets/000/000001/draft/assets.jsonl');
    writeFileSync(list, readFileSync(list, 'utf8').split('\n').slice(1).join('\n'));
    const folder = path.join(output, '000001');
    rmSync(path.join(folder, 'a.nwb'));
    const { code, stderr } = await runCli('verify', folder, '--repair');
    expect([code, stderr]).toEqual([1, expect.stringContaining('a.nwb is no longer part')]);
  });

  test('a folder that no download has filled is a wrong use', async () => {
    const { code, stderr } = await runCli('verify', temporaryFolder());
    expect([code, stderr]).toEqual([2, expect.stringContaining('No download has filled')]);
  });
});

describe('digest', () => {
  // Vectors of dandi-cli's own tests.
  test.each([
    ['dandi-etag', 'd022646351048ac0ba397d12dfafa304-1'],
    ['md5', '202cb962ac59075b964b07152d234b70'],
    ['sha1', '40bd001563085fc35165329ea1ff5c5ecbdbbeef'],
    ['zarr-checksum', '202cb962ac59075b964b07152d234b70'],
  ])('%s of a file', async (algorithm, digest) => {
    const file = path.join(temporaryFolder({ 'file.txt': '123' }), 'file.txt');
    const { stdout } = await runCli('digest', file, '--digest', algorithm);
    expect(stdout).toBe(`${file}: ${digest}\n`);
  });

  test('a folder, as a Zarr', async () => {
    const folder = temporaryFolder({ '.zgroup': '{"zarr_format":2}', 'a/0': 'chunk' });
    const { stdout } = await runCli('digest', folder, '-d', 'zarr-checksum', '--json');
    expect(JSON.parse(stdout)).toEqual({
      path: folder,
      'zarr-checksum': '3fe4c67bd3fd5b67aad03329a376da4d-2--22',
    });
  });

  test('--sums is what sha256sum checks, whatever a name holds', async () => {
    const folder = temporaryFolder({ 'a b.nwb': 'one', 'back\\slash': 'two', 'line\nfeed': 'x' });
    const names = ['a b.nwb', 'back\\slash', 'line\nfeed'].map((name) => path.join(folder, name));
    const { code, stdout } = await runCli('digest', ...names, '-d', 'sha256', '--sums');
    expect(code).toBe(0);
    writeFileSync(path.join(folder, 'sums'), stdout);
    const checked = spawnSync('sha256sum', ['-c', 'sums'], { cwd: folder, encoding: 'utf8' });
    expect([checked.status, checked.stdout.match(/OK$/gm)?.length]).toEqual([0, 3]);
    expect(readFileSync(path.join(folder, 'sums'), 'utf8')).toBe(stdout);
  });

  test.each([
    [['none.nwb'], 1, /There is no none\.nwb/],
    [['.', '-d', 'sha256'], 2, /is a folder, which has no sha256/],
    [['x', '--sums'], 2, /--sums writes one digest/],
    [['x', '-d', 'crc32'], 2, /Known digests are/],
  ])('%j ends with %i', async (args, code, message) => {
    const result = await runCli('digest', ...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
  });
});
