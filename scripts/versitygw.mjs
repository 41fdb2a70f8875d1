// Builds versitygw, the S3 server of the tests that checks signatures, checksums and conditions, from
// the Go module proxy. Does nothing if it exists already or if there is no Go. It is stored in
// the user's cache folder, outside of this repository, so that all clones share it.
//   node scripts/versitygw.mjs
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { isMain } from './is-main.mjs';

const VERSION = '1.8.0';

const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
const folder = path.join(cache, 'dandiset', `versitygw-${VERSION}`);

/** The path of the program, whether it exists or not. */
export const versitygwPath = path.join(
  folder,
  process.platform === 'win32' ? 'versitygw.exe' : 'versitygw',
);

/** Builds it, which takes minutes. Returns why it could not be built; undefined if it exists. */
export function buildVersitygw() {
  if (existsSync(versitygwPath)) return undefined;
  if (spawnSync('go', ['version']).status !== 0) return 'no Go';
  console.log(`Building versitygw ${VERSION} …`);
  const module = `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`;
  // Outside of the clone, so that no go.mod is found.
  const { status } = spawnSync('go', ['install', module], {
    cwd: homedir(),
    env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
    stdio: 'inherit',
    timeout: 30 * 60_000,
  });
  return status === 0 && existsSync(versitygwPath) ? undefined : 'a build that failed';
}

if (isMain(import.meta.url)) {
  const reason = buildVersitygw();
  console.log(reason === undefined ? `versitygw is at ${versitygwPath}.` : `There is ${reason}.`);
  process.exitCode = reason === undefined ? 0 : 1;
}
