// The commands on a page of a site that has no public address: its script puts in the one it is at.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser as chromium, launchBrowser } from '../../src/testing/browser.ts';
import { builtSite, demoContent, type BuiltSite } from '../../src/testing/built-site.ts';
import { describeWith } from '../../src/testing/needed-part.ts';

describeWith(chromium, 'commands of the Python client on a page', () => {
  let site: BuiltSite;
  let browser: Browser;
  beforeAll(async () => {
    site = await builtSite({ content: demoContent });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test.each([true, false])(
    'name where the page is, with scripts: %s',
    async (javaScriptEnabled) => {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(`${site.url}dandiset/000001/0.250114.1002/`);
      await page.getByText('Download with DANDI’s Python client').click();
      const home = javaScriptEnabled ? site.url : 'http://localhost:8000/';
      const command = `pip install dandi\ndandi download ${home}dandiset/000001/0.250114.1002`;
      expect(await page.locator('client-commands pre').first().innerText()).toBe(command);
      const button = page.locator('client-commands button').first();
      expect(await button.getAttribute('data-copy')).toBe(command);
      expect(await button.isVisible()).toBe(javaScriptEnabled);
      await context.close();
    },
  );
});
