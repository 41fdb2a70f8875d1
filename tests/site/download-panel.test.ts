// The panel for downloading: a ZIP file and a folder made in the browser, what happens when files fail, lists, and the
// panel itself by keyboard, on a phone and without scripts.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { BrowserContextOptions, Page, Route } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { browser as chromium, downloadedBytes } from '../support/sites/browser.ts';
import { clientCommand } from '../../src/core/download/client-command.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { writeFilesArchive } from './files-archive.ts';
import { axeFaults, sidewaysFaults } from './visit.ts';

const VERSION = '000001/0.250702.1411';
const FOLDER = 'sub-M2/';

interface Asset {
  path: string;
  size: number;
  blob?: string;
}

function assetsOf(version: string): Asset[] {
  const list = path.join(demoContent, 'dandisets/000', version, 'assets.jsonl');
  return readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Asset);
}

const ASSETS = assetsOf(VERSION);
const IN_FOLDER = ASSETS.filter(({ path: one }) => one.startsWith(FOLDER));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The pickers of a browser, with folders of the page's own disk in place of the reader's. */
function withOwnDisk(): void {
  const disk = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory();
  Object.assign(globalThis, {
    showDirectoryPicker: async () => (await disk()).getDirectoryHandle('target', { create: true }),
    showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
      (await disk()).getFileHandle(suggestedName, { create: true }),
  });
}

/** A browser that only downloads. */
function withoutDisk(): void {
  Object.assign(globalThis, { showDirectoryPicker: undefined, showSaveFilePicker: undefined });
}

/** The SHA-256 of every file on the page's own disk, by path. */
function onDisk(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: Record<string, string> = {};
    const look = async (folder: FileSystemDirectoryHandle, above: string): Promise<void> => {
      for await (const handle of (
        folder as unknown as { values(): AsyncIterable<FileSystemHandle> }
      ).values()) {
        if (handle.kind === 'directory') {
          await look(handle as FileSystemDirectoryHandle, `${above}${handle.name}/`);
          continue;
        }
        const file = await (handle as FileSystemFileHandle).getFile();
        const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
        found[above + handle.name] = [...new Uint8Array(digest)]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('');
      }
    };
    await look(await navigator.storage.getDirectory(), '');
    return found;
  });
}

describeWith([chromium, demoBytes], 'the panel for downloading', () => {
  const demo = demoInBrowser();

  async function visit<Result>(
    address: string,
    work: (page: Page) => Promise<Result>,
    {
      disk,
      site = demo.site,
      ...options
    }: BrowserContextOptions & { disk?: () => void; site?: BuiltSite } = {},
  ): Promise<Result> {
    const context = await demo.browser.newContext({ serviceWorkers: 'block', ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      const isFailedRequest = /Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !isFailedRequest) faults.push(message.text());
    });
    try {
      if (disk !== undefined) await page.addInitScript(disk);
      await page.goto(`${site.url}dandiset/${address}`);
      const result = await work(page);
      expect(faults).toEqual([]);
      return result;
    } finally {
      await context.close();
    }
  }

  const open = (page: Page): Promise<void> => page.locator('a[href="#download"]').first().click();
  const outcome = (page: Page): Promise<string> =>
    page.locator('.download-dialog .notice').innerText();

  async function zipFrom(page: Page, button: string): Promise<Record<string, Uint8Array>> {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    return unzipSync(await downloadedBytes(await downloading));
  }

  /** Gives a wrong answer for the bytes of one file. */
  const fault = (page: Page, { blob }: Asset, answer: (route: Route) => Promise<void>) =>
    page.context().route(`**/${blob}`, answer);

  test('a ZIP file of a folder holds the published bytes', async () => {
    await visit(
      `${VERSION}/files/?location=${FOLDER}`,
      async (page) => {
        await page.getByText('Download this folder').waitFor();
        await open(page);
        const zip = await zipFrom(page, 'Save as a ZIP file');
        expect(IN_FOLDER.length).toBeGreaterThan(1);
        expect(Object.keys(zip).sort()).toEqual(IN_FOLDER.map((one) => one.path).sort());
        for (const { path: name, blob } of IN_FOLDER) expect(sha256(zip[name]!)).toBe(blob);
        expect(await outcome(page)).toBe(`${IN_FOLDER.length} files saved and verified.`);
      },
      { disk: withoutDisk },
    );
  });

  test('a whole version with Zarrs is streamed into the chosen file', async () => {
    await visit(
      '000006/draft/',
      async (page) => {
        await open(page);
        await page.getByRole('button', { name: 'Save as a ZIP file' }).click();
        await page.locator('.download-dialog .notice').waitFor();
        expect(await outcome(page)).toMatch(/^\d+ files saved and verified\.$/);
        expect(Object.keys(await onDisk(page))).toEqual(['000006-draft.zip']);
      },
      { disk: withOwnDisk },
    );
  });

  test('files that fail are named in the panel and in the ZIP file, and can be tried again', async () => {
    await visit(
      `${VERSION}/`,
      async (page) => {
        const [cut, flipped, absent, closed] = ASSETS as [Asset, Asset, Asset, Asset];
        await fault(page, cut, (route) => route.abort('connectionreset'));
        await fault(page, flipped, async (route) => {
          const response = await route.fetch();
          const body = await response.body();
          body[body.length >> 1]! ^= 1;
          await route.fulfill({ response, body });
        });
        const html = { contentType: 'text/html', body: '<h1>Not here</h1>' };
        await fault(page, absent, (route) => route.fulfill({ status: 404, ...html }));
        await fault(page, closed, (route) => route.fulfill({ status: 403, ...html }));
        await open(page);
        const zip = await zipFrom(page, 'Save as a ZIP file');
        const failed = [cut, flipped, absent, closed].map((one) => one.path);
        const right = ASSETS.filter((one) => !failed.includes(one.path));
        expect(Object.keys(zip).sort()).toEqual(
          [...right.map((one) => one.path), 'FAILED-FILES.txt'].sort(),
        );
        const listed = new TextDecoder().decode(zip['FAILED-FILES.txt']);
        const shown = await page.locator('.download-failures').innerText();
        for (const text of [listed, shown]) {
          expect(text).toContain(`${cut.path}: the store could not be reached`);
          expect(text).toContain(`${flipped.path}: what the store sent does not have the digest`);
          expect(text).toContain(`${absent.path}: it is not in the store`);
          expect(text).toContain(`${closed.path}: the store refuses it (403)`);
        }
        expect(await outcome(page)).toContain('4 files failed');

        await page.context().unrouteAll();
        const second = await zipFrom(page, 'Try the failed files again');
        expect(Object.keys(second).sort()).toEqual([...failed].sort());
        for (const { path: name, blob } of [cut, flipped, absent, closed])
          expect(sha256(second[name]!)).toBe(blob);
      },
      { disk: withoutDisk },
    );
  });

  test('a folder gets verified files only, keeps what is right, and leaves what is the reader’s', async () => {
    await visit(
      `${VERSION}/`,
      async (page) => {
        const [own, flipped, ...right] = ASSETS as [Asset, Asset, ...Asset[]];
        await page.evaluate(async (name) => {
          let folder = await (
            await navigator.storage.getDirectory()
          ).getDirectoryHandle('target', {
            create: true,
          });
          const parts = name.split('/');
          for (const part of parts.slice(0, -1))
            folder = await folder.getDirectoryHandle(part, { create: true });
          const file = await folder.getFileHandle(parts.at(-1)!, { create: true });
          const writable = await file.createWritable();
          await writable.write('my notes');
          await writable.close();
        }, own.path);
        await fault(page, flipped, (route) =>
          route.fulfill({ body: Buffer.alloc(flipped.size, 1), status: 200 }),
        );
        await open(page);
        await page.getByRole('button', { name: 'Save into a folder …' }).click();
        await page.getByRole('button', { name: 'Try the failed files again' }).waitFor();
        const shown = await page.locator('.download-failures').innerText();
        expect(shown).toContain(`${own.path}: a different file of this name is there`);
        expect(shown).toContain(`${flipped.path}: what the store sent does not have the digest`);
        const published = (files: Asset[]): Record<string, string> =>
          Object.fromEntries(files.map((one) => [`target/${one.path}`, one.blob ?? '']));
        const notes = { [`target/${own.path}`]: sha256(new TextEncoder().encode('my notes')) };
        expect(await onDisk(page)).toEqual({ ...published(right), ...notes });

        await page.context().unrouteAll();
        await page.getByRole('button', { name: 'Back' }).click();
        await page.getByLabel('Replace files that differ').check();
        await page.getByRole('button', { name: 'Save into a folder …' }).click();
        await page.getByRole('button', { name: 'Download again' }).waitFor();
        expect(await outcome(page)).toBe(
          `2 files saved and verified, ${right.length} files already complete.`,
        );
        expect(await onDisk(page)).toEqual(published(ASSETS));
      },
      { disk: withOwnDisk },
    );
  });

  test('a cancelled download leaves nothing under a final name', async () => {
    await visit(
      `${VERSION}/`,
      async (page) => {
        await page.context().route('**/blobs/**', () => new Promise(() => undefined));
        await open(page);
        await page.getByRole('button', { name: 'Save into a folder …' }).click();
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByText('Cancelled.').first().waitFor();
        expect(await onDisk(page)).toEqual({});
      },
      { disk: withOwnDisk },
    );
  });

  test('lists name where the site is, and what is in the open folder', async () => {
    await visit(`${VERSION}/files/?location=${FOLDER}`, async (page) => {
      await page.getByText('Download this folder').waitFor();
      await open(page);
      await page.getByRole('tab', { name: 'List' }).click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: 'aria2.txt' }).click();
      const list = new TextDecoder().decode(await downloadedBytes(await downloading));
      const lines = IN_FOLDER.flatMap(({ path: name, blob = '' }) => [
        `${demo.site.url}storage/blobs/${blob.slice(0, 3)}/${blob.slice(3, 6)}/${blob}`,
        `  out=${name}`,
        `  checksum=sha-256=${blob}`,
      ]);
      expect(list.trimEnd().split('\n')).toEqual(lines);
    });
  });

  test('commands name where the site is, and the open folder', async () => {
    const command = (page: Page): Promise<string[]> =>
      page.locator('.download-dialog pre').allInnerTexts();
    const here = `${demo.site.url}dandiset/${VERSION}`;
    const client = clientCommand(demo.site.url);
    await visit(`${VERSION}/`, async (page) => {
      await open(page);
      await page.getByRole('tab', { name: 'Command' }).click();
      expect(await command(page)).toEqual([
        `${client} download ${here}`,
        `pip install dandi\ndandi download ${here}`,
      ]);
      const button = page.locator('.download-dialog [data-copy]').first();
      expect(await button.getAttribute('data-copy')).toBe(`${client} download ${here}`);
    });
    await visit(`${VERSION}/files/?location=${FOLDER}`, async (page) => {
      await page.getByText('Download this folder').waitFor();
      // The address of the page is in the form that DANDI's client takes.
      expect(page.url()).toBe(`${here}/files?location=${FOLDER}`);
      await open(page);
      await page.getByRole('tab', { name: 'Command' }).click();
      expect(await command(page)).toEqual([
        `${client} download '${page.url()}'`,
        `pip install dandi\ndandi download '${page.url()}'`,
      ]);
    });
  });

  test('tabs move by arrows, Escape closes, and the focus returns', async () => {
    await visit(`${VERSION}/`, async (page) => {
      const focused = (): Promise<string> =>
        page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
      const link = page.locator('a[href="#download"]').first();
      await link.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: 'Browser', selected: true }).waitFor();
      expect(await focused()).toBe('Browser');
      for (const name of ['Command', 'List', 'Browser']) {
        await page.keyboard.press('ArrowRight');
        expect(await focused()).toBe(name);
        expect(await page.getByRole('tab', { name, selected: true }).count()).toBe(1);
        expect(await page.getByRole('tabpanel', { name }).isVisible()).toBe(true);
      }
      await page.keyboard.press('End');
      expect(await focused()).toBe('List');
      await page.keyboard.press('Escape');
      await page.locator('.download-dialog').waitFor({ state: 'hidden' });
      expect(await focused()).toMatch(/^Download · /);
    });
  });

  test.each(['light', 'dark'] as const)('is accessible, on a phone too (%s)', (colorScheme) =>
    visit(
      `${VERSION}/`,
      async (page) => {
        await open(page);
        await page.getByRole('button', { name: 'Save as a ZIP file' }).waitFor();
        for (const name of ['Command', 'List', 'Browser']) {
          await page.getByRole('tab', { name }).click();
          expect(await axeFaults(page)).toEqual([]);
          expect(await sidewaysFaults(page)).toEqual([]);
          const wide = await page
            .locator('.download-dialog')
            .evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth);
          expect(wide).toBe(false);
        }
      },
      { colorScheme, viewport: { width: 360, height: 740 }, disk: withOwnDisk },
    ),
  );

  test('without scripts it is a section of the page', async () => {
    await visit(
      `${VERSION}/`,
      async (page) => {
        await open(page);
        const section = page.locator('#download');
        expect(await section.isVisible()).toBe(true);
        const text = await section.innerText();
        expect(text).toContain(
          `${clientCommand('http://localhost:8000/')} download http://localhost:8000/`,
        );
        expect(text).toContain('This needs JavaScript');
        for (const name of ['urls.txt', 'aria2.txt', 'files.sha256']) {
          const href = await section.getByRole('link', { name }).getAttribute('href');
          expect((await page.request.get(new URL(href!, page.url()).href)).status()).toBe(200);
        }
      },
      { javaScriptEnabled: false },
    );
  });

  test('a store that pages cannot read is said at once, and the command is offered', async () => {
    const site = await builtSite({ content: writeFilesArchive() });
    onTestFinished(() => site.close());
    await visit(
      '000001/draft/',
      async (page) => {
        await page.context().route('https://bytes.example/**', (route) => route.abort());
        await open(page);
        await page.getByText('This page cannot read from the store').waitFor();
        await page.getByRole('tab', { name: 'Command' }).click();
        expect(await page.locator('.download-dialog pre').allInnerTexts()).toEqual([
          `${clientCommand('https://test.example/')} download https://test.example/dandiset/000001/draft`,
        ]);
        await page.getByRole('tab', { name: 'List' }).click();
        expect(await page.locator('.download-dialog').innerText()).toContain(
          '1 Zarr, which is a folder of many files, is not in these lists',
        );
      },
      { site },
    );
  });

  test('a version without files has no panel', async () => {
    await visit('000011/', async (page) => {
      expect(await page.locator('a[href="#download"]').count()).toBe(0);
    });
  });
});
