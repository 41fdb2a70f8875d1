// One browser for all files of the site tests; each of them has its own contexts in it.

import { chromium } from 'playwright';
import { browser, BROWSER_ARGUMENTS } from './browser.ts';

/** Starts the browser before the first file and ends it after the last. */
export default async function startBrowser(): Promise<(() => Promise<void>) | undefined> {
  if (browser.absent !== undefined) return undefined;
  const server = await chromium.launchServer({
    executablePath: browser.path,
    args: BROWSER_ARGUMENTS,
    host: '127.0.0.1',
  });
  process.env['BROWSER_ENDPOINT'] = server.wsEndpoint();
  return () => server.close();
}
