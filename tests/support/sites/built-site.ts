// The site as `astro build` makes it, built once for each state of the program and the records, and
// served on loopback. Suites share what was built; nobody writes into it.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderTree } from '../../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../../src/adapters/content-files/read-archive.ts';
import { startServer } from '../../../src/adapters/static-server/start-server.ts';
import { importsOf } from '../../../scripts/import-arrows.ts';
import { repository } from '../needed-part.ts';
import { runProgram } from '../process/run-cli.ts';
import { cached } from './build-cache.ts';

export interface SiteOptions {
  /** The content folder. */
  content: string;
  /** Where the site is on its host. Default `/`. */
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
/** What a build reads in addition to the sources that its pages reach. */
const SETTINGS = ['content/pages', 'public', 'package-lock.json', 'tsconfig.json'];
const isSource = /\.(?:ts|astro|css|mjs)$/;
/** Sources that a build includes by itself, or by a computed path. */
const TAKEN_UP = ['src/pages', 'src/layouts', 'src/site', 'astro.config.mjs'];

function* filesBelow(place: string): Generator<string> {
  if (!statSync(place).isDirectory()) {
    yield place;
    return;
  }
  for (const name of readdirSync(place).sort()) yield* filesBelow(path.join(place, name));
}

/** Every source that a build of the site can reach: a change elsewhere gives the same site. */
function sourcesOfSite(): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    if (!isSource.test(file)) return;
    for (const { specifier } of importsOf({ path: file, text: readFileSync(file, 'utf8') })) {
      if (specifier.startsWith('.')) visit(path.resolve(path.dirname(file), specifier));
    }
  };
  for (const place of TAKEN_UP) {
    for (const file of filesBelow(path.join(repository, place))) {
      if (!file.endsWith('.test.ts')) visit(file);
    }
  }
  return [...found].sort();
}

let sources: string[] | undefined;

/** A name for the result of these sources and settings. */
function buildName({ content, base = '/' }: SiteOptions): string {
  const hash = createHash('sha256').update(`${content}\0${base}\0`);
  const settings = [...SETTINGS.map((name) => path.join(repository, name)), content];
  sources ??= sourcesOfSite();
  for (const file of [...sources, ...settings.flatMap((place) => [...filesBelow(place)])]) {
    const contents = readFileSync(file);
    hash.update(`${path.relative(repository, file)}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * A new folder for a site that is not shared; the caller removes it. Builds into folders outside of the
 * repository would all use the same temporary folder of Astro.
 */
export function cacheFolder(prefix: string): string {
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(path.join(cache, prefix));
}

/** Builds a site into a folder; throws with the build's output if it fails. */
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
      // The test runner's own variables are not settings of the build.
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

/** The folder of a site, built if necessary. */
function distOf(options: SiteOptions): Promise<string> {
  return cached(cache, buildName(options), (folder) => buildInto(folder, options));
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

/** The site of a content folder, built if necessary and served; the caller closes it. */
export async function builtSite(options: SiteOptions): Promise<BuiltSite> {
  return serveSite(await distOf(options), options);
}
