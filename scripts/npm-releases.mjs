// Installs the releases of npm that the client of a site is tried with, into .cache/npm. Does nothing where they
// are installed already.
//   node scripts/npm-releases.mjs
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isMain } from './is-main.mjs';
import { npm, root } from './install.mjs';

/** The first that takes packages from addresses only where it is allowed is 12. */
export const NPM_RELEASES = ['10.9.9', '11.19.1', '12.2.2'];

/** The folder of a release of npm, whether it is installed or not. */
export function npmFolder(release) {
  return path.join(root, '.cache', 'npm', release, 'node_modules', 'npm');
}

/** Installs what is missing; returns an exit code. */
export function installNpmReleases() {
  for (const release of NPM_RELEASES) {
    if (existsSync(npmFolder(release))) continue;
    const prefix = path.join(root, '.cache', 'npm', release);
    mkdirSync(prefix, { recursive: true });
    console.log(`Installing npm ${release} …`);
    const code = npm([
      'install',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--prefix',
      prefix,
      `npm@${release}`,
    ]);
    if (code !== 0) return code;
  }
  return 0;
}

if (isMain(import.meta.url)) process.exit(installNpmReleases());
