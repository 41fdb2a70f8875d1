// The browser of the site tests. `npm test` finds or installs one and names it in CHROMIUM_PATH;
// a suite that is run on its own looks for the system's.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { chromium, type Browser, type Download } from 'playwright';
import type { NeededPart } from '../needed-part.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findOnPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(existsSync);
}

function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  const own = chromium.executablePath();
  return existsSync(own) ? own : findOnPath();
}

const found = findBrowser();

/** A Chromium or Chrome to drive. */
export const browser: NeededPart = {
  path: found ?? '',
  absent: found === undefined ? 'no Chromium (CHROMIUM_PATH)' : undefined,
};

/** Containers and root have no user namespace for the sandbox; the pages are our own. */
export const BROWSER_ARGUMENTS = ['--no-sandbox'];

/** A headless browser; the caller closes it. Connects to the one that all files share, if there is one. */
export function launchBrowser(): Promise<Browser> {
  const shared = process.env['BROWSER_ENDPOINT'];
  if (shared !== undefined) return chromium.connect(shared);
  const options = { executablePath: browser.path, args: BROWSER_ARGUMENTS, timeout: 60_000 };
  return chromium.launch(options);
}

/** The bytes of a download; a shared browser has no files here. */
export async function downloadedBytes(download: Download): Promise<Buffer> {
  return buffer(await download.createReadStream());
}
