// The view of one file, by the kind of the file: text, tables, JSON, Markdown, images, videos.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { describeWith } from '../support/needed-part.ts';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { HOSTILE, writeViewerArchive } from './viewer-archive.ts';
import { axeFaults, sidewaysFaults, visit } from './visit.ts';

describeWith(chromium, 'the view of a file', () => {
  let site: BuiltSite;
  let browser: Browser;
  beforeAll(async () => {
    site = await builtSite({ content: writeViewerArchive() });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  interface Opened {
    page: Page;
    text: string;
    /** Requests to the store, with their range. */
    asked: string[];
  }

  /** Opens a file, waits for its view, and requires that nothing went wrong. */
  async function open(name: string, look: (opened: Opened) => Promise<void>): Promise<void> {
    const address = `${site.url}dandiset/000001/draft/files/`;
    const { page, faults, close } = await visit(browser, `${site.url}offline/`);
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/storage/')) asked.push(request.headers()['range'] ?? 'whole');
    });
    try {
      await page.goto(`${address}?location=${encodeURIComponent(name)}`);
      const view = page.locator('.file-view > :not([role=status])');
      await view.first().waitFor();
      await look({ page, text: await page.locator('.file-view').innerText(), asked });
      expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
      expect(faults).toEqual([]);
    } finally {
      await close();
    }
  }

  test.each([
    ['hostile.txt', `${HOSTILE}\nwrite to [e-mail]\ngpj.exe`],
    ['wide.txt', 'The text is encoded in UTF-16.\ngrößer µV'],
    ['binary.txt', 'This file is not text'],
    ['empty.txt', 'This file is empty: it has 0 bytes.'],
    ['paper.pdf', 'There is no view of this type of file here. Download it to open it.'],
    ['broken.json', 'This is not valid JSON.\n{"a": 1'],
    ['damaged.png', 'This image is damaged'],
    ['bomb.png', 'This image has 20,000 × 20,000 pixels, too many for this page.'],
  ])('%s', async (name, words) => {
    await open(name, async ({ text }) => expect(text.replace(/\n+/g, '\n')).toContain(words));
  });

  test('the first megabyte of a long text is one request', async () => {
    await open('big.txt', async ({ text, asked }) => {
      expect(text).toContain('The first 1 MB of 2.25 MB. The first 5,000 of');
      expect(text).toContain('1 line longer than 2,000 characters is cut.');
      expect(asked).toEqual(['bytes=0-999999']);
    });
  });

  test('a table of text has its cells as they are written', async () => {
    await open('events.tsv', async ({ page, text }) => {
      expect(text).toContain('700 rows, 3 columns.');
      const rows = page.locator('.view-table tbody tr');
      expect(await rows.nth(1).innerText()).toBe(`2\t1.50\t0.1\t${HOSTILE}`);
      expect(await rows.count()).toBe(100);
      await page.getByRole('button', { name: 'Show 500 more' }).click();
      expect(await rows.count()).toBe(600);
      await page.getByRole('button', { name: 'Show 100 more' }).click();
      expect(await rows.count()).toBe(700);
      expect(await page.getByRole('button', { name: /^Show/ }).count()).toBe(0);
    });
    await open('table.csv', async ({ page }) => {
      expect(await page.locator('.view-table thead').innerText()).toContain('name\ta, b');
      expect(await page.locator('.view-table tbody').innerText()).toBe('1\tµV\tx "y" z');
    });
  });

  test('JSON is a tree that shows numbers as they are written', async () => {
    await open('numbers.json', async ({ page, text }) => {
      expect(text).toContain('big 12345678901234567890');
      expect(text).toContain('small 1.0');
      await page.locator('.view-json summary', { hasText: '__proto__' }).click();
      await page.locator('.view-json summary', { hasText: 'a 1 value' }).click();
      await page.getByText('1 <b>').waitFor();
    });
  });

  test('Markdown is laid out, its HTML is text', async () => {
    await open('README.md', async ({ page, text }) => {
      expect(text).toContain(HOSTILE);
      expect(await page.locator('.view-markdown em').innerText()).toBe('fine');
      expect(await page.locator('.view-markdown td').allInnerTexts()).toEqual(['1', '2']);
    });
  });

  test('images are shown by <img> alone', async () => {
    await open('picture.png', async ({ page, text, asked }) => {
      expect(text).toContain('8 × 8 pixels.');
      expect(await page.locator('.view-image img').getAttribute('alt')).toBe(
        'Picture of picture.png',
      );
      expect(asked.length).toBe(1);
    });
    await open('drawing.svg', async ({ page }) => {
      expect(await page.locator('.view-image img').isVisible()).toBe(true);
    });
  });

  test('a video is read after the click, and says if it cannot be played', async () => {
    await open('movie.mp4', async ({ page, asked }) => {
      expect(asked).toEqual([]);
      await page.getByRole('button', { name: 'Play the video' }).click();
      await page.getByText('This browser cannot play it').waitFor();
      expect(asked.length).toBeGreaterThan(0);
    });
  });

  test('AVI says why it is not played, and how to convert it', async () => {
    await open("movie'; rm -rf x.avi", async ({ page, text, asked }) => {
      expect(text).toContain('Browsers cannot play AVI files.');
      const line = String.raw`ffmpeg -i 'movie'\''; rm -rf x.avi' -c:v libx264 -pix_fmt yuv420p -movflags +faststart 'movie'\''; rm -rf x.mp4'`;
      expect(await page.locator('.view-avi [data-copy]').getAttribute('data-copy')).toBe(line);
      expect(asked).toEqual([]);
    });
  });

  test.each([
    ['sub-1/patch.nwb', 45_000],
    ['events.tsv', 10_000],
    ['numbers.json', 10_000],
    ['README.md', 45_000],
  ])('what is loaded to show %s has at most %i bytes', async (name, most) => {
    const { page, close } = await visit(browser, `${site.url}dandiset/000001/draft/files/`);
    const scripts: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) scripts.push(pathname);
    });
    await page.evaluate((location) => {
      history.pushState(null, '', `?location=${location}`);
      dispatchEvent(new PopStateEvent('popstate'));
    }, name);
    await page.locator('.file-view > :not([role=status])').first().waitFor();
    const sizes = scripts.map((file) => gzipSync(readFileSync(path.join(site.dist, file))).length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(most);
    await close();
  });

  test('waiting is said', async () => {
    const { page, close } = await visit(browser, `${site.url}offline/`);
    let answer = (): void => undefined;
    const waits = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/storage/**', async (route) => {
      await waits;
      await route.continue();
    });
    await page.goto(`${site.url}dandiset/000001/draft/files/?location=wide.txt`);
    await page.getByText('Loading the contents …').waitFor();
    answer();
    await page.getByText('größer µV').waitFor();
    await close();
  });

  test('a store that fails is said, and asked again', async () => {
    const address = `${site.url}dandiset/000001/draft/files/`;
    const { page, close } = await visit(browser, `${site.url}offline/`);
    let fails = true;
    await page.route('**/storage/blobs/**', (route) =>
      fails ? route.fulfill({ status: 500, body: 'no' }) : route.continue(),
    );
    await page.goto(`${address}?location=wide.txt`);
    const alert = page.locator('.file-view [role=alert]');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('The contents could not be loaded.');
    fails = false;
    await page.locator('.file-view').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('größer µV').waitFor();
    await close();
  });

  test('a file of the reader’s own is shown and goes nowhere', async () => {
    const { page, faults, close } = await visit(
      browser,
      `${site.url}dandiset/000001/draft/files/?location=sub-1/`,
    );
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!/\/_astro\/|^blob:/.test(request.url()))
        asked.push(`${request.method()} ${request.url()}`);
    });
    const buffer = Buffer.from('a,b\n1,2\n');
    await page
      .getByLabel('Look inside a file of your own')
      .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer });
    const panel = page.locator('.files-details');
    await panel.getByText('1 row, 2 columns.').waitFor();
    expect(await panel.innerText()).toContain('8 B, on your machine.');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });

    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped words'], 'dropped.txt'));
      return transfer;
    });
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await panel.getByText('dropped words').waitFor();
    expect(asked).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test.each([
    [1280, 'light'],
    [360, 'dark'],
  ] as const)('is accessible at %i px, %s', async (width, colorScheme) => {
    for (const name of ['events.tsv', 'numbers.json', 'README.md', 'big.txt', 'movie.avi']) {
      const { page, close } = await visit(
        browser,
        `${site.url}dandiset/000001/draft/files/?location=${name}`,
        { colorScheme, viewport: { width, height: 800 } },
      );
      await page.locator('.file-view > :not([role=status])').first().waitFor();
      expect([name, ...(await axeFaults(page)), ...(await sidewaysFaults(page))]).toEqual([name]);
      await close();
    }
  });
});
