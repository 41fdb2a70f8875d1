// Builds the site of the archive in the working folder into dist/ (OUT_DIR) from content/ (ARCHIVE_CONTENT)
// for the path of the site's address on its host (BASE_PATH). Records what it was built from, so that `npm start` can check whether it
// is still current.
//   node scripts/build.mjs
//   node scripts/build.mjs --zip site.zip    also writes the site as one file
//   node scripts/build.mjs --if-changed      does nothing where the site is current
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { archive, runAstro } from './astro.mjs';
import { root } from './install.mjs';
import { isMain } from './is-main.mjs';

const SETTINGS = ['ARCHIVE_CONTENT', 'BASE_PATH'];
const PROGRAM_FOLDERS = ['src', 'public', 'content/pages', 'content/vocabularies'];
const PROGRAM_FILES = ['astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Where the built site is. */
export const output = path.resolve(process.env.OUT_DIR || 'dist');

// Not in the site itself: two builds of one commit must give the same files.
const note = path.join(
  archive,
  '.cache',
  'built',
  `${createHash('sha256').update(output).digest('hex')}.txt`,
);

function* filesBelow(place) {
  if (!existsSync(place)) return;
  for (const entry of readdirSync(place, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const inner = path.join(place, entry.name);
    if (entry.isDirectory()) yield* filesBelow(inner);
    else if (entry.isFile() && !entry.name.endsWith('.test.ts')) yield inner;
  }
}

/** A digest of everything a build depends on. */
function digestOfSources() {
  const hash = createHash('sha256');
  for (const name of SETTINGS) hash.update(`${name}=${process.env[name] ?? ''}\0`);
  const content = path.resolve(process.env.ARCHIVE_CONTENT || 'content');
  const folders = [content, ...PROGRAM_FOLDERS.map((name) => path.join(root, name))];
  const files = folders.flatMap((folder) => [...filesBelow(folder)]);
  const settings = PROGRAM_FILES.map((name) => path.join(root, name));
  for (const file of [...files, ...settings.filter(existsSync)]) {
    const contents = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex');
}

/** Whether the site exists and nothing it was built from has changed. */
export function isBuilt() {
  if (!existsSync(path.join(output, 'index.html')) || !existsSync(note)) return false;
  return readFileSync(note, 'utf8') === digestOfSources();
}

/** Builds the site; returns an exit code. */
export function buildSite(args = []) {
  rmSync(note, { force: true });
  // Taken before the build: a source that changes meanwhile makes the result stale.
  const digest = digestOfSources();
  const code = runAstro('build', args);
  if (code !== 0) return code;
  mkdirSync(path.dirname(note), { recursive: true });
  writeFileSync(note, digest);
  return 0;
}

/**
 * What the command line says: where the zip goes, whether a current site stays, which options are for Astro.
 */
function readArguments(args) {
  const ifChanged = args.includes('--if-changed');
  const others = args.filter((argument) => argument !== '--if-changed');
  const at = others.indexOf('--zip');
  if (at < 0) return { ifChanged, zip: undefined, rest: others };
  const zip = others[at + 1];
  if (zip === undefined || zip.startsWith('-')) {
    console.error('--zip needs the name of a file, such as site.zip.');
    process.exit(2);
  }
  return { ifChanged, zip, rest: others.toSpliced(at, 2) };
}

if (isMain(import.meta.url)) {
  const { ifChanged, zip, rest } = readArguments(process.argv.slice(2));
  const code = ifChanged && isBuilt() ? 0 : buildSite(rest);
  if (code === 0 && zip !== undefined) {
    // Loaded on demand: it needs a package, and a build in its own folder may have none.
    const { zipSite } = await import('./zip-site.mjs');
    zipSite(output, path.resolve(zip));
    console.log(`The site is in ${zip}`);
  }
  process.exit(code);
}
