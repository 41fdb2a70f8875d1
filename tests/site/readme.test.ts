// The README on a version's page: on the page where its bytes were at hand, else read when it is opened.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/needed-part.ts';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { PageScale } from '../support/sites/page-weight.ts';
import { HOSTILE, README, writeViewerArchive } from './viewer-archive.ts';
import { axeFaults, visit } from './visit.ts';

describeWith(chromium, 'the README of a Dandiset', () => {
  let local: BuiltSite;
  let remote: BuiltSite;
  let browser: Browser;
  beforeAll(async () => {
    local = await builtSite({ content: writeViewerArchive() });
    remote = await builtSite({ content: writeViewerArchive('bucket') });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await local?.close();
    await remote?.close();
  });

  test('is on the page without a script or a request, its HTML as text', async () => {
    const options = { javaScriptEnabled: false };
    const { page, close } = await visit(browser, `${local.url}dandiset/000001/draft/`, options);
    const part = page.locator('section', { has: page.locator('#readme') });
    expect(await part.innerText()).toContain(HOSTILE);
    expect(await part.locator('em').innerText()).toBe('fine');
    expect(await part.getByRole('link', { name: 'README.md' }).getAttribute('href')).toBe(
      '/dandiset/000001/draft/files/?location=README.md',
    );
    const built = await part.locator('.prose').innerHTML();
    await close();
    // The script lays it out as the build does.
    const files = `${local.url}dandiset/000001/draft/files/?location=README.md`;
    const opened = await visit(browser, files);
    const prose = opened.page.locator('.view-markdown .prose');
    await prose.waitFor();
    expect(await prose.innerHTML()).toBe(built);
    await opened.close();
    const { requests, scripts } = new PageScale(local.dist).weigh(
      'dandiset/000001/draft/index.html',
    );
    expect(requests).toBeLessThanOrEqual(8);
    expect(scripts).toBeLessThan(15_000);
  });

  test('is read from a bucket when it is opened', async () => {
    const address = `${remote.url}dandiset/000001/draft/`;
    const { page, faults, close } = await visit(browser, address, {}, ['https://bytes.example']);
    const asked: string[] = [];
    await page.route('https://bytes.example/**', async (route) => {
      asked.push(route.request().headers()['range'] ?? '');
      const body = Buffer.from(README);
      const headers = {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'Content-Range',
        'Content-Range': `bytes 0-${body.length - 1}/${body.length}`,
      };
      await route.fulfill({ status: 206, headers, body });
    });
    await page.locator('.readme summary').click();
    await page.locator('.readme em', { hasText: 'fine' }).waitFor();
    expect(asked).toEqual([`bytes=0-${Buffer.byteLength(README) - 1}`]);
    expect(await axeFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });
});
