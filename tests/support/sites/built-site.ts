// The site as `astro build` makes it, built once for each state of the program and the records, and
// served on loopback. Suites share what was built; nobody writes into it.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';
import { folderTree } from '../../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../../src/adapters/content-files/read-archive.ts';
import { startServer } from '../../../src/adapters/static-server/start-server.ts';
import { repository } from '../needed-part.ts';
import { runProgram } from '../process/run-cli.ts';

export interface SiteOptions {
  /** The content folder. */
  content: string;
  /** Where the site lies on its host. Default `/`. */
  base?: string;
}

export interface BuiltSite {
  /** The folder the site was built into. */
  dist: string;
  /** Address of its home page, ending in `/`. */
  url: string;
  close(): Promise<void>;
}

/** The demo archive. */
export const demoContent = path.join(repository, 'content');

const cache = path.join(repository, '.cache', 'sites');
const AN_HOUR = 3_600_000;
const SOURCES = ['src', 'public', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'];

function* filesBelow(place: string): Generator<string> {
  if (!statSync(place).isDirectory()) {
    yield place;
    return;
  }
  for (const name of readdirSync(place).sort()) yield* filesBelow(path.join(place, name));
}

/** A name for what these sources and settings make. */
function buildName({ content, base = '/' }: SiteOptions): string {
  const hash = createHash('sha256').update(`${content}\0${base}\0`);
  for (const source of [...SOURCES.map((name) => path.join(repository, name)), content]) {
    for (const file of filesBelow(source)) {
      // What only tests use makes no other site.
      if (file.endsWith('.test.ts')) continue;
      const contents = readFileSync(file);
      hash.update(`${path.relative(source, file)}\0${contents.length}\0`).update(contents);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Sites of older sources; recent ones may be in use by tests that run beside these. */
function removeOld(): void {
  for (const name of readdirSync(cache)) {
    const folder = path.join(cache, name);
    // Another process may have removed or renamed it by now.
    const time = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - time > AN_HOUR) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A new folder for a site that is not shared; the caller removes it. Builds into folders outside of
 * the repository would all use one folder of Astro's for what they make on the way.
 */
export function cacheFolder(prefix: string): string {
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(path.join(cache, prefix));
}

/** Builds a site into a folder; throws with what the build said if it fails. */
export async function buildInto(
  dist: string,
  { content, base }: SiteOptions,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const result = await runProgram(
    process.execPath,
    [path.join(repository, 'scripts', 'run.mjs'), 'astro', 'build'],
    {
      ARCHIVE_CONTENT: content,
      OUT_DIR: dist,
      BASE_PATH: base ?? '/',
      ASTRO_TELEMETRY_DISABLED: '1',
      // What the test runner says of itself is no setting of the build.
      NODE_ENV: 'production',
      VITEST: undefined,
      ...env,
    },
  );
  if (result.code !== 0) {
    throw new Error(
      `The site of ${content} could not be built:\n${(result.stdout + result.stderr).slice(-4000)}`,
    );
  }
}

/** The folder of a site, built if need be. */
async function distOf(options: SiteOptions): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const dist = path.join(cache, buildName(options));
  if (existsSync(dist)) {
    // It is in use from now on.
    utimesSync(dist, new Date(), new Date());
    return dist;
  }
  removeOld();
  const unfinished = `${dist}.${process.pid}`;
  await buildInto(unfinished, options);
  try {
    renameSync(unfinished, dist);
  } catch (error) {
    // Another process was first with the same site.
    if (!existsSync(dist)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  return dist;
}

/** Serves a built site with its folder store; the caller closes it. */
export async function serveSite(
  dist: string,
  { content, base = '/' }: SiteOptions,
): Promise<BuiltSite> {
  const archive = await readArchive(folderTree(content));
  const store = archive.stores.find(({ kind }) => kind === 'folder');
  const server = await startServer({
    dist,
    base,
    port: 0,
    prefix: archive.identifierPrefix,
    site: archive.site,
    ...(store?.path === undefined
      ? {}
      : { storage: path.resolve(content, '..', store.path), storageUrl: store.url }),
  });
  return { dist, url: server.url, close: () => server.close() };
}

/** The site of a content folder, built if need be and served; the caller closes it. */
export async function builtSite(options: SiteOptions): Promise<BuiltSite> {
  return serveSite(await distOf(options), options);
}
