// The search for recordings as a visitor uses it, on the demo archive.

import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { browser as browserPart } from '../support/sites/browser.ts';
import { describeWith } from '../support/needed-part.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { axeFaults, sidewaysFaults, visit, type Visit } from './visit.ts';

describeWith(browserPart, 'the search for recordings', () => {
  const demo = demoInBrowser();
  const open = (address: string, options = {}): Promise<Visit> =>
    visit(demo.browser, `${demo.site.url}search/recordings/${address}`, options);
  const status = (page: Page): Promise<string> => page.locator('[data-status]').innerText();

  test.each([1280, 360])('lists files with what opens them, at %i px', async (width) => {
    const { page, faults, close } = await open('?q=units:%3E0', {
      viewport: { width, height: 800 },
    });
    await expect.poll(() => status(page)).toMatch(/^[1-9]\d* of \d+ files found/);
    const row = page.locator('[data-results] > li').first();
    expect(await row.innerText()).toMatch(/\d+ units?/);
    expect(await row.locator('a.name').getAttribute('href')).toMatch(
      /^\/dandiset\/\d{6}\/[^/]+\/files\/\?location=.+\.nwb$/,
    );
    await row.locator('summary').click();
    await expect.poll(() => row.locator('pre').innerText()).toMatch(/url = "http/);
    expect(await page.locator('[data-coverage]').innerText()).toMatch(/nothing is known/);
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test('a value of a list leaves as many files as it says, a range narrows them', async () => {
    const { page, close } = await open('');
    const value = page.locator('[data-facet=type] label').first();
    const count = Number(await value.locator('.count').innerText());
    await value.locator('input').check();
    await expect.poll(() => status(page)).toMatch(new RegExp(`^${count} of `));
    await page.fill('#range-duration-from', '15 s');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.inputValue('#recording-words')).toMatch(/duration:15s\.\.$/);
    expect(await axeFaults(page)).toEqual([]);
    await close();
  });

  test('state is in the address, chips undo, examples find something', async () => {
    const { page, close } = await open('');
    await expect.poll(() => status(page)).toMatch(/^All \d+ files/);
    const examples = page.locator('[data-examples] a');
    for (let at = 0; at < (await examples.count()); at += 1) {
      await examples.nth(at).click();
      await expect.poll(() => status(page)).toMatch(/ found\.$/);
      expect(await status(page)).not.toMatch(/^0/);
      await page.goBack();
      await expect.poll(() => status(page)).toMatch(/^All/);
    }
    await page.fill('#recording-words', 'colour:red rate:>x type:Units');
    await expect.poll(() => page.locator('[data-notes] p').count()).toBe(2);
    await page.fill('#recording-words', 'type:Units');
    await expect.poll(() => status(page)).toMatch(/^[1-9]\d* of/);
    expect(new URL(page.url()).searchParams.get('q')).toBe('type:Units');
    await page.locator('[data-chips] button').click();
    await expect.poll(() => status(page)).toMatch(/^All/);
    await close();
  });

  test('the search for Dandisets leads here with the same words', async () => {
    const { page, close } = await open('../?q=units:%3E0');
    await page.getByText('Search recordings for it').click();
    await expect.poll(() => status(page)).toMatch(/^[1-9]\d* of \d+ files found/);
    expect(await page.inputValue('#recording-words')).toBe('units:>0');
    await close();
  });
});
