// `dandiset download` against a store that fails: whatever happens on the way, a file with its final name has the
// bytes of its record, and the next run completes the rest.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DownloadSettings } from '../../src/workflows/client/download-settings.ts';
import { runCli } from '../support/process/run-cli.ts';
import { runDownload, type DownloadRun } from '../support/process/run-download.ts';
import type { Misbehaviour, SeenRequest } from '../support/servers/misbehaving-server.ts';
import {
  downloadArchive,
  type ArchiveFiles,
  type DownloadArchive,
} from '../support/sites/download-archive.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const SMALL = Buffer.from('a few bytes\n');
const LARGE = randomBytes(20 * 1024 * 1024 + 1);

/** A run on the records of an archive. */
const run = (
  { content }: DownloadArchive,
  output: string,
  settings: Partial<DownloadSettings> = {},
  text = '000001/draft',
  silence?: number,
): Promise<DownloadRun> =>
  runDownload(content, output, [text], {
    settings,
    ...(silence === undefined ? {} : { silence }),
  });

/** Paths at their final place whose bytes are not those of the archive. */
function wrongFiles(folder: string, files: ArchiveFiles): string[] {
  return Object.entries(files).flatMap(([name, bytes]) => {
    const place = path.join(folder, '000001', name);
    const entries: [string, Uint8Array][] =
      bytes instanceof Uint8Array
        ? [[place, bytes]]
        : Object.entries(bytes).map(([inner, part]) => [path.join(place, inner), part]);
    return entries
      .filter(([file, right]) => existsSync(file) && !readFileSync(file).equals(right))
      .map(([file]) => file);
  });
}

/** Answers the first `times` requests for blobs wrongly. */
const atFirst =
  (times: number, wrong: Misbehaviour) =>
  (request: SeenRequest, count: number): Misbehaviour | undefined =>
    request.path.startsWith('/blobs/') && count <= times ? wrong : undefined;

describe('a store that fails for a while', () => {
  test.each<[string, Misbehaviour, number]>([
    ['drops the connection', { drop: 700_000 }, 3],
    ['stalls', { stall: 700_000 }, 1],
    ['never answers', 'silence', 1],
    ['resets the connection', 'reset', 3],
    ['is busy (503)', { status: 503 }, 2],
    ['asks for patience (429)', { status: 429, retryAfter: '1' }, 2],
    [
      'asks for a date in the past',
      { status: 429, retryAfter: 'Mon, 01 Jan 2024 00:00:00 GMT' },
      1,
    ],
    ['asks to come back in a year', { status: 503, retryAfter: '31536000' }, 1],
    ['flips a byte', { flip: 5 }, 1],
    ['ignores the range of a small file', 'ignored-range', 1],
  ])('%s: complete in the end', async (_, wrong, times) => {
    const files = wrong === 'ignored-range' ? { 'a.nwb': SMALL } : { 'a.nwb': LARGE };
    const archive = await downloadArchive(temporaryFolder(), files);
    archive.store.script = atFirst(times, wrong);
    const folder = temporaryFolder();
    const isSilent = wrong === 'silence' || (typeof wrong === 'object' && 'stall' in wrong);
    const silence = isSilent ? 1000 : undefined;
    const given = [archive, folder, {}, undefined, silence] as const;
    const { code, end, files: outcomes } = await run(...given);
    expect({ code, outcome: end.outcome }).toEqual({ code: 0, outcome: 'complete' });
    expect(outcomes['a.nwb']).toBe('fetched');
    expect(wrongFiles(folder, files)).toEqual([]);
    // What came is not fetched again: at most the ranges that were on their way.
    expect(archive.store.requests.length).toBeLessThan(16);
  });
});

describe('a store that stays wrong', () => {
  const page = '<html>Sign in</html>';
  test.each<[string, Misbehaviour, string]>([
    ['403', { status: 403 }, 'network'],
    ['404', { status: 404 }, 'not-found'],
    ['500', { status: 500 }, 'network'],
    ['503', { status: 503 }, 'network'],
    ['a page instead of data', { status: 200, body: page }, 'network'],
    ['fewer bytes than it was asked for', { short: 10 }, 'network'],
    ['more bytes than it was asked for', { long: 10 }, 'network'],
    ['another range', { contentRange: 'bytes 5-9/20971521' }, 'network'],
    ['compressed bytes', 'gzip', 'network'],
    ['a redirect loop', { redirect: '/again' }, 'network'],
    ['other bytes of the same size', { flip: 5 }, 'digest-mismatch'],
  ])('%s: that file fails, others are complete', async (_, wrong, why) => {
    const files = { 'a.nwb': SMALL, 'b.nwb': LARGE };
    const archive = await downloadArchive(temporaryFolder(), files);
    const bad = `/${archive.keys.get('b.nwb')}`;
    archive.store.script = ({ path: asked }) =>
      asked === bad || asked === '/again' ? wrong : undefined;
    const folder = temporaryFolder();
    const first = await run(archive, folder);
    expect(first.code).toBe(1);
    expect(first.end).toMatchObject({ outcome: 'partial', code: why, failed: 1 });
    expect(first.files).toMatchObject({ 'a.nwb': 'fetched', 'b.nwb': why });
    expect(existsSync(path.join(folder, '000001', 'b.nwb'))).toBe(false);

    archive.store.script = () => undefined;
    const before = archive.store.requests.length;
    const second = await run(archive, folder);
    expect(second.code).toBe(0);
    expect(second.files).toMatchObject({ 'a.nwb': 'complete', 'b.nwb': 'fetched' });
    const again = archive.store.requests.slice(before).map(({ path: asked }) => asked);
    expect(again).not.toContain(`/${archive.keys.get('a.nwb')}`);
    expect(wrongFiles(folder, files)).toEqual([]);
  });
});

test('a server that asks one request for patience is left alone by all', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, at) => [`${at}.nwb`, randomBytes(1000 + at)]),
  );
  const archive = await downloadArchive(temporaryFolder(), files);
  const asked: number[] = [];
  archive.store.script = (_, count) => {
    asked.push(Date.now());
    return count === 1 ? { status: 429, retryAfter: '1' } : undefined;
  };
  const { code } = await run(archive, temporaryFolder(), { jobs: 1 });
  expect(code).toBe(0);
  expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(1000);
});

describe('what is there already', () => {
  const other = Buffer.from('a user wrote!');
  test.each([
    ['error', 1, other],
    ['skip', 0, other],
    ['overwrite', 0, SMALL],
    ['overwrite-different', 0, SMALL],
    ['refresh', 0, SMALL],
  ] as const)('--existing %s', async (existing, code, expected) => {
    const files = { 'a.nwb': SMALL, 'sub/b.nwb': Buffer.from('another') };
    const archive = await downloadArchive(temporaryFolder(), files);
    const folder = temporaryFolder({ '000001/a.nwb': other });
    const first = await run(archive, folder, { existing });
    expect(first.code).toBe(code);
    expect(readFileSync(path.join(folder, '000001/a.nwb'))).toEqual(expected);
    expect(readFileSync(path.join(folder, '000001/sub/b.nwb'), 'utf8')).toBe('another');
  });

  test('what another client has downloaded is kept by its digest, and known from then on', async () => {
    const files = { 'a.nwb': SMALL, 'b.nwb': LARGE };
    const archive = await downloadArchive(temporaryFolder(), files);
    const folder = temporaryFolder({ '000001/a.nwb': SMALL, '000001/b.nwb': LARGE });
    const first = await run(archive, folder, { existing: 'overwrite-different' });
    expect([first.code, first.files['b.nwb'], archive.store.requests]).toEqual([0, 'complete', []]);
    expect((await run(archive, folder)).code).toBe(0);
  });

  test('our own file that was changed since is the user’s', async () => {
    const archive = await downloadArchive(temporaryFolder(), { 'a.nwb': SMALL });
    const folder = temporaryFolder();
    await run(archive, folder);
    writeFileSync(path.join(folder, '000001/a.nwb'), other);
    const second = await run(archive, folder);
    expect([second.code, second.files['a.nwb']]).toEqual([1, 'refused']);
    expect(readFileSync(path.join(folder, '000001/a.nwb'))).toEqual(other);
  });

  test('folders and links in the way are left, and nothing is written outside', async () => {
    const files = { 'a.nwb': SMALL, 'b/c.nwb': SMALL, 'd/e.nwb': SMALL, 'f.nwb': SMALL };
    const archive = await downloadArchive(temporaryFolder(), files);
    const outside = temporaryFolder({ 'kept.txt': 'kept' });
    const folder = temporaryFolder({ '000001/a.nwb/kept': 'kept', '000001/b': 'a file' });
    symlinkSync(outside, path.join(folder, '000001/d'));
    symlinkSync(path.join(outside, 'kept.txt'), path.join(folder, '000001/f.nwb'));
    const { code, files: outcomes } = await run(archive, folder, { existing: 'overwrite' });
    expect(code).toBe(1);
    expect(Object.values(outcomes).filter((outcome) => outcome === 'refused')).toHaveLength(4);
    expect([...filesBelow(outside)]).toEqual([['kept.txt', 'kept']]);
    expect(readFileSync(path.join(folder, '000001/b'), 'utf8')).toBe('a file');
    expect(existsSync(path.join(folder, '000001/a.nwb/kept'))).toBe(true);
  });

  test('hostile paths of a record are refused, the others are complete', async () => {
    const hostile = [
      '.git/hooks/post-checkout',
      'x/.GIT/config',
      '.dandiset/journal.jsonl',
      '../up',
    ];
    const files = Object.fromEntries([...hostile, 'good.nwb'].map((name) => [name, SMALL]));
    const archive = await downloadArchive(temporaryFolder(), files);
    const root = temporaryFolder();
    const folder = path.join(root, 'in');
    const { code, files: outcomes } = await run(archive, folder);
    expect([code, outcomes['good.nwb']]).toEqual([1, 'fetched']);
    for (const name of hostile) expect(outcomes[name], name).toBe('refused');
    const made = [...filesBelow(root).keys()].filter((name) => !name.includes('/.dandiset/'));
    expect(made.sort()).toEqual(['in/000001/dandiset.yaml', 'in/000001/good.nwb']);
  });

  test('an output that cannot be a folder is named, and nothing is fetched', async () => {
    const archive = await downloadArchive(temporaryFolder(), { 'a.nwb': SMALL });
    const file = path.join(temporaryFolder({ 'a file': 'kept' }), 'a file');
    await expect(run(archive, file)).rejects.toThrow(/a file.* could not be written/);
    expect(archive.store.requests).toEqual([]);
  });
});

describe('--sync', () => {
  test('removes what a download has put there and the version no longer has, and nothing else', async () => {
    const before = await downloadArchive(temporaryFolder(), {
      'a.nwb': SMALL,
      'old/b.nwb': Buffer.from('b'),
      'old/changed.nwb': Buffer.from('c'),
    });
    const after = await downloadArchive(temporaryFolder(), { 'a.nwb': SMALL });
    const folder = temporaryFolder({ '000001/old/mine.txt': 'mine' });
    await run(before, folder);
    writeFileSync(path.join(folder, '000001/old/changed.nwb'), 'changed by its user');

    const planned = await runCli(
      ...['download', '000001', '-i', after.content, '-o', folder, '--sync', '--dry-run'],
    );
    expect(planned.stdout).toMatch(/^remove +old\/b\.nwb$/m);
    const asked = await runCli('download', '000001', '-i', after.content, '-o', folder, '--sync');
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('--sync=do')]);
    const done = await run(after, folder, { sync: true });
    expect(done.code).toBe(0);
    const left = [...filesBelow(path.join(folder, '000001')).keys()];
    expect(left.filter((name) => !name.startsWith('.dandiset/'))).toEqual([
      'a.nwb',
      'dandiset.yaml',
      'old/changed.nwb',
      'old/mine.txt',
    ]);
    expect(
      (await run(after, folder, { sync: true })).events.map(({ event }) => event),
    ).not.toContain('removed');
  });

  test.each([
    ['--zarr', 'metadata'],
    ['--include', '*.nwb'],
    ['--only', 'metadata'],
  ])('not with %s', async (...option) => {
    const { content } = await downloadArchive(temporaryFolder(), { 'a.nwb': SMALL });
    const args = ['download', '000001', '-i', content, '-o', temporaryFolder(), '--sync=do'];
    const { code, stderr } = await runCli(...args, ...option);
    expect([code, stderr]).toEqual([2, expect.stringContaining('whole versions')]);
  });
});

describe('parts and selections', () => {
  const files = {
    'sub-01/a.nwb': SMALL,
    'sub-01/deep/b.nwb': Buffer.from('b'),
    'sub-02/a.nwb': Buffer.from('c'),
    'empty.txt': new Uint8Array(),
    'x.zarr': { '.zgroup': Buffer.from('{"zarr_format":2}'), '0/0': randomBytes(2_000_000) },
  };
  const given = async (): Promise<[DownloadArchive, string]> => [
    await downloadArchive(temporaryFolder(), files),
    temporaryFolder(),
  ];
  const madeIn = (folder: string): string[] =>
    [...filesBelow(folder).keys()].filter((name) => !name.includes('.dandiset/')).sort();

  test('a whole version, with a Zarr and an empty file', async () => {
    const [archive, folder] = await given();
    const { code } = await run(archive, folder);
    expect(code).toBe(0);
    expect(wrongFiles(folder, files)).toEqual([]);
    expect(madeIn(folder)).toHaveLength(7);
    // Nothing has to be asked for a file without bytes.
    expect(archive.store.requests.map(({ path: asked }) => asked)).not.toContain(
      `/${archive.keys.get('empty.txt')}`,
    );
  });

  test.each<[string, Partial<DownloadSettings>, string[]]>([
    ['dandi://LAB/000001@draft/sub-01/', {}, ['sub-01/a.nwb', 'sub-01/deep/b.nwb']],
    ['dandi://LAB/000001@draft/sub-01/deep/', {}, ['deep/b.nwb']],
    ['dandi://LAB/000001@draft/sub-02/a.nwb', {}, ['a.nwb']],
    [
      'dandi://LAB/000001@draft/sub-02/a.nwb',
      { preserveTree: true },
      ['000001/dandiset.yaml', '000001/sub-02/a.nwb'],
    ],
    [
      'LAB:000001/draft',
      { filters: { include: ['**/a.nwb'], exclude: ['sub-02/**'] }, only: 'assets' },
      ['000001/sub-01/a.nwb'],
    ],
    ['000001', { filters: { subjects: ['02'] }, only: 'assets' }, ['000001/sub-02/a.nwb']],
    [
      '000001',
      { only: 'assets', filters: { include: ['x.zarr'] }, zarr: (inner) => inner === '.zgroup' },
      ['000001/x.zarr/.zgroup'],
    ],
    ['000001', { only: 'metadata' }, ['000001/dandiset.yaml']],
    ['dandi://LAB/000001/x.zarr/0', {}, ['x.zarr/0/0']],
    ['dandi://LAB/000001/x.zarr', {}, ['x.zarr/.zgroup', 'x.zarr/0/0']],
  ])('%s %o', async (text, settings, expected) => {
    const [archive, folder] = await given();
    const { code } = await run(archive, folder, settings, text);
    expect(code).toBe(0);
    expect(madeIn(folder)).toEqual(expected);
  });

  test.each([
    ['is not the recorded one', '[[".zgroup",17,"0123456789abcdef0123456789abcdef"]]'],
    ['is no list', '<html>Sign in</html>'],
    ['is not there', undefined],
  ])('a list of a Zarr that %s: nothing of it is written, the rest is', async (_, text) => {
    const [archive, folder] = await given();
    const list = [...archive.store.objects.keys()].find((key) => key.endsWith('.json'))!;
    archive.store.objects.delete(list);
    if (text !== undefined) archive.store.objects.set(list, Buffer.from(text));
    const { code, end, files: outcomes } = await run(archive, folder);
    expect([code, end.outcome, end['failed']]).toEqual([1, 'partial', 1]);
    expect(outcomes).toMatchObject({ 'x.zarr': 'network', 'sub-01/a.nwb': 'fetched' });
    expect(madeIn(folder).filter((name) => name.includes('x.zarr'))).toEqual([]);
    expect(wrongFiles(folder, files)).toEqual([]);
  });

  test('what matches nothing is said, and nothing is written', async () => {
    const [archive, folder] = await given();
    await expect(run(archive, folder, {}, 'dandi://LAB/000001@draft/sub-09/')).rejects.toThrow(
      'no file in the folder "sub-09/"',
    );
    expect(madeIn(folder)).toEqual([]);
  });
});

describe('the command', () => {
  test('shows what it would do, does it, and says that it is done', async () => {
    const files = { 'a.nwb': SMALL, 'b.nwb': LARGE };
    const { content } = await downloadArchive(temporaryFolder(), files);
    const folder = temporaryFolder();
    const command = ['download', '000001', '--archive', content, '--output', folder];
    const planned = await runCli(...command, '--dry-run');
    expect(planned.code, planned.stderr).toBe(0);
    expect(planned.stdout).toMatch(/000001\/draft, the draft, from/);
    expect(planned.stdout).toMatch(/^fetch +21\.0 MB {2}b\.nwb$/m);
    expect([...filesBelow(folder)]).toEqual([]);
    const done = await runCli(...command);
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toMatch(/3 files fetched \(21\.0 MB\)\.\n$/);
    expect(wrongFiles(folder, files)).toEqual([]);
    expect((await runCli(...command)).stdout).toMatch(/3 files already complete\.\n$/);
  });

  test.each([
    [['DANDI:27'], 2, /names no Dandiset/],
    [['000001'], 2, /Which archive has Dandiset 000001/],
    [['000001', '--archive', 'none'], 2, /no archive at none/],
    [['000001', '--archive', 'CONTENT', '--zarr', 'what'], 2, /no filter for Zarrs/],
    [['000002', '--archive', 'CONTENT'], 1, /no Dandiset 000002/],
    [['000001/0.250101.1200', '--archive', 'CONTENT'], 1, /has no version 0\.250101\.1200/],
    [['000001', '--archive', 'CONTENT', '--existing', 'all'], 2, /Allowed choices/],
  ])('%j ends with %i', async (args, code, message) => {
    const { content } = await downloadArchive(temporaryFolder(), { 'a.nwb': SMALL });
    const given = args.map((one) => (one === 'CONTENT' ? content : one));
    const result = await runCli('download', ...given, '--output', temporaryFolder());
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(code);
  });

  test('two runs on one folder: one waits for the other, both are complete', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`${at}.nwb`, randomBytes(1_000_000 + at)]),
    );
    const { content, store } = await downloadArchive(temporaryFolder(), files);
    const folder = temporaryFolder();
    const command = ['download', '000001', '--archive', content, '--output', folder];
    const runs = await Promise.all([runCli(...command), runCli(...command), runCli(...command)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(store.requests).toHaveLength(20);
    expect(wrongFiles(folder, files)).toEqual([]);
  });
});
