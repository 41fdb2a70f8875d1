// The site's pages by plain templates, without Astro: a lower bound for what a build of the same pages costs.
// The view models are the site's own; a template of each type of page is cut out of a page that the site's
// build has made. Reads ARCHIVE_CONTENT, takes the built pages from BUILT, and writes OUT_DIR.
//   ARCHIVE_CONTENT=content BUILT=dist OUT_DIR=/tmp/plain node bench/plain-renderer.ts

import { readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { address } from '../src/site/catalog/addresses.ts';
import type { Catalog, VersionEntry } from '../src/site/catalog/catalog.ts';
import { compareData, comparePage } from '../src/site/compare/compare-page.ts';
import { hasComparePage } from '../src/site/compare/compare-pairs.ts';
import { dandisetRow } from '../src/site/browse/dandiset-row.ts';
import { facetAddress, facetPages } from '../src/site/browse/facet-view.ts';
import { FACET_KINDS } from '../src/site/catalog/facets.ts';
import { filesView } from '../src/site/files/files-view.ts';
import { historyView } from '../src/site/version/history-view.ts';
import { homeView } from '../src/site/browse/home-view.ts';
import { listPages } from '../src/site/browse/list-pages.ts';
import { siteCatalog } from '../src/site/catalog/site-catalog.ts';
import { versionAddress, versionView } from '../src/site/version/version-view.ts';
import { cutTemplate, fillTemplate, type Template } from './page-template.ts';

interface PlainPage {
  type: string;
  /** Below the base path; '' or ending in `/`. */
  path: string;
  view: () => object | Promise<object>;
}

function* listsOf(catalog: Catalog): Generator<PlainPage> {
  const { base, dandisets } = catalog;
  const row = dandisetRow.bind(undefined, catalog);
  const below = (addressed: string): string => decodeURIComponent(addressed.slice(base.length));
  yield { type: 'home', path: '', view: () => homeView(catalog) };
  for (const list of listPages(dandisets, address(base, 'dandiset/'))) {
    const at = below(list.addresses[list.page - 1] ?? '');
    yield { type: 'list', path: at, view: () => ({ ...list, rows: list.rows.map(row) }) };
  }
  for (const kind of FACET_KINDS) {
    const facets = facetPages(catalog, kind);
    const values = facets.map(({ slug, label, note, dandisets: all }) => {
      return { href: facetAddress(catalog, kind, slug), label, note, count: all.length };
    });
    yield { type: `index of ${kind}`, path: `${kind}/`, view: () => ({ values }) };
    for (const facet of facets) {
      const { slug, label, note, href } = facet;
      for (const list of listPages(facet.dandisets, facetAddress(catalog, kind, slug))) {
        const at = below(list.addresses[list.page - 1] ?? '');
        const view = (): object => ({ label, note, href, ...list, rows: list.rows.map(row) });
        yield { type: `value of ${kind}`, path: at, view };
      }
    }
  }
}

function* dandisetsOf(catalog: Catalog): Generator<PlainPage> {
  for (const dandiset of catalog.dandisets) {
    const { number, identifier, shown, draft, published } = dandiset;
    const home = `dandiset/${number}/`;
    const { name } = shown.summary;
    const about = { number, identifier, name };
    const view = (entry: VersionEntry): Promise<object> => versionView(catalog, dandiset, entry);
    yield { type: 'Dandiset', path: home, view: () => view(shown) };
    const history = async (): Promise<object> => {
      return { ...about, rows: await historyView(catalog, dandiset) };
    };
    yield { type: 'history', path: `${home}versions/`, view: history };
    if (hasComparePage(dandiset)) {
      const compare = async (): Promise<object> => {
        const found = await comparePage(catalog, dandiset);
        return { ...about, ...found, data: compareData(found) };
      };
      yield { type: 'differences', path: `${home}compare/`, view: compare };
    }
    const to = address(catalog.base, home);
    const newest = versionAddress(catalog, number, shown.version);
    yield { type: 'short address', path: `${number}/`, view: () => ({ identifier, to }) };
    yield { type: 'latest', path: `${home}latest/`, view: () => ({ identifier, to: newest }) };
    for (const entry of draft === undefined ? published : [draft, ...published]) {
      const at = `${home}${entry.version}/`;
      yield { type: entry.status, path: at, view: () => view(entry) };
      if (entry.status === 'withdrawn') continue;
      const files = (): Promise<object> => filesView(catalog, dandiset, entry);
      yield { type: 'files', path: `${at}files/`, view: files };
    }
  }
}

const SAMPLES = 25;
const built = path.resolve(process.env['BUILT'] ?? 'dist');
const output = path.resolve(process.env['OUT_DIR'] ?? 'plain');
const fileOf = (at: string): string => path.join(built, at, 'index.html');

/** The template of a type: cut from the page of median size among some of that type. */
async function templateOf(pages: readonly PlainPage[]): Promise<Template> {
  const step = Math.ceil(pages.length / SAMPLES);
  const some = pages
    .filter((_, at) => at % step === 0)
    .map((page) => ({ page, size: statSync(fileOf(page.path)).size }))
    .sort((a, b) => a.size - b.size);
  const page = some[Math.floor(some.length / 2)]?.page;
  if (page === undefined) return [];
  return cutTemplate(readFileSync(fileOf(page.path), 'utf8'), await page.view());
}

const catalog = await siteCatalog();
const all = [...listsOf(catalog), ...dandisetsOf(catalog)];
const templates = new Map<string, Template>();
for (const [type, pages] of Map.groupBy(all, (page) => page.type)) {
  templates.set(type, await templateOf(pages));
}

const waiting = all.values();

async function writePages(): Promise<void> {
  for (const { type, path: at, view } of waiting) {
    const folder = path.join(output, at);
    await mkdir(folder, { recursive: true });
    const html = fillTemplate(templates.get(type) ?? [], await view());
    await writeFile(path.join(folder, 'index.html'), html);
  }
}

// As many concurrently as the site's build has.
await Promise.all(Array.from({ length: 16 }, writePages));
