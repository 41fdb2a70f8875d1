// What goes wrong in the field, with the outcome, the exit code and the message of each. More are in
// download.test.ts; a full disk is in download-disk-full.test.ts.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/process/run-cli.ts';
import { runDownload } from '../support/process/run-download.ts';
import { downloadArchive } from '../support/sites/download-archive.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const SMALL = Buffer.from('a few bytes\n');
const LARGE = randomBytes(20 * 1024 * 1024 + 1);

/** The files of a run without the state of downloads. */
const madeIn = (folder: string): string[] =>
  [...filesBelow(folder).keys()].filter((name) => !name.includes('.dandiset/'));

describe('the connection', () => {
  test('that breaks off twenty times: hardly a byte is fetched twice', async () => {
    const { content, store } = await downloadArchive(temporaryFolder(), { 'a.nwb': LARGE });
    let sent = 0;
    let dropped = 0;
    store.sent = (bytes) => (sent += bytes);
    store.script = () => {
      if (dropped === 20) return undefined;
      dropped += 1;
      sent += 300_000;
      return { drop: 300_000 };
    };
    const output = temporaryFolder();
    const { code } = await runDownload(content, output);
    expect(code).toBe(0);
    expect(dropped).toBe(20);
    expect(readFileSync(path.join(output, '000001/a.nwb')).equals(LARGE)).toBe(true);
    expect(sent).toBeLessThanOrEqual(LARGE.length * 1.05);
  });

  test('to an address that expires: a fresh one is asked for, and a refusal is final', async () => {
    const { content, store, keys } = await downloadArchive(temporaryFolder(), { 'a.nwb': LARGE });
    const key = keys.get('a.nwb')!;
    let signed = 0;
    const uses = new Map<string, number>();
    store.script = ({ path: asked }) => {
      if (asked === `/${key}`) return { redirect: `/${key}?signature=${(signed += 1)}` };
      const count = (uses.get(asked) ?? 0) + 1;
      uses.set(asked, count);
      return count > 1 ? { status: 403 } : undefined;
    };
    const output = temporaryFolder();
    expect((await runDownload(content, output)).code).toBe(0);
    expect(readFileSync(path.join(output, '000001/a.nwb')).equals(LARGE)).toBe(true);

    store.script = () => ({ status: 403 });
    store.requests.length = 0;
    const refused = await runDownload(content, temporaryFolder());
    expect([refused.code, refused.end.code]).toEqual([1, 'network']);
    expect(refused.events.find(({ path: name }) => name === 'a.nwb')?.message).toMatch(/403/);
    expect(store.requests.length).toBeLessThanOrEqual(4);
  });

  test.each([
    ['of an upload in parts', '"0f343b0931126a20f133d67c2b018a3b-20"'],
    ['that is weak', 'W/"1"'],
    ['without quotes', 'abc'],
    ['that is empty', '""'],
  ])('an ETag %s is no digest: the bytes are verified', async (_, etag) => {
    const { content, store } = await downloadArchive(temporaryFolder(), { 'a.nwb': LARGE });
    store.script = () => ({ etag });
    const output = temporaryFolder();
    expect((await runDownload(content, output)).code).toBe(0);
    expect(readFileSync(path.join(output, '000001/a.nwb')).equals(LARGE)).toBe(true);
  });

  test('many small files are one request each, over few connections', async () => {
    const names = Array.from({ length: 400 }, (_, at) => `sub-${at}.txt`);
    const files = Object.fromEntries(names.map((name) => [name, randomBytes(500)]));
    const { content, store } = await downloadArchive(temporaryFolder(), files);
    const run = await runCli(
      'download',
      '000001',
      '-i',
      content,
      '-o',
      temporaryFolder(),
      '-J',
      '64',
    );
    expect(run.code, run.stderr).toBe(0);
    expect(store.requests.length).toBe(names.length);
    expect(store.connections()).toBeLessThanOrEqual(64);
  });

  test('that cannot be made says why', async () => {
    const { store } = await downloadArchive(temporaryFolder(), { 'a.nwb': SMALL });
    const { port } = new URL(store.url);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const closed = (server.address() as AddressInfo).port;
    await new Promise((resolve) => server.close(resolve));
    for (const [address, says] of [
      [`https://127.0.0.1:${port}/`, /does not speak https|no secure connection/],
      [`http://127.0.0.1:${closed}/`, /nothing answers there/],
      ['http://no-such-host.invalid/', /name of its host/],
    ] as const) {
      const run = await runCli(
        'download',
        `${address}dandiset/000001/draft`,
        '-o',
        temporaryFolder(),
      );
      expect([run.code, run.stderr], address).toEqual([
        expect.any(Number),
        expect.stringMatching(says),
      ]);
      expect(run.code, address).toBeGreaterThan(0);
    }
  });

  test('to an object that changes in the middle: nothing of both is mixed', async () => {
    const { content, store, keys } = await downloadArchive(temporaryFolder(), { 'a.nwb': LARGE });
    store.script = (_, count) => (count > 1 ? { etag: '"another"', flip: 3 } : undefined);
    const output = temporaryFolder();
    const { code, files } = await runDownload(content, output);
    expect([code, files['a.nwb'] === 'fetched']).toEqual([1, false]);
    expect(existsSync(path.join(output, '000001/a.nwb'))).toBe(false);
    store.script = () => undefined;
    expect((await runDownload(content, output)).code).toBe(0);
    expect(readFileSync(path.join(output, '000001/a.nwb')).equals(LARGE)).toBe(true);
    expect(keys.size).toBe(1);
  });

  test.each([
    ['http://127.0.0.1:9/dandiset/000001', /127\.0\.0\.1:9.*(?:ECONNREFUSED|refused|bad port)/],
    [
      'http://no-such-host.invalid/dandiset/000001',
      /no-such-host\.invalid.*(?:ENOTFOUND|EAI_AGAIN)/,
    ],
  ])('to %s: the leg that is broken is named', { timeout: 60_000 }, async (address, message) => {
    const output = temporaryFolder();
    const { code, stderr } = await runCli('download', address, '-o', output);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(madeIn(output)).toEqual([]);
  });

  test('a thousand failures are twenty lines and a count, and all are in --json', async () => {
    const names = Array.from({ length: 1000 }, (_, at) => `sub-${at}/a.nwb`);
    const files = Object.fromEntries(names.map((name) => [name, Buffer.from(name)]));
    const { content, store } = await downloadArchive(temporaryFolder(), files);
    store.script = () => ({ status: 404 });
    const args = ['download', '000001', '-i', content, '-o', temporaryFolder()];
    const { code, stdout } = await runCli(...args);
    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => line.startsWith('failed'))).toHaveLength(20);
    expect(stdout).toContain('… and 980 more; --json names all.\n');
    expect(stdout).toMatch(
      /1,000 files failed\.\nThe same command goes on from here: dandiset download/,
    );
    const inJson = await runDownload(content, temporaryFolder());
    const failed = inJson.events.filter(({ outcome }) => outcome === 'failed');
    expect([failed.length, inJson.end['failed'], inJson.end.code]).toEqual([
      1000,
      1000,
      'not-found',
    ]);
  });
});

describe('the disk', () => {
  test.skipIf(process.platform !== 'linux')(
    'a folder that may not be written to is named before anything is fetched',
    async () => {
      const { content, store } = await downloadArchive(temporaryFolder(), { 'a.nwb': SMALL });
      const output = path.join(temporaryFolder(), 'read-only');
      mkdirSync(output);
      chmodSync(output, 0o555);
      const script = path.resolve('scripts/dandiset.mjs');
      const args = [script, 'download', '000001', '-i', content, '-o', output];
      // The administrator may write everywhere, unless that right is given up.
      const plain =
        process.getuid?.() === 0 ? ['--bounding-set=-dac_override,-dac_read_search'] : [];
      const { status, stderr } = spawnSync('setpriv', [...plain, process.execPath, ...args], {
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/read-only.* could not be written: the folder may not be written to/),
      ]);
      expect([...filesBelow(output)]).toEqual([]);
      expect(store.requests).toEqual([]);
    },
  );

  test('a path that is too long for it fails alone, and says so', async () => {
    const long = `${'d'.repeat(200)}/${'e'.repeat(200)}/a.nwb`;
    const files = { [long]: SMALL, 'b.nwb': SMALL };
    const { content } = await downloadArchive(temporaryFolder(), files);
    // The limit is 4,096 bytes: the folder leaves fewer than 300 of them.
    let output = temporaryFolder();
    while (output.length < 3800)
      output = path.join(output, 'o'.repeat(Math.min(180, Math.max(1, 3799 - output.length))));
    mkdirSync(output, { recursive: true });
    const { code, files: outcomes, events } = await runDownload(content, output);
    expect([code, outcomes['b.nwb']]).toEqual([1, 'fetched']);
    expect(outcomes[long]).not.toBe('fetched');
    expect(events.find(({ path: name }) => name === long)?.message).toMatch(/too long/);
  });

  test('parts that no disk takes are refused by name', async () => {
    const long = `${'x'.repeat(300)}.nwb`;
    const { content } = await downloadArchive(temporaryFolder(), {
      [long]: SMALL,
      'b.nwb': Buffer.from('other'),
    });
    const { code, files, events } = await runDownload(content, temporaryFolder());
    expect([code, files[long], files['b.nwb']]).toEqual([1, 'refused', 'fetched']);
    expect(events.find(({ path: name }) => name === long)?.message).toMatch(/more than 255 bytes/);
  });

  test('links that lead around in a circle, to nothing, and outside are refused', async () => {
    const names = ['circle/a.nwb', 'nothing/a.nwb', 'outside/a.nwb', 'broken.nwb', 'good.nwb'];
    const files = Object.fromEntries(names.map((name) => [name, Buffer.from(name)]));
    const { content } = await downloadArchive(temporaryFolder(), files);
    const [output, outside] = [temporaryFolder(), temporaryFolder({ kept: 'kept' })];
    const folder = path.join(output, '000001');
    mkdirSync(folder);
    symlinkSync('circle', path.join(folder, 'circle'));
    symlinkSync('gone', path.join(folder, 'nothing'));
    symlinkSync(outside, path.join(folder, 'outside'));
    symlinkSync('gone', path.join(folder, 'broken.nwb'));
    const run = await runDownload(content, output, undefined, {
      settings: { existing: 'overwrite' },
    });
    expect(run.code).toBe(1);
    for (const name of names.slice(0, 4)) {
      expect(run.files[name], name).toBe('refused');
      const { message } = run.events.find(({ path: at }) => at === name)!;
      expect(message).toMatch(/ is a link\.$/);
    }
    expect(run.files['good.nwb']).toBe('fetched');
    expect([...filesBelow(outside)]).toEqual([['kept', 'kept']]);
    expect(existsSync(path.join(folder, 'gone'))).toBe(false);
  });

  test('names that differ only in case: both where the disk tells them apart, else the first', async () => {
    const files = { 'Sub-1/a.nwb': Buffer.from('one'), 'sub-1/A.nwb': Buffer.from('two') };
    const { content } = await downloadArchive(temporaryFolder(), files);
    const output = temporaryFolder();
    const { code, files: outcomes, events } = await runDownload(content, output);
    if (!existsSync(output.toUpperCase())) {
      expect(code).toBe(0);
      for (const [name, bytes] of Object.entries(files))
        expect(readFileSync(path.join(output, '000001', name)).equals(bytes)).toBe(true);
    } else {
      expect([code, outcomes['sub-1/A.nwb']]).toEqual([1, 'refused']);
      const { message } = events.find(({ path: at }) => at === 'sub-1/A.nwb')!;
      expect(message).toMatch(/Sub-1\/a\.nwb would be in the same place/);
    }
  });

  test('eight runs on one folder: each is complete, and each file is fetched once', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [`${at}.nwb`, randomBytes(100_000 + at)]),
    );
    const { content, store } = await downloadArchive(temporaryFolder(), files);
    const output = temporaryFolder();
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => runCli('download', '000001', '-i', content, '-o', output)),
    );
    expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0));
    expect(store.requests).toHaveLength(10);
    expect(madeIn(output)).toHaveLength(11);
    const state = [...filesBelow(path.join(output, '000001/.dandiset')).keys()];
    expect(state.filter((name) => name.startsWith('parts/') || name.includes('lock'))).toEqual([]);
  });
});

test('a wrong option is 2, and nothing is asked', () => {
  const script = path.resolve('scripts/dandiset.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, 'download', '--jobs', '0', 'x'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([2, expect.stringContaining('whole number from 1 to 64')]);
});
