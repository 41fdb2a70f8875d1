// "Open in Python" in the panel of a file and on the page of a version: lines to copy, files to save.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { describeWith } from '../support/needed-part.ts';
import { browser as chromium } from '../support/sites/browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { demoInBrowser } from './demo-in-browser.ts';

/** What a button saves: the name of the file and its text. */
async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  const file = path.join(temporaryFolder(), 'saved');
  await download.saveAs(file);
  return { name: download.suggestedFilename(), text: readFileSync(file, 'utf8') };
}

describeWith(chromium, 'Open in Python', () => {
  const demo = demoInBrowser();

  test.each([360, 1280])('shows a file with its real address, %i px wide', async (width) => {
    const context = await demo.browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${demo.site.url}dandiset/000001/0.250702.1411/files/?location=sub-M1/`);
    await page
      .getByRole('link', { name: /behavior\+ecephys\.nwb/ })
      .first()
      .click();
    const panel = page.locator('.files-details');
    await panel.getByText('Open in Python').click();
    const code = panel.locator('pre', { hasText: 'NWBHDF5IO' });
    await code.waitFor();
    const url = await panel.locator('[data-copy^="http"]').first().getAttribute('data-copy');
    expect(await code.innerText()).toContain(`url = "${url}"`);
    expect(await panel.locator('pre', { hasText: 'nwbRead' }).innerText()).toContain(`'${url}'`);

    const script = await saved(page, 'Script');
    expect(script.name).toBe('open_sub-M1_behavior_ecephys.py');
    expect(script.text).toMatch(/^# \/\/\/ script\n/);
    expect(script.text).toContain(await code.innerText());
    const notebook = await saved(page, 'Notebook');
    expect(notebook.name).toBe('open_sub-M1_behavior_ecephys.ipynb');
    expect((JSON.parse(notebook.text) as { nbformat: number }).nbformat).toBe(4);

    await page.evaluate(axe.source);
    const problems = await page.evaluate(
      async () => (await (window as unknown as { axe: typeof axe }).axe.run()).violations,
    );
    expect(problems.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
    await context.close();
  });

  test('lists a version, with and without script', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const context = await demo.browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(`${demo.site.url}dandiset/000001/0.250702.1411/`);
      await page.getByText('Open in Python').click();
      const code = page.locator('.python pre');
      const home = javaScriptEnabled ? demo.site.url : 'http://localhost:8000/';
      // Its script is loaded when it is opened.
      await expect
        .poll(() => code.innerText(), { timeout: 10_000 })
        .toContain(`urlopen("${home}dandiset/000001/0.250702.1411/assets.jsonl")`);
      expect(await code.innerText()).toContain(`store = "${home}storage/"`);
      if (javaScriptEnabled) {
        const { name, text } = await saved(page, 'Script');
        expect(name).toBe('demo-dandi-000001-0.250702.1411.py');
        expect(text).toContain(await code.innerText());
      }
      await context.close();
    }
  });
});
