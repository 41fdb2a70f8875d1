// `dandiset verify` and `dandiset digest`.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/process/run-cli.ts';
import { downloadArchive } from '../support/sites/download-archive.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

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
        { path: 'x.zarr/0', why: 'it has 6 bytes, and had 5' },
      ],
      others: ['mine.txt'],
    });
    const quick = await runCli('verify', folder, '--quick');
    expect([quick.code, quick.stdout]).toEqual([
      1,
      expect.stringContaining('b.nwb: it was modified since'),
    ]);
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
