// A folder of 2 GiB, downloaded by the panel of its page: as one ZIP file and into a folder. What a browser holds in
// memory must not grow with it, and a file that fails is named.

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blobKeyPath } from '../../src/core/records/asset.ts';
import { describeWith } from '../support/needed-part.ts';
import { browser, BROWSER_ARGUMENTS } from '../support/sites/browser.ts';
import { builtSite, cacheFolder, type BuiltSite } from '../support/sites/built-site.ts';
import { writeFiles } from '../support/temporary-folder.ts';

const MIB = 1024 * 1024;
const FILES = 32;
const SIZE = 64 * MIB;
const MAX_MEGABYTES = 150;
/** It is not in the store. */
const ABSENT = 5;
/** Its last byte is wrong. */
const WRONG = 9;

const BLOCK = Buffer.alloc(MIB, 'bytes of a recording. ');

/** The block of a file at a place: each is another. */
function block(file: number, at: number): Buffer {
  const bytes = Buffer.from(BLOCK);
  bytes.writeUInt32LE(file, 0);
  bytes.writeUInt32LE(at, 4);
  return bytes;
}

function sha256OfFile(file: number): string {
  const hash = createHash('sha256');
  for (let at = 0; at < SIZE / MIB; at += 1) hash.update(block(file, at));
  return hash.digest('hex');
}

/** A store that makes the bytes when they are requested, and lets pages of other sites read them. */
async function generatingStore(keys: readonly string[]): Promise<{ url: string; server: Server }> {
  const files = new Map(keys.map((key, file) => [`/${blobKeyPath(key) ?? ''}`, file]));
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const file = files.get(request.url ?? '');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (file === undefined || file === ABSENT || from !== '0' || Number(to) !== SIZE - 1) {
      response.writeHead(404).end('<h1>Not here</h1>');
      return;
    }
    response.writeHead(206, {
      'Content-Length': SIZE,
      'Content-Range': `bytes 0-${SIZE - 1}/${SIZE}`,
    });
    let at = 0;
    const more = (): void => {
      while (at < SIZE / MIB) {
        const bytes = block(file, at);
        at += 1;
        if (file === WRONG && at === SIZE / MIB) bytes[MIB - 1]! ^= 1;
        if (!response.write(bytes)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

function archiveOf(keys: readonly string[], store: string): string {
  const lines = keys.map((blob, file) =>
    JSON.stringify({
      blob,
      path: `sub-1/run-${String(file).padStart(2, '0')}.nwb`,
      size: SIZE,
      metadata: { digest: { 'dandi:sha2-256': blob } },
    }),
  );
  const content = cacheFolder('browser-download-');
  const folder = 'dandisets/000/000001/draft';
  writeFiles(content, {
    'archive.json': JSON.stringify({
      name: 'Large archive',
      identifierPrefix: 'TEST',
      site: 'https://test.example/',
      stores: [{ kind: 'http', url: store }],
      repository: 'https://code.example/archive',
      licenses: [],
    }),
    [`${folder}/dandiset.json`]: JSON.stringify({ identifier: 'TEST:000001', name: 'Large' }),
    [`${folder}/assets.jsonl`]: `${lines.join('\n')}\n`,
  });
  return content;
}

/** The memory of a browser's processes in megabytes: what they share is counted once. */
function memoryOf(profile: string): number {
  const parents = new Map<number, number>();
  const roots: number[] = [];
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]));
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(profile)) roots.push(Number(name));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean =>
    roots.includes(pid) || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (!isOurs(pid)) continue;
    try {
      const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      kilobytes += Number(/^Pss_Anon:\s+(\d+)/m.exec(memory)?.[1] ?? 0);
      kilobytes += Number(/^Pss_Shmem:\s+(\d+)/m.exec(memory)?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kilobytes / 1024;
}

describeWith(browser, 'a download of 2 GiB in a browser', () => {
  let site: BuiltSite;
  let server: Server;
  let content: string;
  let context: BrowserContext;
  let page: Page;
  let keys: string[];
  let profile: string;

  beforeAll(async () => {
    keys = Array.from({ length: FILES }, (_, file) => sha256OfFile(file));
    const store = await generatingStore(keys);
    ({ server } = store);
    content = archiveOf(keys, store.url);
    site = await builtSite({ content });
    profile = mkdtempSync(path.join(tmpdir(), 'browser-profile-'));
    // A private window would hold the written files in memory.
    context = await chromium.launchPersistentContext(profile, {
      executablePath: browser.path,
      args: BROWSER_ARGUMENTS,
      serviceWorkers: 'block',
    });
    await context.addInitScript(() => {
      const disk = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory();
      Object.assign(globalThis, {
        showDirectoryPicker: disk,
        showSaveFilePicker: async () => (await disk()).getFileHandle('all.zip', { create: true }),
      });
    });
  });
  afterAll(async () => {
    await context?.close();
    await site?.close();
    server?.close();
    for (const folder of [content, profile])
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  /** Downloads with a button; returns by how many megabytes the browser grew at most. */
  async function download(button: string): Promise<number> {
    page = await context.newPage();
    await page.goto(`${site.url}dandiset/000001/draft/#download`);
    await page.getByRole('button', { name: button }).waitFor();
    const before = memoryOf(profile);
    let most = 0;
    await page.getByRole('button', { name: button }).click();
    const notice = page.locator('.download-dialog .notice');
    while (!(await notice.isVisible())) {
      most = Math.max(most, memoryOf(profile) - before);
      await page.waitForTimeout(200);
    }
    return most;
  }

  /**
   * The least growth of three downloads: a busy machine frees late what was used, and not each time; what is held
   * shows in all of them.
   */
  async function leastGrowth(button: string): Promise<number> {
    let least = Infinity;
    for (let round = 0; round < 3 && least >= MAX_MEGABYTES; round += 1) {
      if (round > 0) {
        await page.evaluate(async () => {
          const disk = await navigator.storage.getDirectory();
          const names = (disk as unknown as { keys(): AsyncIterable<string> }).keys();
          for await (const name of names) await disk.removeEntry(name, { recursive: true });
        });
        await page.close();
      }
      least = Math.min(least, await download(button));
    }
    return least;
  }

  const failures = (): Promise<string[]> => page.locator('.download-failures li').allInnerTexts();

  test('as a ZIP file', async () => {
    const megabytes = await leastGrowth('Save as a ZIP file');
    expect(await page.locator('.download-dialog .notice').innerText()).toBe(
      `${FILES - 2} files saved and verified, 2 files failed.`,
    );
    expect(await failures()).toEqual([
      expect.stringMatching(/run-05\.nwb: it is not in the store/),
      expect.stringMatching(
        /run-09\.nwb: what the store sent .* The file of this name in the ZIP is wrong/,
      ),
    ]);
    const size = await page.evaluate(async () => {
      const disk = await navigator.storage.getDirectory();
      return (await (await disk.getFileHandle('all.zip')).getFile()).size;
    });
    expect(size).toBeGreaterThan((FILES - 1) * SIZE);
    console.log(`ZIP file: the browser grew by ${Math.round(megabytes)} MB`);
    expect(megabytes).toBeLessThan(MAX_MEGABYTES);
  });

  test('into a folder', async () => {
    const megabytes = await leastGrowth('Save into a folder …');
    expect(await page.locator('.download-dialog .notice').innerText()).toBe(
      `${FILES - 2} files saved and verified, 2 files failed.`,
    );
    const names = await page.evaluate(async () => {
      const disk = await navigator.storage.getDirectory();
      const folder = await disk.getDirectoryHandle('sub-1');
      const found: string[] = [];
      for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys())
        found.push(name);
      return found.sort();
    });
    const wanted = keys.map((_, file) => `run-${String(file).padStart(2, '0')}.nwb`);
    expect(names).toEqual(wanted.filter((_, file) => file !== ABSENT && file !== WRONG));
    console.log(`Folder: the browser grew by ${Math.round(megabytes)} MB`);
    expect(megabytes).toBeLessThan(MAX_MEGABYTES);
  });
});
