// The setup of test suites that use the demo in a browser.

import type { Browser } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from '../support/sites/browser.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';

/** The demo's built site and a browser. Both exist while the tests of the suite run. */
export interface DemoInBrowser {
  readonly site: BuiltSite;
  readonly browser: Browser;
}

/** Opens both before the tests of the calling suite, and closes them afterwards. */
export function demoInBrowser(): DemoInBrowser {
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
  return {
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
  };
}
