// The browser of the site tests. `npm test` finds or installs one and names it in CHROMIUM_PATH;
// a suite that is run on its own looks for the system's.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright';
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

/** Starts the browser without a window; the caller closes it. */
export function launchBrowser(): Promise<Browser> {
  // Containers and root have no user namespace for the sandbox; the pages are our own.
  return chromium.launch({ executablePath: browser.path, args: ['--no-sandbox'], timeout: 60_000 });
}
