#!/usr/bin/env node
// The `dandiset` command: builds the bundle where it is missing or older than its sources, then runs it.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, 'build', 'dandiset.mjs');

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
  const built = statSync(bundle).mtimeMs;
  return hasNewer(sources, built) || statSync(lock).mtimeMs > built;
}

if (!existsSync(bundle) || isStale()) {
  const { buildCli } = await import('./build-cli.mjs');
  await buildCli();
}
const { main } = await import(pathToFileURL(bundle).href);
await main(process.argv);
