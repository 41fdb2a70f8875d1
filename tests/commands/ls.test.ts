// `dandiset ls` on an archive, inside of a Zarr, and on this machine.

import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/process/run-cli.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AT = ['--archive', demoContent];

async function list(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await runCli('ls', ...args, '--format', 'json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>[];
}

describe('an archive', () => {
  let all: Record<string, unknown>[];
  beforeAll(async () => {
    all = await list('000001', '-r', ...AT);
  });

  test('a Dandiset is one entry with what it holds', async () => {
    const [entry, ...more] = await list('000001', ...AT);
    expect(more).toEqual([]);
    const size = all.reduce((sum, { size: bytes }) => sum + Number(bytes), 0);
    expect(entry).toMatchObject({ path: '000001', type: 'dandiset', files: all.length, size });
  });

  test('-r lists every file with its digests, a folder only its own', async () => {
    expect(all.length).toBeGreaterThan(3);
    for (const { sha256 } of all) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const inFolder = await list('dandi://DEMO-DANDI/000001/sub-M2/', ...AT);
    const expected = all.filter(({ path }) => String(path).startsWith('sub-M2/'));
    expect(inFolder).toEqual(expected);
  });

  test('a path inside of a Zarr lists its files', async () => {
    const zarr = (await list('000006/draft', '-r', ...AT)).find(({ type }) => type === 'zarr')!;
    const entries = await list(`dandi://DEMO-DANDI/000006@draft/${String(zarr['path'])}/0/`, ...AT);
    expect(entries.length).toBeGreaterThan(1);
    for (const { path, md5 } of entries) {
      expect(String(path).startsWith(`${String(zarr['path'])}/0/`)).toBe(true);
      expect(md5).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  test.each([
    ['table', /^path +type +size/],
    ['csv', /^path,size\n/],
    ['jsonl', /^\{"path":"[^"]+","size":\d+\}\n/],
    ['yaml', /^- path: /],
  ])('as %s', async (format, beginning) => {
    const fields = format === 'table' ? [] : ['--fields', 'path,size'];
    const { code, stdout } = await runCli('ls', '-r', '000001', ...AT, '-f', format, ...fields);
    expect([code, stdout]).toEqual([0, expect.stringMatching(beginning)]);
  });

  test.each([
    [['dandi://DEMO-DANDI/000001/sub-none/', ...AT], 1, /no file in the folder/],
    [['000001', '--fields', 'what', ...AT], 2, /no field "what"/],
    [['no-such-path'], 2, /names no Dandiset/],
  ])('%j ends with %i', async (args, code, message) => {
    const result = await runCli('ls', ...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
  });
});

test('a folder of this machine', async () => {
  const folder = temporaryFolder({
    'a.nwb': 'four',
    'sub/b.nwb': 'b',
    'x.zarr/0': 'chunk',
    '.dandiset/journal.jsonl': 'ours',
  });
  const short = (entries: Record<string, unknown>[]): unknown =>
    entries.map(({ path, type, size }) => [String(path).slice(folder.length + 1), type, size]);
  expect(short(await list(folder))).toEqual([
    ['a.nwb', 'file', 4],
    ['sub/', 'folder', 1],
    ['x.zarr', 'zarr', 5],
  ]);
  expect(short(await list('-r', folder))).toEqual([
    ['a.nwb', 'file', 4],
    ['sub/b.nwb', 'file', 1],
    ['x.zarr', 'zarr', 5],
  ]);
});
