// With JavaScript off: from the home page every page is reached, and no link inside the site is broken; the
// same where the site is below a base path.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { textOf } from '../support/sites/html.ts';
import { sitePages } from '../support/sites/site-pages.ts';
import { crawl, type Crawl } from './crawl.ts';

interface Version {
  number: string;
  version: string;
  folder: string;
  isWithdrawn: boolean;
}

const readJson = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

/** Every version with a record, from the names of folders alone. */
function versionsOf(content: string): Version[] {
  const dandisets = path.join(content, 'dandisets');
  return readdirSync(dandisets, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'dandiset.json')
    .map((name) => {
      const [shard = '', number = '', version = ''] = name.split(path.sep);
      const status = path.join(dandisets, shard, number, 'status.json');
      const withdrawals = existsSync(status) ? (readJson(status)['withdrawals'] ?? {}) : {};
      return {
        number,
        version,
        folder: path.join(dandisets, shard, number, version),
        isWithdrawn: Object.hasOwn(withdrawals, version),
      };
    });
}

/** First-level folders of a version, from its list; undefined where it has none here. */
function firstFolders({ folder }: Version): string[] | undefined {
  const list = path.join(folder, 'assets.jsonl');
  if (!existsSync(list)) return undefined;
  const paths = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { path: string }).path);
  return [...new Set(paths.filter((one) => one.includes('/')).map((one) => one.split('/')[0]!))];
}

/** Pages of a built site, except those that only forward and are not meant to be linked. */
function builtPages(dist: string, base: string): string[] {
  return sitePages(dist)
    .filter((name) => path.basename(name) === 'index.html')
    .map((name) => path.dirname(name))
    .filter((name) => !/^\d{6}$|\/latest$/.test(name))
    .map((name) => (name === '.' ? base : new URL(`${base}${name}/`, 'http://site').pathname));
}

/** No link is broken, and everything is reached, in the site of a content folder. */
export function crawlTests(base: string, content: () => Promise<string>): void {
  let site: BuiltSite;
  let versions: Version[];
  let result: Crawl;

  beforeAll(async () => {
    const folder = await content();
    versions = versionsOf(folder);
    site = await builtSite({ content: folder, base });
    const publicSite = readJson(path.join(folder, 'archive.json'))['site'] as string;
    result = await crawl(site.url, publicSite, 'storage/');
  });
  afterAll(() => site?.close());

  test('no link inside the site is broken', () => {
    expect(result.broken).toEqual([]);
  });

  test('every page is reached', () => {
    expect(builtPages(site.dist, base).filter((page) => !result.pages.has(page))).toEqual([]);
  });

  test('every version has a page, and one of its files unless it is withdrawn', () => {
    const missing = versions.filter(({ number, version, isWithdrawn }) => {
      const page = `${base}dandiset/${number}/${version}/`;
      return !result.pages.has(page) || result.pages.has(`${page}files/`) === isWithdrawn;
    });
    expect(missing).toEqual([]);
  });

  test('first-level folders are on the page of files', () => {
    const faults: string[] = [];
    for (const version of versions) {
      if (version.isWithdrawn) continue;
      const address = `${base}dandiset/${version.number}/${version.version}/files/`;
      const { html } = result.pages.get(address)!;
      const linked = [...html.matchAll(/<a [^>]*>(.*?)<\/a>/gs)].map(([, text = '']) =>
        textOf(text).replace(/ ?\/$/, ''),
      );
      for (const folder of firstFolders(version) ?? []) {
        if (!linked.includes(folder)) faults.push(`${address}: ${folder}`);
      }
    }
    expect(faults).toEqual([]);
  });

  test('nothing links to the files of a withdrawn version', () => {
    for (const { number, version } of versions.filter(({ isWithdrawn }) => isWithdrawn)) {
      const files = `${base}dandiset/${number}/${version}/files`;
      const leading = [...result.pages].filter(([, { links }]) =>
        [...links].some((link) => link.startsWith(files)),
      );
      expect(leading.map(([page]) => page)).toEqual([]);
      const { links } = result.pages.get(`${base}dandiset/${number}/${version}/`)!;
      expect([...links].filter((link) => link.startsWith(`${base}storage/`))).toEqual([]);
    }
  });
}
