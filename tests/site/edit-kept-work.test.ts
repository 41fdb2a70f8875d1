// Work in the form that is not submitted yet: it survives a reload and a crash, belongs to its record, and
// neither overwrites what others changed meanwhile nor is overwritten by it silently.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { browser as chromium } from '../support/sites/browser.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { formChecked, openForm, titleOf } from './open-form.ts';
import { axeFaults } from './visit.ts';

const ADDRESS = 'edit/?dandiset=000001';
const draft = readFileSync(
  path.join(demoContent, 'dandisets/000/000001/draft/dandiset.json'),
  'utf8',
);

describeWith(chromium, 'unsaved work in the form', () => {
  const demo = demoInBrowser();

  test('survives a reload, and belongs to its Dandiset', async () => {
    const { page, faults, close } = await openForm(demo, ADDRESS);
    await titleOf(page).fill('Not submitted');
    await page.getByLabel('Ask for publication').check();
    await page.getByLabel('Release notes').fill('A new title.');
    // At once, before the delay is over: leaving the page saves it.
    await page.reload();
    await page.getByText('Unsaved work of').waitFor();
    expect(await titleOf(page).inputValue()).toBe('Not submitted');
    expect(await page.getByLabel('Release notes').inputValue()).toBe('A new title.');
    const other = await page.context().newPage();
    await other.goto(`${demo.site.url}edit/?dandiset=000004`);
    await formChecked(other);
    expect(await titleOf(other).inputValue()).not.toBe('Not submitted');
    await page.getByRole('button', { name: 'Begin again from the record' }).click();
    expect(await titleOf(page).inputValue()).toBe(JSON.parse(draft).name);
    await page.reload();
    await formChecked(page);
    expect(await page.locator('.edit-status').innerText()).toBe('');
    expect(faults).toEqual([]);
    await close();
  });

  test('survives a crash, is offered in another tab, and is gone once it is in the record', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    await titleOf(page).fill('Typed before the crash');
    await page.getByText('Unsaved work is kept').waitFor();
    const devtools = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void devtools.send('Page.crash').catch(() => undefined);
    await crashed;

    const [next, other] = [await page.context().newPage(), await page.context().newPage()];
    for (const one of [next, other]) {
      await one.goto(demo.site.url + ADDRESS);
      await one.getByText('Unsaved work of').waitFor();
      expect(await titleOf(one).inputValue()).toBe('Typed before the crash');
    }
    await titleOf(other).fill('Merged');
    await next.getByText('Another tab edits the same record').waitFor();

    const merged = draft.replace(/^ {2}"name": .*$/m, '  "name": "Merged",');
    await other.getByText('Unsaved work is kept').waitFor();
    await other.route('**/000001/draft/dandiset.json', (route) => route.fulfill({ body: merged }));
    await other.reload();
    await other.getByText('What you wrote here is in the record now.').waitFor();
    await other.getByText('Nothing is changed yet.').waitFor();
    await close();
  });

  test('is shown next to a record that others changed, and nothing wins silently', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    await titleOf(page).fill('My title');
    await page.getByLabel('Add to keywords').fill('mine');
    await page.keyboard.press('Enter');
    await page.getByText('Unsaved work is kept').waitFor();
    const theirs = draft
      .replace(/^ {2}"name": .*$/m, '  "name": "Their title",')
      .replace('"hippocampus"', '"hippocampus",\n    "theirs"');
    await page.route('**/000001/draft/dandiset.json', (route) => route.fulfill({ body: theirs }));
    await page.reload();
    await page.getByRole('heading', { name: 'The record has changed since you began' }).waitFor();
    const go = page.getByRole('button', { name: 'Put my work onto the new record' });
    expect(await go.isDisabled()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Theirs: Their title').check();
    await go.click();
    await formChecked(page);
    expect(await titleOf(page).inputValue()).toBe('Their title');
    const keywords = page.getByLabel('Keywords', { exact: true });
    const values = await keywords.evaluateAll((all) =>
      all.map((one) => (one as HTMLInputElement).value),
    );
    expect(values).toContain('mine');
    expect(values).toContain('theirs');
    await close();
  });
});
