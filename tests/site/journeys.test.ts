// What visitors do on the demo archive: filter the list, search, follow an identifier, find a draft, an old
// version, a withdrawn one.

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browser as browserPart } from '../support/sites/browser.ts';
import { builtSite, demoContent } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { plainHost } from '../support/hosts/plain-host.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { visit } from './visit.ts';

const OLD = 'dandiset/000001/0.250114.1002/';
const NEWEST = 'dandiset/000001/0.250702.1411/';
const WITHDRAWN = 'dandiset/000003/0.240507.1200/';
const SUCCESSOR = 'dandiset/000003/0.240528.1530/';

describeWith(browserPart, 'a visitor of the demo archive', () => {
  const demo = demoInBrowser();
  const open = async (address: string): Promise<Page> => {
    const { page } = await visit(demo.browser, demo.site.url + address);
    return page;
  };
  const rows = (page: Page, key: string): Promise<string[]> =>
    page
      .locator('.rows > li')
      .evaluateAll((all, name) => all.map((row) => (row as HTMLElement).dataset[name] ?? '-'), key);

  test('sorts the list, and finds it so when going back', async () => {
    const page = await open('dandiset/');
    await page.selectOption('#list-sort', 'size');
    await page.waitForURL(/sort=size/);
    const sizes = (await rows(page, 'bytes')).map(Number);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    await page.selectOption('#list-sort', 'name');
    const names = await rows(page, 'name');
    expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
    await page.locator('.rows a.name').first().click();
    await page.waitForURL(/\/dandiset\/\d{6}\/$/);
    await page.goBack();
    await expect.poll(() => rows(page, 'name')).toEqual(names);
    expect(await page.inputValue('#list-sort')).toBe('name');
  });

  test('filters the list, and shares the address', async () => {
    const page = await open('dandiset/');
    const all = await rows(page, 'status');
    expect(all).toContain('draft');
    await page.check('input[name=drafts]');
    await expect.poll(() => rows(page, 'status')).not.toContain('draft');
    await page.check('input[name=empty]');
    await page.fill('#list-filter', 'mus musculus');
    await expect.poll(async () => (await rows(page, 'number')).length).toBeLessThan(all.length);
    const found = await rows(page, 'number');
    expect(found.length).toBeGreaterThan(0);
    const shared = await visit(demo.browser, page.url());
    await expect.poll(() => rows(shared.page, 'number')).toEqual(found);
    await page.fill('#list-filter', 'no such words');
    await expect.poll(() => rows(page, 'number')).toEqual([]);
    expect(await page.locator('[role=status]').innerText()).toMatch(/fewer words/);
  });

  test('searches for a word', async () => {
    const page = await open('');
    await page.fill('#hero-search', 'hippocampal');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\/\?q=hippocampal/);
    const first = page.locator('[data-results] a').first();
    expect(await first.getAttribute('href')).toMatch(/^\/dandiset\/\d{6}\/$/);
    await first.click();
    await page.waitForURL(/\/dandiset\/\d{6}\/$/);
  });

  test('searches for an identifier', async () => {
    const page = await open('search/');
    await page.fill('#search-words', 'DEMO-DANDI:000004');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/dandiset\/000004\/$/);
  });

  test('is shown that there is a newer version, and that a draft cannot be cited', async () => {
    const page = await open(OLD);
    const notice = page.locator('.notice.warning', { hasText: 'newer version' });
    expect(await notice.locator('a').getAttribute('href')).toBe(`/${NEWEST}`);
    await page.goto(`${demo.site.url}dandiset/000001/draft/`);
    expect(await page.locator('.notice.warning').first().innerText()).toMatch(/must not be cited/);
    await page.goto(demo.site.url + NEWEST);
    expect(await page.locator('.notice.warning').count()).toBe(0);
  });

  test('finds a tombstone where a version was withdrawn', async () => {
    const page = await open(WITHDRAWN);
    const notice = page.locator('.notice.danger');
    expect(await notice.innerText()).toMatch(/withdrawn on 2024-05-29 .*wrong amplifier gain/);
    expect(await notice.locator('a').getAttribute('href')).toBe(`/${SUCCESSOR}`);
    expect(await page.locator('.citation').innerText()).toMatch(/0\.240507\.1200/);
    expect(await page.locator('main a[href*="files/"], main a[href*="/storage/"]').count()).toBe(0);
    const files = await page.goto(`${demo.site.url}${WITHDRAWN}files/`);
    expect(files?.status()).toBe(404);
  });

  describe.each(['/', '/archive/'])('on a host without redirect rules, below %s', (base) => {
    let host: Awaited<ReturnType<typeof plainHost>>;
    beforeAll(async () => {
      const built = await builtSite({ content: demoContent, base });
      await built.close();
      host = await plainHost(built.dist, base);
    });
    afterAll(() => host?.close());

    test.each([
      ['DEMO-DANDI:000004', 'dandiset/000004/'],
      ['demo-dandi:000004', 'dandiset/000004/'],
      ['DEMO-DANDI%3A000004@draft', 'dandiset/000004/draft/'],
      ['DEMO-DANDI:000001/0.250114.1002', OLD],
      ['000001@0.250114.1002', OLD],
      ['dandiset/4', 'dandiset/000004/'],
      ['000004/', 'dandiset/000004/'],
      ['dandiset/000001/latest/', NEWEST],
    ])('%s redirects to %s', async (asked, target) => {
      const { page, close } = await visit(demo.browser, host.url + asked);
      await page.waitForURL(host.url + target);
      expect(await page.locator('h1').count()).toBe(1);
      await close();
    });

    test.each([
      ['DEMO-DANDI:999999', /has no DEMO-DANDI:999999/],
      ['DANDI:000004', /belongs to another archive/],
      ['no/such/page', /no page at this address/i],
    ])('%s says what is wrong', async (asked, words) => {
      const { page, close } = await visit(demo.browser, host.url + asked);
      await expect.poll(() => page.locator('main').innerText(), { timeout: 10_000 }).toMatch(words);
      await close();
    });
  });
});
