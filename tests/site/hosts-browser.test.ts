// Where only a script can redirect, it does: on hosts whose rules do not know a spelling, and at DANDI's old
// addresses, whose route no host ever sees.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser as browserPart, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { cloudflare } from '../support/hosts/cloudflare.ts';
import { githubPages } from '../support/hosts/github-pages.ts';
import { serveHost } from '../support/hosts/host.ts';
import { describeWith } from '../support/needed-part.ts';

const PAGE = 'dandiset/000001/';
const NEWEST = `${PAGE}0.250702.1411/`;

const SPELLINGS = [
  ['DEMO-DANDI:000001', PAGE],
  ['demo-dandi:1@draft', `${PAGE}draft/`],
  ['Demo-Dandi:000001%2F0.250114.1002', `${PAGE}0.250114.1002/`],
  ['dandiset/1/latest', NEWEST],
  [`${PAGE}latest/files/?location=sub-01/`, `${NEWEST}files?location=sub-01/`],
  ['#/dandiset/000001/draft', `${PAGE}draft/`],
  ['#/dandiset/000001', PAGE],
  [
    '#/dandiset/000001/0.250114.1002/files?location=sub-01',
    `${PAGE}0.250114.1002/files?location=sub-01`,
  ],
  ['#/dandiset/search?search=mouse', 'dandiset/'],
] as const;

describeWith(browserPart, 'spellings that a script redirects', () => {
  let browser: Browser;
  let site: BuiltSite;
  const hosts = new Map<string, { url: string; close(): Promise<void> }>();

  beforeAll(async () => {
    browser = await launchBrowser();
    site = await builtSite({ content: demoContent });
    hosts.set('github-pages', await serveHost(githubPages({ dist: site.dist })));
    hosts.set('cloudflare', await serveHost(cloudflare({ dist: site.dist })));
  });
  afterAll(async () => {
    await browser?.close();
    for (const host of hosts.values()) await host.close();
    await site?.close();
  });

  test.each(['github-pages', 'cloudflare'])('on %s', async (name) => {
    const { url } = hosts.get(name)!;
    for (const [spelling, wanted] of SPELLINGS) {
      const page = await browser.newPage();
      await page.goto(url + spelling);
      await page.waitForURL(
        (at) => at.href === url + wanted || decodeURIComponent(at.href) === url + wanted,
      );
      await page.close();
    }
  });

  test('an unknown address is reported, without a redirect loop', async () => {
    const { url } = hosts.get('github-pages')!;
    for (const [spelling, words] of [
      ['DEMO-DANDI:000999', /no DEMO-DANDI:000999\./],
      ['dandiset/000001/0.200101.0000/', /no DEMO-DANDI:000001 in version 0\.200101\.0000/],
      ['dandiset/000999/latest/', /no DEMO-DANDI:000999\./],
      ['EMBER-DANDI:000001', /belongs to another archive/],
    ] as const) {
      const page = await browser.newPage();
      await page.goto(url + spelling);
      await expect.poll(() => page.locator('[data-guess]').innerText()).toMatch(words);
      await page.close();
    }
  });
});
