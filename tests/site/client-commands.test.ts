// The commands on a page of a site that has no public address: its script inserts the current one.

import { expect, test } from 'vitest';
import { browser as chromium } from '../support/sites/browser.ts';
import { describeWith } from '../support/needed-part.ts';
import { demoInBrowser } from './demo-in-browser.ts';

describeWith(chromium, 'commands of the Python client on a page', () => {
  const demo = demoInBrowser();

  test.each([true, false])(
    'name where the page is, with scripts: %s',
    async (javaScriptEnabled) => {
      const context = await demo.browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(`${demo.site.url}dandiset/000001/0.250114.1002/`);
      await page.getByText('Download with DANDI’s Python client').click();
      const home = javaScriptEnabled ? demo.site.url : 'http://localhost:8000/';
      const command = `pip install dandi\ndandi download ${home}dandiset/000001/0.250114.1002`;
      expect(await page.locator('client-commands pre').first().innerText()).toBe(command);
      const button = page.locator('client-commands button').first();
      expect(await button.getAttribute('data-copy')).toBe(command);
      expect(await button.isVisible()).toBe(javaScriptEnabled);
      await context.close();
    },
  );

  test('name the open folder, and the address of its page is in the form that the client takes', async () => {
    const context = await demo.browser.newContext();
    const page = await context.newPage();
    const files = `${demo.site.url}dandiset/000001/0.250702.1411/files`;
    const address = (): string => page.url();
    const command = (): Promise<string> =>
      page.locator('client-commands [data-of=folder] pre').innerText();
    await page.goto(`${files}/?location=sub-M2/`);
    await page.getByText('Download with DANDI’s Python client').click();
    await page.getByText('The open folder:').waitFor();
    expect(address()).toBe(`${files}?location=sub-M2/`);
    expect(await command()).toBe(`dandi download '${address()}'`);
    await page.locator('.files-crumbs').getByText('All files').click();
    await page.getByText('One folder:').waitFor();
    expect(address()).toBe(files);
    await page.getByRole('link', { name: 'sub-M1/' }).click();
    await page.getByText('The open folder:').waitFor();
    expect(await command()).toBe(`dandi download '${files}?location=sub-M1/'`);
    const button = page.locator('client-commands [data-of=folder] button');
    expect(await button.getAttribute('data-copy')).toBe(await command());
    await page.reload();
    await page.getByText('The open folder:').waitFor({ state: 'attached' });
    expect(address()).toBe(`${files}?location=sub-M1/`);
    await context.close();
  });
});
