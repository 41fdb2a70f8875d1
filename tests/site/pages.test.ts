// Each type of page in a browser: accessible in light and dark, on a phone, by keyboard, without scripts;
// contacting nobody else; never jumping.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser as browserPart, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { isExpected, lookAt } from './look-at-pages.ts';
import { keyboardFaults, visit } from './visit.ts';

let browser: Browser;
const launch = async (): Promise<void> => {
  browser = await launchBrowser();
};

/** Pages of the demo, one of each type and state; addresses below the site's root. */
const DEMO_PAGES = [
  '',
  'dandiset/',
  'dandiset/000001/',
  'dandiset/000001/0.250114.1002/', // a newer version exists
  'dandiset/000001/draft/',
  'dandiset/000001/versions/',
  'dandiset/000001/compare/',
  'dandiset/000001/0.250702.1411/files/',
  'dandiset/000003/0.240507.1200/', // withdrawn
  'dandiset/000010/', // never published
  'species/',
  'person/',
  'technique/',
  'search/',
  'search/?q=mouse',
  'search/recordings/?q=region:CA1',
  'submissions/',
  'submissions/preview/',
  'submit/',
  'handbook/',
  'handbook/rules/',
  'handbook/identifiers/',
  'no-such-page/',
];

/** The first page of a value of each kind. */
function facetPagesOf(dist: string): string[] {
  return ['species', 'approach', 'standard', 'licence', 'person', 'funder'].flatMap((kind) => {
    const names = readdirSync(path.join(dist, kind), { withFileTypes: true });
    return names
      .filter((entry) => entry.isDirectory())
      .slice(0, 1)
      .map(({ name }) => `${kind}/${name}/`);
  });
}

describeWith(browserPart, 'pages of the demo archive', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    await launch();
    site = await builtSite({ content: demoContent });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('are accessible, narrow, still, silent, and contact nobody else', async () => {
    const pages = [...DEMO_PAGES, ...facetPagesOf(site.dist)];
    expect(await lookAt(browser, site, pages, [])).toEqual([]);
  });

  test('name the other archives that have the same Dandiset', () => {
    const page = readFileSync(path.join(site.dist, 'dandiset/000010/draft/index.html'), 'utf8');
    expect(page).toMatch(/Also available at<\/h2>.{0,200}MERIDIAN-DANDI:000003/s);
    const other = readFileSync(path.join(site.dist, 'dandiset/000011/draft/index.html'), 'utf8');
    expect(other).not.toContain('Also available at');
  });

  test('are reached in all their parts by keyboard', async () => {
    const faults: string[] = [];
    for (const address of DEMO_PAGES) {
      const { page, close } = await visit(browser, site.url + address);
      faults.push(...(await keyboardFaults(page)).map((fault) => `/${address}: ${fault}`));
      await close();
    }
    expect(faults).toEqual([]);
  });

  test('say the same without scripts', async () => {
    const said = async (address: string, javaScriptEnabled: boolean): Promise<string> => {
      const { page, close } = await visit(browser, site.url + address, { javaScriptEnabled });
      // What only works with scripts is absent without them.
      const parts = new Map([
        ['dandiset/', '.rows'],
        ['dandiset/000001/compare/', '.comparison >> nth=0'],
      ]);
      const part = parts.get(address) ?? 'main';
      await page.locator('[data-copy]').evaluateAll((buttons) => {
        for (const button of buttons) button.remove();
      });
      // A dialog with scripts; download-panel.test.ts reads it both ways.
      await page.locator('download-panel').evaluateAll((panels) => {
        for (const panel of panels) panel.remove();
      });
      const text = await page.locator(part).innerText();
      await close();
      return text.replace(/\s+/g, ' ');
    };
    for (const address of DEMO_PAGES) {
      // These begin with what their script adds.
      if (/^(?:search|submit|no-such-page)|files\/$/.test(address)) continue;
      expect(await said(address, false), address).toBe(await said(address, true));
    }
  });
});

describeWith(browserPart, 'pages below a base path', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    await launch();
    site = await builtSite({ content: demoContent, base: '/archive/' });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('find their scripts, lists and search index', async () => {
    const faults: string[] = [];
    for (const address of DEMO_PAGES) {
      const { page, faults: found, close } = await visit(browser, site.url + address);
      faults.push(...found.filter((fault) => !isExpected(address, fault)));
      if (address === 'search/?q=mouse') {
        const link = await page.locator('[data-results] a').first().getAttribute('href');
        expect(link).toMatch(/^\/archive\/dandiset\/\d{6}\/$/);
      }
      await close();
    }
    expect(faults).toEqual([]);
  });
});
