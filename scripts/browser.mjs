// Finds a Chromium or Chrome for the site tests, and installs one where there is none.
//   node scripts/browser.mjs      prints its path
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';
import { isMain } from './is-main.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const MINUTES = 60_000;

/** Whether it starts: a browser without its system libraries cannot even print its version. */
function isUsable(file) {
  if (file === undefined || !existsSync(file)) return false;
  if (process.platform === 'win32') return true;
  return spawnSync(file, ['--version'], { timeout: MINUTES, stdio: 'ignore' }).status === 0;
}

function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...onPath, ...PLACES].find(isUsable);
}

async function playwrightBrowser() {
  const { chromium } = await import('playwright');
  const file = chromium.executablePath();
  return isUsable(file) ? file : undefined;
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function installWithApt() {
  if (!isDebian() || process.getuid?.() !== 0) return;
  const options = { stdio: ['ignore', 'ignore', 'inherit'], timeout: 10 * MINUTES };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { ...options, env });
  spawnSync('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], {
    ...options,
    env,
  });
}

/** The path of a browser that starts, installed if necessary; undefined if none is available. */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return isUsable(named) ? named : undefined;
  const present = systemBrowser() ?? (await playwrightBrowser());
  if (present !== undefined) return present;
  console.error('Installing a browser for the site tests …');
  const installer = path.join(root, 'node_modules', 'playwright', 'cli.js');
  spawnSync(process.execPath, [installer, 'install', 'chromium'], {
    // Its progress is not a result: standard output is for the path alone.
    stdio: ['ignore', 2, 2],
    timeout: 5 * MINUTES,
  });
  const own = await playwrightBrowser();
  if (own !== undefined) return own;
  installWithApt();
  return systemBrowser();
}

if (isMain(import.meta.url)) {
  const file = await ensureBrowser();
  console.log(file ?? 'No Chromium or Chrome is here, and none could be installed.');
  process.exit(file === undefined ? 1 : 0);
}
