// The search page as a visitor uses it, on the demo archive.

import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { browser as browserPart, downloadedBytes } from '../support/sites/browser.ts';
import { describeWith } from '../support/needed-part.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { axeFaults, layoutShift, sidewaysFaults, visit, type Visit } from './visit.ts';

describeWith(browserPart, 'the search page', () => {
  const demo = demoInBrowser();
  // Without the worker, so that what is blocked below is really blocked.
  const open = (address: string, options = {}): Promise<Visit> =>
    visit(demo.browser, demo.site.url + address, { serviceWorkers: 'block', ...options });
  const found = (page: Page): Promise<string[]> =>
    page
      .locator('[data-results] > li')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['number'] ?? ''));
  const status = (page: Page): Promise<string> => page.locator('[data-status]').innerText();

  test('counts give results of their size, chips undo them', async () => {
    const { page, close } = await open('search/');
    await expect.poll(() => status(page)).toMatch(/^All \d+ Dandisets/);
    const all = (await found(page)).length;
    const value = page.locator('[data-facet=species] label').first();
    const count = Number(await value.locator('.count').innerText());
    await value.locator('input').check();
    await expect.poll(async () => (await found(page)).length).toBe(count);
    expect(new URL(page.url()).searchParams.get('q')).toMatch(/^species:/);
    expect(await status(page)).toBe(`${count} of ${all} Dandisets found.`);
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('[data-chips] button').click();
    await expect.poll(async () => (await found(page)).length).toBe(all);
    await page.goBack();
    await expect.poll(async () => (await found(page)).length).toBe(count);
    await close();
  });

  test('an unknown word finds nothing, and the page says what to do', async () => {
    const { page, close } = await open('search/?q=xyzzyqq+hippocampal');
    await expect.poll(() => page.locator('[data-notes]').innerText()).toMatch(/without xyzzyqq/);
    expect(await status(page)).toMatch(/^0 of/);
    await page.fill('#search-words', 'colour:red');
    await expect.poll(() => page.locator('[data-notes]').innerText()).toMatch(/no operator/);
    expect(await axeFaults(page)).toEqual([]);
    // Words apart from each other are offered, with what they find; following the offer leaves the field
    // ready.
    await page.fill('#search-words', '"data simulated"');
    const apart = page.locator('[data-notes] li', { hasText: 'apart' });
    const count = Number(/(\d+) Dandiset/.exec(await apart.innerText())?.[1]);
    await apart.locator('a').click();
    await expect.poll(() => page.inputValue('#search-words')).toBe('data simulated');
    await expect.poll(async () => (await found(page)).length).toBe(count);
    expect(count).toBeGreaterThan(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-words');
    await close();
  });

  test('a typing error shows what was meant, and can be searched for as it is', async () => {
    const { page, close } = await open('search/?q=hipocampal');
    const notes = page.locator('[data-notes]');
    await expect.poll(() => notes.innerText()).toContain('Showing hippocampal.');
    const shown = await found(page);
    expect(shown.length).toBeGreaterThan(0);
    expect(await axeFaults(page)).toEqual([]);
    await notes.getByText('Search for hipocampal instead').click();
    await expect.poll(() => page.inputValue('#search-words')).toBe('"hipocampal"');
    await expect.poll(() => status(page)).toMatch(/^0 of/);
    expect(await notes.innerText()).not.toContain('Showing');
    await page.fill('#search-words', 'hippocampal');
    await expect.poll(() => found(page)).toEqual(shown);
    await close();
  });

  test('the names that found more are shown, and the words of another search', async () => {
    const { page, close } = await open('search/?q=mice');
    const notes = page.locator('[data-notes]');
    await expect.poll(() => notes.innerText()).toMatch(/^Also found: .*Mus musculus/);
    const mice = await found(page);
    expect(mice.length).toBeGreaterThan(2);
    for (const other of ['mouse', 'Mus musculus']) {
      await page.fill('#search-words', 'xyzzyqq');
      await expect.poll(() => status(page)).toMatch(/^0 of/);
      await page.fill('#search-words', other);
      await expect.poll(async () => (await found(page)).toSorted()).toEqual(mice.toSorted());
    }
    await page.fill('#search-words', 'mouse OR rat');
    await expect.poll(() => notes.innerText()).toContain('OR was left out');
    await close();
  });

  test('pages of the site answer in the same field, with their own heading', async () => {
    const { page, faults, close } = await open('search/?q=embargo');
    const pages = page.locator('[data-pages]');
    await expect.poll(() => pages.locator('h2').innerText()).toBe('Pages');
    const first = pages.locator('a').first();
    expect(await first.innerText()).toMatch(/^Limits/);
    expect(await pages.locator('mark').count()).toBeGreaterThan(0);
    expect(await axeFaults(page)).toEqual([]);
    expect(faults.filter((fault) => !fault.includes('Service Worker'))).toEqual([]);
    // A page of one value is found by its name; an unknown word finds no page.
    await page.fill('#search-words', 'norvegicus');
    await expect.poll(() => pages.innerText()).toMatch(/Rattus norvegicus\s+Species/);
    expect(await page.locator('[data-to-pages]').innerText()).toMatch(/^\d pages? of this site$/);
    await page.fill('#search-words', 'xyzzyqq');
    await expect.poll(() => pages.innerText()).toBe('');
    await page.fill('#search-words', 'embargo');
    await first.click();
    await page.waitForURL(/\/handbook\/limits\//);
    await close();
  });

  test.each([
    ['the address of a page here', (url: string) => `${url}dandiset/000004/`],
    ['the public address', () => 'https://dandi-demo.example/dandiset/000004/0.250520.0800/'],
    ['an identifier', () => 'identifiers.org/demo-dandi:000004'],
  ])('%s finds what it names, pasted', async (_, text) => {
    const { page, close } = await open('search/');
    await page.fill('#search-words', text(demo.site.url));
    await expect.poll(async () => (await found(page))[0]).toBe('000004');
    await close();
  });

  test('the pasted address of a person finds what the page of the person lists', async () => {
    const { page, close } = await open('person/');
    const href = await page.locator('main table a').first().getAttribute('href');
    await page.goto(new URL(href ?? '', demo.site.url).href);
    const listed = await page.locator('main .rows > li').count();
    const address = page.url();
    await page.goto(`${demo.site.url}search/`);
    await page.fill('#search-words', address);
    await expect.poll(async () => (await found(page)).length).toBe(listed);
    await close();
  });

  test('going back finds the result, and the next links lead through it', async () => {
    const { page, close } = await open('search/?q=hippocampal');
    await expect.poll(async () => (await found(page)).length).toBeGreaterThan(0);
    const numbers = await found(page);
    await page.locator('[data-results] a.name').first().click();
    await page.waitForURL(/\/dandiset\/\d{6}\/$/);
    await expect
      .poll(() => page.locator('.walk').innerText())
      .toContain(`1 of ${numbers.length} found`);
    await page.goBack();
    await expect.poll(() => found(page)).toEqual(numbers);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('li')?.dataset['number']))
      .toBe(numbers[0]);
    await close();
  });

  test('the field of any page is focused by / and suggests by keyboard', async () => {
    const { page, faults, close } = await open('dandiset/');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('seek');
    await expect.poll(() => page.locator('#seek').getAttribute('role')).toBe('combobox');
    await page.keyboard.type('000004');
    await expect.poll(() => page.locator('[role=option]').count()).toBeGreaterThan(0);
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('#seek').getAttribute('aria-activedescendant')).toBeTruthy();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/dandiset\/000004\/$/);
    expect(faults.filter((fault) => !fault.includes('Service Worker'))).toEqual([]);
    await close();
  });

  test('the list below the field finds what no title contains, and arrows wait for it', async () => {
    const { page, close } = await open('dandiset/');
    await page.keyboard.press('/');
    await expect.poll(() => page.locator('#seek').getAttribute('role')).toBe('combobox');
    const options = page.locator('[role=option]');
    const active = (): Promise<string | null> =>
      page.locator('#seek').getAttribute('aria-activedescendant');
    // The arrow comes before the list of the last letter does.
    await page.keyboard.type('kowalcz');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => options.count()).toBeGreaterThan(1);
    await expect.poll(active).toBe('seek-suggestions-1');
    // Further typing makes another text: Enter searches for it.
    await page.keyboard.type('x');
    expect(await active()).toBe(null);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\/\?q=kowalczx$/);
    await close();
  });

  test.each([
    ['words', /\/words\//, 'hippocampal'],
    ['phrases', /\.pf_index/, '"simulated data"'],
  ])('a missing part of the index of %s is reported', async (_, part, words) => {
    const { page, close } = await open('search/');
    await page.route(part, (route) => route.fulfill({ status: 404, body: '' }));
    await page.fill('#search-words', words);
    await expect
      .poll(() => page.locator('[data-notes]').innerText())
      .toMatch(/could not be loaded|index is gone|Reload/);
    expect(await found(page)).toEqual([]);
    await close();
  });

  test('without a network, words that were not loaded are reported with the reason', async () => {
    const { page, close } = await open('search/');
    await page.context().setOffline(true);
    await page.fill('#search-words', 'hippocampal');
    await expect
      .poll(() => page.locator('[data-notes]').innerText())
      .toMatch(/could not be loaded.*Without a network/);
    expect(await page.locator('[data-tools]').isVisible()).toBe(false);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(async () => (await found(page)).length).toBeGreaterThan(0);
    await close();
  });

  test('Escape closes suggestions and keeps what was typed; the result is announced', async () => {
    const { page, close } = await open('search/');
    await expect.poll(() => status(page)).toMatch(/^All/);
    expect(await page.locator('[data-status]').getAttribute('role')).toBe('status');
    const options = page.locator('[role=option]');
    await page.fill('#search-words', 'spec');
    await expect.poll(() => options.first().isVisible()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await options.first().isVisible()).toBe(false);
    expect(await page.inputValue('#search-words')).toBe('spec');
    // An operator is completed without leaving the page, and its values are offered at once.
    await page.fill('#search-words', 'species');
    await expect.poll(() => options.first().isVisible()).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.inputValue('#search-words')).toBe('species:');
    await expect.poll(() => options.first().innerText()).toMatch(/Species, \d+/);
    await close();
  });

  test('going back finds the place on the page, before excerpts above it are loaded', async () => {
    const { page, close } = await open('search/?q=simulated', {
      viewport: { width: 600, height: 300 },
    });
    const last = page.locator('[data-results] a.name').last();
    // Goes past all rows, so that all have their excerpts.
    for (const row of await page.locator('[data-results] > li').all()) {
      await row.scrollIntoViewIfNeeded();
      await expect.poll(() => row.locator('.excerpt').innerText()).not.toBe('');
    }
    await last.scrollIntoViewIfNeeded();
    const place = (await last.boundingBox())?.y;
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(300);
    await last.click();
    await page.waitForURL(/\/dandiset\/\d{6}\/$/);
    await page.goBack();
    await expect.poll(async () => (await last.boundingBox())?.y).toBe(place);
    await close();
  });

  test('a result is downloaded as CSV and JSON, and fits a small screen', async () => {
    const { page, close } = await open('search/?q=hippocampal', {
      viewport: { width: 360, height: 800 },
    });
    await expect.poll(async () => (await found(page)).length).toBeGreaterThan(0);
    expect(await sidewaysFaults(page)).toEqual([]);
    expect(await layoutShift(page)).toBeLessThan(0.05);
    const numbers = await found(page);
    const taken = async (name: string): Promise<string> => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      return (await downloadedBytes(await waiting)).toString('utf8');
    };
    const entries = JSON.parse(await taken('JSON')) as { identifier: string }[];
    expect(entries.map(({ identifier }) => identifier.split(':')[1])).toEqual(numbers);
    const [header, ...rows] = (await taken('CSV')).trim().split(/\r?\n/);
    expect(header).toMatch(/^\ufeff?identifier,version,status,title/);
    expect(rows.map((row) => /:(\d{6}),/.exec(row)?.[1])).toEqual(numbers);
    await close();
  });

  test('without script it offers the lists', async () => {
    const { page, close } = await open('search/', { javaScriptEnabled: false });
    expect(await page.locator('[data-ways-in] a').count()).toBeGreaterThan(4);
    expect(await page.locator('#search-words').isVisible()).toBe(false);
    await close();
  });
});
