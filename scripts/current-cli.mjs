// Where the bundled command line is, and whether it is as new as its sources. Needs no package, since an
// installed program has the bundle and need not have what makes it.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The command of archives and of clones of the program. */
export const bundleFile = path.join(root, 'build', 'dandiset.mjs');

/** The client that every site serves. */
export const clientFile = path.join(root, 'build', 'dandiset.tgz');

/** Whether anything below a folder was changed after `time`; a folder's own time reveals removals. */
function hasNewer(folder, time) {
  if (statSync(folder).mtimeMs > time) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const inner = path.join(folder, entry.name);
    if (entry.isDirectory()) return hasNewer(inner, time);
    return !entry.name.endsWith('.test.ts') && statSync(inner).mtimeMs > time;
  });
}

function isStale() {
  // An installed package has no lockfile; its bundle came with it.
  const [sources, lock] = ['src', 'package-lock.json'].map((name) => path.join(root, name));
  if (!existsSync(sources) || !existsSync(lock)) return false;
  if (!existsSync(clientFile)) return true;
  const built = statSync(bundleFile).mtimeMs;
  return hasNewer(sources, built) || statSync(lock).mtimeMs > built;
}

/** Bundles the command line where that is missing or older than its sources. */
export async function ensureCurrentCli() {
  if (existsSync(bundleFile) && !isStale()) return;
  const { buildCli } = await import('./build-cli.mjs');
  await buildCli();
}
