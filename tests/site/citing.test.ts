// Citing a version from its page, in a browser, with scripts and without.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { browser as chromium } from '../support/sites/browser.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { demoInBrowser } from './demo-in-browser.ts';

const VERSION = 'dandiset/000001/0.250702.1411/';

describeWith(chromium, 'the citation on a page', () => {
  const demo = demoInBrowser();

  test('is copied as it was frozen, and in other styles', async () => {
    const context = await demo.browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(demo.site.url + VERSION);
    const copied = async (name: string): Promise<string> => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor({ state: 'attached' });
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const record = path.join(demoContent, 'dandisets/000/000001/0.250702.1411/dandiset.json');
    const { citation } = JSON.parse(readFileSync(record, 'utf8')) as { citation: string };
    expect(await copied('Copy the citation')).toBe(citation);
    await page.locator('.citation summary').click();
    expect(await copied('Copy: APA')).toMatch(/^Adler, N\., .* \[Data set\]\. /);
    expect(await copied('Copy: BibTeX')).toBe(
      await (await fetch(`${demo.site.url}${VERSION}citation.bib`)).text(),
    );
    await context.close();
  });

  test('is complete without scripts, which only add the buttons', async () => {
    const context = await demo.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(demo.site.url + VERSION);
    await page.locator('.citation summary').click();
    const section = page.locator('.citation');
    expect(await section.innerText()).toContain('Adler N, Benítez T, Ibekwe C. Hippocampal CA1');
    expect(await section.locator('button:visible').count()).toBe(0);
    const links = await section
      .locator('ul a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links).toHaveLength(5);
    const types = await Promise.all(
      links.map(async (link) => (await fetch(link)).headers.get('content-type')),
    );
    expect(types).toEqual([
      'text/plain; charset=utf-8',
      'application/x-bibtex; charset=utf-8',
      'application/x-research-info-systems; charset=utf-8',
      'application/json',
      'application/yaml',
    ]);
    await context.close();
  });

  test('is present for a withdrawn version, and not for a draft', async () => {
    const page = await demo.browser.newPage();
    await page.goto(`${demo.site.url}dandiset/000003/0.240507.1200/`);
    await page.locator('.citation summary').click();
    expect(await page.locator('.citation').innerText()).toContain('[This version was withdrawn.]');
    await page.goto(`${demo.site.url}dandiset/000001/draft/`);
    expect(await page.locator('.citation').count()).toBe(0);
    expect((await fetch(`${demo.site.url}dandiset/000001/draft/citation.bib`)).status).toBe(404);
    await page.close();
  });
});
