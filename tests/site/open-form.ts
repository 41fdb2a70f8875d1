// The form in a browser: opened, checked for the first time, and what tests read from it.

import type { BrowserContextOptions, Locator, Page } from 'playwright';
import { readBundle, type Bundle } from '../../src/core/submission/read-bundle.ts';
import { downloadedBytes } from '../support/sites/browser.ts';
import type { DemoInBrowser } from './demo-in-browser.ts';
import { visit, type Visit } from './visit.ts';

/** Waits until the form shows the problems of its record. */
export function formChecked(page: Page): Promise<void> {
  return page.locator('.problem-words:not(:empty)').waitFor();
}

/** Opens the address of a form, and waits until it is checked. */
export async function openForm(
  { browser, site }: DemoInBrowser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const visited = await visit(browser, site.url + address, options);
  await formChecked(visited.page);
  return visited;
}

/** The field of the title. */
export function titleOf(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Title needed' });
}

/** Has the form write its bundle, and reads it. */
export async function bundleOf(page: Page): Promise<Bundle> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download bundle' }).click(),
  ]);
  return readBundle(await downloadedBytes(download));
}
