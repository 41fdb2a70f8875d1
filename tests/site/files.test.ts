// The file browser in a browser, on lists from none to 25,000 files.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { HOSTILE_PATHS, MANY_PATHS, writeFilesArchive } from './files-archive.ts';

describeWith(chromium, 'the file browser', () => {
  let site: BuiltSite;
  let browser: Browser;

  beforeAll(async () => {
    site = await builtSite({ content: writeFilesArchive() });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  interface Visit {
    page: Page;
    /** Paths requested since the page was loaded. */
    asked: string[];
    /** Everything that went wrong in the page. */
    faults: string[];
  }

  /** Opens the files of a Dandiset in a separate page for one test. */
  async function visit<Result>(
    address: string,
    test: (visit: Visit) => Promise<Result>,
    options: BrowserContextOptions = {},
  ): Promise<Result> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 800 },
      ...options,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    // The store is asked for what is in a file that is opened. This one has nothing, which a browser reports.
    const isStore = (address: string): boolean => address.startsWith('https://bytes.example/');
    await context.route('https://bytes.example/**', (route) =>
      route.fulfill({ status: 404, headers: { 'Access-Control-Allow-Origin': '*' } }),
    );
    page.on('console', (message) => {
      if (message.type() === 'error' && !isStore(message.location().url))
        faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!isStore(request.url())) asked.push(request.url().slice(site.url.length - 1));
    });
    try {
      await page.goto(`${site.url}dandiset/${address}`);
      if (options.javaScriptEnabled !== false) await settled(page);
      const result = await test({ page, asked, faults });
      expect(faults).toEqual([]);
      expect(asked.filter((one) => !one.startsWith('/'))).toEqual([]);
      return result;
    } finally {
      await context.close();
    }
  }

  /** Waits until the list is shown and nothing is loading. */
  async function settled(page: Page): Promise<void> {
    await page.waitForFunction(() => {
      const status = document.querySelector('.files-status')?.textContent ?? '';
      const shown = document.querySelector('.files-rows') !== null;
      const waiting = document.querySelector('.files-rows .loading') !== null;
      return (
        document.querySelector('file-browser') === null ||
        (shown && !waiting && !/^Loading/.test(status))
      );
    });
  }

  const names = (page: Page): Promise<string[]> =>
    page.locator('.files-rows .f-name a').allTextContents();
  const status = async (page: Page): Promise<string> =>
    (await page.locator('.files-status').textContent())?.trim() ?? '';
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  const query = (page: Page): string => new URL(page.url()).search;

  it('shows folders with what they hold, then files', async () => {
    await visit('000001/draft/files/', async ({ page, asked }) => {
      expect(await names(page)).toEqual(['sub-1/', 'sub-2/', 'README.md', 'cleared.ome.zarr']);
      expect(await page.locator('.files-rows tr').first().innerText()).toMatch(
        /39\.6 MB\s+2 files/,
      );
      // Few files: everything was in the page.
      expect(asked.filter((one) => one.endsWith('.json'))).toEqual([]);
    });
  });

  it.each([
    ['000003/draft/files/?location=sub-7/', ['/dandiset/000003/draft/files.json']],
    [
      '000004/draft/files/?location=sub-many/',
      ['/dandiset/000004/draft/files/index.json', 'shard'],
    ],
    [
      '000004/draft/files/?location=sub-9/ses-2/',
      ['/dandiset/000004/draft/files/index.json', 'shard'],
    ],
  ])('opens the folder of %s with as few requests as possible', async (address, expected) => {
    await visit(address, async ({ page, asked }) => {
      const lists = asked
        .filter((one) => one.endsWith('.json'))
        .map((one) => one.replace(/.*\/\d+\.json$/, 'shard'));
      expect(lists).toEqual(expected);
      expect((await names(page)).length).toBeGreaterThan(9);
    });
  });

  it('opens a deep link to a file, including its whole record', async () => {
    await visit(
      '000004/draft/files/?location=sub-many/sub-many_sample-14800.nwb',
      async ({ page, asked }) => {
        expect(asked.filter((one) => /\/\d+\.json$/.test(one)).length).toBeLessThanOrEqual(2);
        const panel = page.locator('.files-details');
        await panel.getByText('Metadata').click();
        await panel.getByText('asset_id').waitFor();
        expect(await panel.innerText()).toContain('sub-many/sub-many_sample-14800.nwb');
        expect(await panel.innerText()).toContain('DANDI ETag');
        const [range] = asked.filter((one) => one.endsWith('assets.jsonl'));
        expect(range).toBeDefined();
        await panel.getByText('contentSize').waitFor();
        const active = page.locator('.files-rows tr.active');
        expect(await active.innerText()).toContain('sub-many_sample-14800.nwb');
        expect(await active.isVisible()).toBe(true);
      },
    );
  });

  it('reads one record by its range alone, and also from a host without range support', async () => {
    await visit('000003/draft/files/?location=sub-7/sub-7_run-7_behavior.nwb', async ({ page }) => {
      const answer = page.waitForResponse((one) => one.url().endsWith('assets.jsonl'));
      await page.locator('.record summary').click();
      const response = await answer;
      expect(response.status()).toBe(206);
      expect((await response.body()).length).toBeLessThan(2000);
      await page.locator('.metadata-tree').first().waitFor();
    });
    await visit('000003/draft/files/?location=sub-7/sub-7_run-7_behavior.nwb', async ({ page }) => {
      const list = readFileSync(path.join(site.dist, 'dandiset/000003/draft/assets.jsonl'));
      await page.route('**/assets.jsonl', (route) => route.fulfill({ status: 200, body: list }));
      await page.locator('.record summary').click();
      await page.locator('.metadata-tree').first().waitFor();
      expect(await page.locator('.metadata-tree').first().innerText()).toContain(
        'sub-7_run-7_behavior.nwb',
      );
    });
  });

  it('says so when the list has changed since the page was loaded', async () => {
    await visit('000003/draft/files/?location=sub-7/sub-7_run-7_behavior.nwb', async ({ page }) => {
      await page.route('**/assets.jsonl', (route) => {
        const [, from = '', to = ''] =
          /bytes=(\d+)-(\d+)/.exec(route.request().headers()['range'] ?? '') ?? [];
        const body = '{"path":"another"}'.padEnd(Number(to) - Number(from) + 1);
        const headers = { 'content-range': `bytes ${from}-${to}/1000000` };
        return route.fulfill({ status: 206, headers, body });
      });
      await page.locator('.record summary').click();
      await page.getByText('The list has changed since').waitFor();
    });
  });

  it('goes back and forward, and every row is a real link', async () => {
    await visit('000003/draft/files/', async ({ page }) => {
      await page.getByRole('link', { name: 'sub-7/' }).click();
      await settled(page);
      expect(query(page)).toBe('?location=sub-7/');
      await page.locator('.files-rows a[data-location]').first().click();
      await page.locator('.files-details h2').waitFor();
      expect(await focused(page)).toBe('sub-7_run-7_behavior.nwb');
      await page.goBack();
      await page.locator('.files-details').waitFor({ state: 'hidden' });
      expect(await focused(page)).toBe('sub-7_run-7_behavior.nwb');
      await page.goBack();
      await page.getByRole('link', { name: 'sub-0/' }).waitFor();
      expect(query(page)).toBe('');
      await page.goForward();
      await page.locator('.files-rows').getByText('sub-7_run-7_behavior.nwb').waitFor();
      const first = page.locator('.files-rows a[data-location]').first();
      expect(await first.getAttribute('href')).toBe(
        '/dandiset/000003/draft/files/?location=sub-7/sub-7_run-7_behavior.nwb',
      );
    });
  });

  it('filters by name, in a folder and in all of them, and keeps it in the address', async () => {
    await visit('000004/draft/files/?location=sub-many/', async ({ page, asked }) => {
      await page.getByRole('searchbox', { name: /Filter names/ }).fill('*-1999?.nwb');
      await page.getByText('No name matches').waitFor();
      await page.getByRole('searchbox', { name: /Filter names/ }).fill('sample-1999');
      await page.getByText('10 of 20,136 names').waitFor();
      expect(query(page)).toBe('?location=sub-many/&filter=sample-1999');
      expect(await names(page)).toContain('sub-many_sample-19990.nwb');
      await page.getByRole('searchbox', { name: /Filter names/ }).fill('*run-12_*');
      await page.getByLabel('in all folders').check();
      await page.getByText('1 file in all folders').waitFor();
      expect(await names(page)).toEqual(['sub-12/ses-0/sub-12_run-12_ecephys.nwb']);
      expect(query(page)).toBe('?location=sub-many/&filter=*run-12_*&in=all');
      const loaded = asked.filter((one) => /\/\d+\.json$/.test(one));
      expect(new Set(loaded).size).toBe(loaded.length);
    });
    await visit('000004/draft/files/?filter=*.ome.zarr&in=all', async ({ page }) => {
      expect(await names(page)).toEqual(['atlas.ome.zarr']);
    });
  });

  it('sorts by the heads of the columns, and says which', async () => {
    await visit('000004/draft/files/?location=sub-many/', async ({ page }) => {
      const sizes = async (): Promise<number[]> => {
        const texts = await page.locator('.files-rows .f-size').allTextContents();
        return texts.map(
          (text) => parseFloat(text) * (text.endsWith('kB') ? 1 : text.endsWith('MB') ? 1e3 : 1e-3),
        );
      };
      await page.getByRole('button', { name: 'Size' }).click();
      await page.locator('th[aria-sort=descending]', { hasText: 'Size' }).waitFor();
      await settled(page);
      expect(query(page)).toBe('?location=sub-many/&sort=-size');
      const first = await sizes();
      expect(first).toEqual([...first].sort((a, b) => b - a));
      await page.getByRole('button', { name: 'Size' }).click();
      await page.locator('th[aria-sort=ascending]', { hasText: 'Size' }).waitFor();
      const second = await sizes();
      expect(second).toEqual([...second].sort((a, b) => a - b));
      expect(second[0]).toBeLessThan(first[0]!);
    });
  });

  it('is driven by the keyboard, and never loses its place', async () => {
    await visit('000004/draft/files/', async ({ page }) => {
      await page.locator('.files-crumbs a').focus();
      await page.keyboard.press('/');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('files-filter');
      await page.keyboard.press('ArrowDown');
      expect(await focused(page)).toBe('sub-0/');
      await page.keyboard.press('End');
      expect(await focused(page)).toBe('dataset_description.json');
      await page.keyboard.press('Home');
      for (let step = 0; step < 36; step += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowUp');
      expect(await focused(page)).toBe('sub-many/');
      await page.keyboard.press('Enter');
      await page.locator('.files-rows').getByText('sub-many_sample-00000.nwb').waitFor();
      expect(await focused(page)).toBe('sub-many_sample-00000.nwb');
      expect(await page.getByRole('grid', { name: 'Files in sub-many/' }).count()).toBe(1);
      await page.keyboard.press('End');
      await settled(page);
      await page.keyboard.press('ArrowUp');
      expect(await focused(page)).toBe('sub-many_sample-20134.nwb');
      await page.keyboard.press('PageUp');
      await page.keyboard.press('Enter');
      await page.locator('.files-details h2').waitFor();
      expect(await focused(page)).toMatch(/^sub-many_sample-201/);
      await page.keyboard.press('Escape');
      await page.locator('.files-details').waitFor({ state: 'hidden' });
      expect(await focused(page)).toMatch(/^sub-many_sample-201/);
      await page.keyboard.press('Backspace');
      await page.locator('.files-rows').getByText('sub-many/').waitFor();
      expect(await focused(page)).toBe('sub-many/');
      // Only one row is in the tab order.
      const stops = await page.locator('.files-rows a[data-location][tabindex="0"]').count();
      expect(stops).toBe(1);
    });
  });

  it('keeps few rows in the page, however long the folder and wherever it is scrolled to', async () => {
    await visit('000004/draft/files/?location=sub-many/', async ({ page }) => {
      const scroller = page.locator('.files-scroll');
      for (const part of [0.3, 0.77, 1, 0.5]) {
        await scroller.evaluate((box, share) => (box.scrollTop = box.scrollHeight * share), part);
        await settled(page);
        const shown = await names(page);
        expect(shown.length).toBeLessThan(80);
        const numbers = shown.map((name) => Number(/\d{5}/.exec(name)?.[0]));
        expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at));
        // The row in the middle is the one for its scroll position.
        await expect
          .poll(() =>
            scroller.evaluate((box) => {
              const rect = box.getBoundingClientRect();
              const row = document
                .elementFromPoint(rect.left + 90, rect.top + rect.height / 2)
                ?.closest('tr');
              const number = String(Number(row?.getAttribute('aria-rowindex')) - 2);
              return row?.textContent.includes(number.padStart(5, '0')) === true;
            }),
          )
          .toBe(true);
      }
      expect(await page.locator('table').getAttribute('aria-rowcount')).toBe('20137');
    });
  });

  it('links every hostile path to its own file, and executes none of them', async () => {
    await visit('000008/draft/files/', async ({ page }) => {
      for (const hostile of HOSTILE_PATHS) {
        const query = `?location=${encodeURIComponent(hostile)}`;
        await page.goto(`${site.url}dandiset/000008/draft/files/${query}`);
        const panel = page.locator('.files-details');
        await panel.locator('h2').waitFor();
        const copied = await panel.locator('[data-copy]').first().getAttribute('data-copy');
        expect(copied).toBe(hostile);
        await panel.locator('.record summary').click();
        await panel.locator('.metadata-tree').first().waitFor();
        await panel.locator('.metadata-tree summary', { hasText: 'keywords' }).click();
        await panel.getByText('write to [e-mail]').waitFor();
        expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
        expect(await panel.locator('img, script').count()).toBe(0);
      }
    });
  });

  it('offers viewers with the public address and nothing else', async () => {
    await visit('000001/draft/files/?location=sub-1/sub-1_ecephys.nwb', async ({ page }) => {
      const link = page.getByRole('link', { name: 'Neurosift' });
      const address = new URL((await link.getAttribute('href')) ?? '');
      const url = address.searchParams.get('url') ?? '';
      expect(url).toMatch(/^https:\/\/bytes\.example\/blobs\/([0-9a-f]{3})\/([0-9a-f]{3})\/\1\2/);
      expect(
        await page
          .getByRole('link', { name: 'Download', exact: true })
          .first()
          .getAttribute('href'),
      ).toBe(url);
    });
    await visit('000001/draft/files/?location=cleared.ome.zarr', async ({ page }) => {
      const panel = page.locator('.files-details');
      expect(await panel.getByRole('link', { name: 'Download' }).count()).toBe(0);
      expect(await panel.getByRole('link', { name: 'Neuroglancer' }).count()).toBe(1);
      expect(await panel.locator('[data-copy^="https://bytes.example/zarr/"]').count()).toBe(1);
    });
  });

  it('copies, and says so', async () => {
    await visit(
      '000001/draft/files/?location=sub-2/x.nwb',
      async ({ page }) => {
        await page.getByRole('button', { name: 'Copy path' }).click();
        await page.getByRole('status').getByText('Copied').waitFor();
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('sub-2/x.nwb');
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
  });

  it('reports an address that does not exist, and shows the nearest folder', async () => {
    await visit('000004/draft/files/?location=sub-3/ses-9/nothing.nwb', async ({ page }) => {
      expect(await page.locator('.files-missing').innerText()).toContain('sub-3/ses-9/nothing.nwb');
      expect(await names(page)).toEqual(['ses-0/', 'ses-1/', 'ses-2/']);
    });
    await visit('000004/draft/files/?location=sub-3/ses-1', async ({ page }) => {
      expect(query(page)).toBe('?location=sub-3/ses-1/');
      expect(await status(page)).toMatch(/^4\d files/);
    });
  });

  it('reports that the list cannot be loaded, and retries', async () => {
    await visit('000003/draft/files/?location=sub-7/', async ({ page, faults }) => {
      await page.route('**/files.json', (route) => route.fulfill({ status: 503 }));
      await page.reload();
      await page.getByText('The list could not be loaded').waitFor();
      // The top folder, which came with the page, is still shown.
      expect(await page.locator('.files-table tbody tr').count()).toBe(30);
      await page.unroute('**/files.json');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.files-rows').getByText('sub-7_run-7_behavior.nwb').waitFor();
      faults.length = 0;
    });
  });

  it('is complete without JavaScript: few files whole, of many the top folder', async () => {
    const options = { javaScriptEnabled: false };
    await visit(
      '000002/draft/files/',
      async ({ page }) => {
        const rows = page.locator('.file .f-name');
        expect(await rows.count()).toBe(150);
        for (const link of await page.locator('.folder .f-name a').all()) {
          const target = (await link.getAttribute('href')) ?? '';
          expect(await page.locator(`[id="${target.slice(1)}"]`).count()).toBe(1);
        }
        expect(await page.locator('.file .f-get a').count()).toBe(150);
        expect(await page.getByRole('searchbox', { name: /Filter/ }).isVisible()).toBe(false);
      },
      options,
    );
    await visit(
      '000004/draft/files/',
      async ({ page }) => {
        const top = new Set(MANY_PATHS.map((one) => one.split('/')[0]));
        expect(await page.locator('.files-table tbody tr').count()).toBe(top.size);
        expect(await page.locator('noscript p').innerText()).toContain('the top folder alone');
        const links = await page
          .locator('noscript a')
          .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
        expect(links).toEqual([
          '/dandiset/000004/draft/assets.jsonl',
          '/handbook/download/#all-files-of-a-version',
        ]);
        const folders = await page.locator('.folder .f-name').allTextContents();
        const subjects = folders.map((name) => Number(/sub-(\d+)/.exec(name)?.[1] ?? Infinity));
        expect(subjects).toContain(10);
        expect(subjects).toEqual(subjects.toSorted((a, b) => a - b));
      },
      options,
    );
  });

  it.each([
    ['000005', 'This draft has no files yet.'],
    [
      '000006',
      'does not hold the list of files of this version; its record claims 12 files, 3.00 MB',
    ],
    ['000007', "(9,000 files, 3.00 MB) is kept in the archive's store"],
  ])('distinguishes an empty list from one that is not held: %s', async (number, words) => {
    await visit(`${number}/draft/files/`, async ({ page }) => {
      expect(await page.locator('main').innerText()).toContain(words);
      expect(await page.locator('table').count()).toBe(0);
    });
  });

  const SPECIMENS = [
    '000001/draft/files/?location=sub-1/sub-1_ecephys.nwb',
    '000004/draft/files/?location=sub-many/',
    '000004/draft/files/?filter=run-12&in=all',
    '000006/draft/files/',
    '000008/draft/files/',
  ];

  const violations = (page: Page): Promise<string[]> =>
    page.evaluate(async () => {
      interface Axe {
        run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      }
      const found = await (window as unknown as { axe: Axe }).axe.run();
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });

  it.each(SPECIMENS)(
    '%s passes axe in light and dark, and scrolls in one direction',
    async (address) => {
      await visit(address, async ({ page }) => {
        await page.evaluate(`${axe.source}; 0`);
        for (const colorScheme of ['light', 'dark'] as const) {
          for (const width of [360, 1200]) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: 800 });
            expect(await violations(page)).toEqual([]);
            const beyond = await page.evaluate(() =>
              [document.documentElement, ...document.querySelectorAll('.files-scroll')].map(
                (box) => box.scrollWidth - box.clientWidth,
              ),
            );
            expect(Math.max(...beyond)).toBeLessThanOrEqual(0);
          }
        }
      });
    },
  );
});
