// Installs the packages of the lockfile where they are missing or differ from it.
//   node scripts/install.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMain } from './is-main.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Whether every package of the lockfile that all platforms need is installed in its version. */
export function isInstalled({ dev = true } = {}) {
  const wanted = Object.entries(readPackages('package-lock.json'));
  // npm records in this file what it has put into node_modules.
  const present = readPackages('node_modules/.package-lock.json');
  return wanted
    .filter(([place, entry]) => place !== '' && !entry.optional && !entry.devOptional)
    .filter(([, entry]) => dev || !entry.dev)
    .every(([place, entry]) => place in present && present[place].version === entry.version);
}

/** Runs npm with the terminal passed through; returns its exit code. */
export function npm(args) {
  // The npm that runs us, if any: another one may come first on the PATH.
  const own = process.env.npm_execpath;
  const [command, ...rest] = own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
  const shell = process.platform === 'win32' && command === 'npm';
  const result = spawnSync(command, [...rest, ...args], { cwd: root, stdio: 'inherit', shell });
  if (result.error) console.error(`Could not start npm: ${result.error.message}`);
  return result.status ?? 1;
}

/** Whether development dependencies are installed, which `npm ci --omit=dev` would remove. */
function hasDevelopment() {
  return Object.values(readPackages('node_modules/.package-lock.json')).some(({ dev }) => dev);
}

/** Installs what is missing, with `dev: false` no development dependencies; returns an exit code. */
export function install({ dev = true } = {}) {
  if (isInstalled({ dev })) return 0;
  const which = dev || hasDevelopment() ? '--include=dev' : '--omit=dev';
  console.log(`Installing packages (npm ci ${which}) …`);
  return npm(['ci', which, '--no-audit', '--no-fund', '--loglevel=error']);
}

if (isMain(import.meta.url)) process.exit(install());
