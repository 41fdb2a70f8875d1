// An archive of hostile records: it is imported, checked and built; nothing in it runs, nothing leaves the
// site's folder, and every page stays well-formed.

import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, browser as browserPart } from '../support/sites/browser.ts';
import {
  buildInto,
  builtSite,
  cacheFolder,
  demoContent,
  serveSite,
  type BuiltSite,
} from '../support/sites/built-site.ts';
import {
  ADDRESS_IN_PATH,
  hostileContent,
  hostileSource,
} from '../support/records/hostile-records.ts';
import { describeWith } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';
import { sitePages } from '../support/sites/site-pages.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { crawl, type Crawl } from './crawl.ts';
import { privacyTests } from './privacy.ts';

// All pages of Dandisets; for facets only the lists, which hold the same texts.
const isRecordPage = /^\/(?:$|dandiset\/|submi|(?:[a-z]+\/)$)/;

describe('an archive of hostile records', () => {
  let folder: string;
  let content: string;
  let site: BuiltSite;
  let crawled: Crawl;
  let imported: { code: number | null; stderr: string };
  const namesIn = (place: string): string[] => readdirSync(place).sort();
  let before: string[];

  beforeAll(async () => {
    folder = cacheFolder('hostile-');
    writeFiles(path.join(folder, 'source'), hostileSource());
    content = path.join(folder, 'content');
    imported = await runCli('import', path.join(folder, 'source'), '--into', content, '--json');
    writeFiles(content, hostileContent());
    before = namesIn(folder);
    await buildInto(path.join(folder, 'dist'), { content });
    site = await serveSite(path.join(folder, 'dist'), { content });
    crawled = await crawl(site.url, 'https://archive.example/', 'storage/');
  });
  afterAll(async () => {
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('keeps paths as they are, on pages and for programs', () => {
    const folder = 'dandiset/000006/0.250101.1200';
    for (const name of [`${folder}/files/index.html`, `${folder}/croissant.jsonld`]) {
      const text = readFileSync(path.join(site.dist, name), 'utf8');
      expect(text).toContain(`data of ${ADDRESS_IN_PATH}.nwb`);
    }
  });

  test('is imported with its problems reported, and checked', async () => {
    expect(imported.code).toBe(1);
    expect(imported.stderr).not.toMatch(/\bat .+:\d+:\d+/); // no stack of a crash
    const checked = await runCli('check', content, '--json');
    expect(checked.code).toBe(1);
    expect(checked.stderr).not.toMatch(/\bat .+:\d+:\d+/);
    expect(() => void JSON.parse(checked.stdout)).not.toThrow();
  });

  test('writes nothing outside the folder it is built into', async () => {
    expect(namesIn(folder)).toEqual([...before, 'dist'].sort());
    expect(existsSync('/tmp/hostile-escape')).toBe(false);
    // The top-level entries of a site depend on the program, not on the records.
    const demo = await builtSite({ content: demoContent });
    await demo.close();
    const atTop = (dist: string): string[] => namesIn(dist).filter((name) => !/^\d{6}$/.test(name));
    // An import from DANDI is a copy, which has no sitemap.
    const ofOriginals = ['sitemap-index.xml', 'sitemaps'];
    const expected = atTop(demo.dist).filter((name) => !ofOriginals.includes(name));
    expect(atTop(site.dist)).toEqual(expected);
    expect(readFileSync(path.join(site.dist, 'index.html'), 'utf8')).toContain('class="hero"');
  });

  test('has no broken link, also where labels are odd', () => {
    expect(crawled.broken).toEqual([]);
    expect(crawled.pages.size).toBeGreaterThan(50);
  });

  test('has no page of more than 500 kB', () => {
    const large = sitePages(site.dist)
      .map((name) => `${name}: ${statSync(path.join(site.dist, name)).size}`)
      .filter((line) => Number(line.split(': ').at(-1)) > 500_000);
    expect(large).toEqual([]);
  });

  privacyTests(() => site);

  describeWith(browserPart, 'in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    test('runs nothing and contacts nobody else', async () => {
      // Without the policy: the pages alone must be safe, it is the second line of defence.
      const context = await browser.newContext({ bypassCSP: true });
      const faults: string[] = [];
      context.on('request', (request) => {
        if (!request.url().startsWith(site.url)) faults.push(`request ${request.url()}`);
      });
      context.on('dialog', (dialog) => {
        faults.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      context.on('weberror', (error) => faults.push(`error ${error.error().message}`));
      const page = await context.newPage();
      const pages = [...crawled.pages.keys()].filter((address) => isRecordPage.test(address));
      const dynamic = [
        '/search/?q=window',
        '/dandiset/?filter=img&sort=name',
        '/dandiset/000006/draft/files/?location=__proto__/',
        '/dandiset/000006/draft/files/?location=../../x/&filter=1&in=all',
      ];
      for (const address of [...pages, ...dynamic]) {
        await page.goto(new URL(address, site.url).href);
        await page.waitForTimeout(20);
        const hit = await page.evaluate(() => (globalThis as { __hit?: number }).__hit);
        if (hit !== undefined) faults.push(`${address} ran a script of a record`);
        const polluted = await page.evaluate(() => ({}) as { hit?: number }).then(({ hit }) => hit);
        if (polluted !== undefined) faults.push(`${address} changed the prototype of objects`);
      }
      await context.close();
      expect(faults).toEqual([]);
    });
  });
});
