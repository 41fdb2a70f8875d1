// Differences between versions: on the page as it is built, and of any two versions by script.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { textOf } from '../support/sites/html.ts';
import { describeWith } from '../support/needed-part.ts';
import { axeFaults, keyboardFaults, sidewaysFaults, visit } from './visit.ts';

const COMPARE = 'dandiset/000001/compare/';
const [FIRST, SECOND, THIRD] = ['0.250114.1002', '0.250318.0930', '0.250702.1411'];

let site: BuiltSite;
beforeAll(async () => {
  site = await builtSite({ content: demoContent });
});
afterAll(() => site?.close());

const html = (page: string): string =>
  readFileSync(path.join(site.dist, page, 'index.html'), 'utf8');
const said = (text: string): string => textOf(text).replace(/\s+/g, ' ');

/** The text of each section of the page, by its version. */
function section(version: string): string {
  const page = html(COMPARE);
  const from = page.indexOf(`id="${version}"`);
  return said(page.slice(page.indexOf('>', from) + 1, page.indexOf('</section>', from)));
}

describe('the page of differences', () => {
  test('shows each version after the one before it, with its release notes', () => {
    expect(section(SECOND)).toContain(`${SECOND} after ${FIRST}`);
    expect(section(SECOND)).toContain('Mouse M3 added. The article is linked.');
    expect(section(SECOND)).toContain('1 file added 113 kB sub-M3/sub-M3_behavior+ecephys.nwb');
    expect(section(SECOND)).toContain('1 file changed 109 kB → 112 kB');
    expect(section(SECOND)).toContain('relatedResource › Position coding');
    expect(section(THIRD)).toContain('1 file renamed');
    expect(section(THIRD)).toMatch(/sub-M2_behavior\+ecephys\.nwb → sub-M2\/sub-M2_ses-20240612/);
    expect(section('draft')).toContain('The same 4 files, 441 kB.');
    expect(section(THIRD)).toContain('4 files, 441 kB after; 2 of them unchanged');
  });

  test('is linked from history, version and draft, and only where versions differ', () => {
    const link = (version: string): string => `href="/dandiset/000001/compare/#${version}"`;
    expect(html('dandiset/000001/versions')).toContain(link(SECOND));
    expect(html(`dandiset/000001/${THIRD}`)).toContain(link(THIRD));
    // Nothing was before the first.
    expect(html(`dandiset/000001/${FIRST}`)).not.toContain('/compare/');
    expect(existsSync(path.join(site.dist, 'dandiset/000010/compare'))).toBe(false);
    expect(html('dandiset/000010/versions')).not.toContain('/compare/');
  });

  test('drafts say which of their changes are not published', () => {
    expect(said(html('dandiset/000001/draft'))).toContain(
      `Nothing in it differs from version ${THIRD}.`,
    );
    expect(said(html('dandiset/000004/draft'))).toContain(
      'Unpublished changes since version 0.250520.0800: 2 files added; 2 differences in the metadata.',
    );
  });
});

describeWith(chromium, 'any two versions in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  const status = (page: Page): Promise<string> => page.locator('.compare-status').innerText();
  const finished = (page: Page): Promise<void> =>
    page.locator('.compare-result h2').waitFor({ state: 'visible' });

  test('are compared as the page compares neighbours', async () => {
    const { page, faults, close } = await visit(
      browser,
      `${site.url}${COMPARE}?from=${SECOND}&to=${THIRD}`,
    );
    await finished(page);
    expect(await status(page)).toBe(
      `${SECOND} to ${THIRD}: 1 file added, 1 renamed; metadata unchanged.`,
    );
    const inner = (selector: string): Promise<string> =>
      page.locator(selector).evaluate((node) => {
        const text = node.textContent ?? '';
        return text.slice(text.lastIndexOf('Files')).replace(/\s+/g, ' ').trim();
      });
    expect(await inner('.compare-result')).toBe(await inner(`[id="${THIRD}"]`));
    expect(faults).toEqual([]);
    await close();
  });

  test('are chosen in the form, however far apart', async () => {
    const { page, faults, close } = await visit(browser, site.url + COMPARE);
    expect(await page.locator('.compare-result').isVisible()).toBe(false);
    await page.getByLabel('From version').selectOption(FIRST);
    await page.getByLabel('to version').selectOption('draft');
    await page.getByRole('button', { name: 'Show differences' }).click();
    await finished(page);
    expect(new URL(page.url()).search).toBe(`?from=${FIRST}&to=draft`);
    expect(await status(page)).toContain(
      '2 files added, 1 changed, 1 renamed; 1 difference in the metadata',
    );
    expect(await page.getByLabel('From version').inputValue()).toBe(FIRST);
    // And back again.
    await page.goto(`${site.url}${COMPARE}?from=draft&to=${FIRST}`);
    await finished(page);
    expect(await status(page)).toContain('2 files removed, 1 changed, 1 renamed');
    expect(faults).toEqual([]);
    await close();
  });

  test('are distinguished: different, none, and the same', async () => {
    const { page, close } = await visit(browser, `${site.url}${COMPARE}?from=0.1&to=draft`);
    expect(await status(page)).toBe('There is no such version of this Dandiset.');
    await page.goto(`${site.url}${COMPARE}?from=draft&to=draft`);
    expect(await status(page)).toBe('Choose two versions that are not the same.');
    await close();
  });

  /** The page with other settings for its script. */
  async function visitChanged(change: (text: string) => string): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await page.route('**/compare/?*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: change(await answer.text()) });
    });
    return page;
  }

  test('long lists are loaded on demand', async () => {
    const page = await visitChanged((text) => text.replaceAll(/"bytes":\d+/g, '"bytes":30000000'));
    const lists: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('.jsonl')) lists.push(request.url());
    });
    await page.goto(`${site.url}${COMPARE}?from=${FIRST}&to=${SECOND}`);
    expect(await status(page)).toContain('60.0 MB in all');
    expect(lists).toEqual([]);
    await page.getByRole('button', { name: 'Load and compare them' }).click();
    await finished(page);
    expect(lists).toHaveLength(2);
    await page.context().close();
  });

  test('lists of the store are unpacked, and what cannot be loaded is reported', async () => {
    const page = await visitChanged((text) =>
      text.replace(/"[^"]*\/0\.250114\.1002\/assets\.jsonl"/, '"/store/list.gz"'),
    );
    await page.goto(`${site.url}${COMPARE}?from=${FIRST}&to=${SECOND}`);
    await page.getByText('The versions could not be compared.').waitFor();
    expect(await status(page)).toContain('/store/list.gz answered 404.');
    const list = readFileSync(path.join(site.dist, 'dandiset/000001', FIRST, 'assets.jsonl'));
    await page.route('**/store/list.gz', (route) => route.fulfill({ body: gzipSync(list) }));
    await page.reload();
    await finished(page);
    expect(await status(page)).toContain('1 file added, 1 changed; 1 difference');
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('pages are accessible and narrow (%s)', async (scheme) => {
    for (const query of ['', `?from=${FIRST}&to=draft`]) {
      const address = `${site.url}${COMPARE}${query}`;
      const { page, faults, close } = await visit(browser, address, { colorScheme: scheme });
      if (query !== '') await finished(page);
      expect(await axeFaults(page)).toEqual([]);
      expect(await keyboardFaults(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await sidewaysFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    }
  });

  test('without scripts the page is whole and offers no form', async () => {
    const { page, close } = await visit(browser, site.url + COMPARE, { javaScriptEnabled: false });
    expect(await page.locator('.comparison').count()).toBe(3);
    expect(await page.getByRole('button', { name: 'Show differences' }).isVisible()).toBe(false);
    await close();
  });
});
