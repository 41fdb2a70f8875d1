// The site's pages by plain templates, without Astro: what a build of the same pages must cost at
// least. Reads ARCHIVE_CONTENT and writes OUT_DIR, as the site's build does.
//   ARCHIVE_CONTENT=content OUT_DIR=/tmp/plain node scripts/bench/plain-renderer.ts

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { address } from '../../src/site/catalog/addresses.ts';
import type { Catalog, VersionEntry } from '../../src/site/catalog/catalog.ts';
import { comparePage } from '../../src/site/compare/compare-page.ts';
import { hasComparePage } from '../../src/site/compare/compare-pairs.ts';
import { facetAddress, facetPages } from '../../src/site/browse/facet-view.ts';
import { FACET_KINDS } from '../../src/site/catalog/facets.ts';
import { filesView } from '../../src/site/files/files-view.ts';
import { historyView } from '../../src/site/version/history-view.ts';
import { listPages } from '../../src/site/browse/list-pages.ts';
import { siteCatalog } from '../../src/site/catalog/site-catalog.ts';
import { versionAddress, versionView } from '../../src/site/version/version-view.ts';
import * as pages from './plain-pages.ts';
import { comparePages } from './plain-sections.ts';

interface PlainPage {
  /** Below the base path; '' or ending in `/`. */
  path: string;
  html: () => string | Promise<string>;
}

/** Every page, made when it is asked for. */
function* allPages(catalog: Catalog): Generator<PlainPage> {
  const { base, dandisets } = catalog;
  const below = (addressed: string): string => addressed.slice(base.length);
  yield { path: '', html: () => pages.homePage(catalog) };
  for (const list of listPages(dandisets, address(base, 'dandiset/'))) {
    const at = below(list.addresses[list.page - 1] ?? '');
    yield { path: at, html: () => pages.listPage(catalog, list, at) };
  }
  for (const kind of FACET_KINDS) {
    yield { path: `${kind}/`, html: () => pages.facetIndexPage(catalog, kind) };
    for (const facet of facetPages(catalog, kind)) {
      for (const list of listPages(facet.dandisets, facetAddress(catalog, kind, facet.slug))) {
        const at = decodeURIComponent(below(list.addresses[list.page - 1] ?? ''));
        yield { path: at, html: () => pages.facetValuePage(catalog, facet, list, at) };
      }
    }
  }
  for (const dandiset of dandisets) {
    const { number, identifier, shown, draft, published } = dandiset;
    const home = `dandiset/${number}/`;
    const version = async (entry: VersionEntry, at: string): Promise<string> =>
      pages.versionPage(catalog, await versionView(catalog, dandiset, entry), at, at === home);
    yield { path: home, html: () => version(shown, home) };
    yield {
      path: `${home}versions/`,
      html: async () => pages.historyPage(catalog, dandiset, await historyView(catalog, dandiset)),
    };
    if (hasComparePage(dandiset)) {
      yield {
        path: `${home}compare/`,
        html: async () => comparePages(catalog, dandiset, await comparePage(catalog, dandiset)),
      };
    }
    for (const [at, title, to] of [
      [`${number}/`, identifier, address(base, home)],
      [`${home}latest/`, `${identifier}, newest`, versionAddress(catalog, number, shown.version)],
    ] as const) {
      yield { path: at, html: () => pages.redirectPage(catalog, title, to, at) };
    }
    for (const entry of draft === undefined ? published : [draft, ...published]) {
      const at = `${home}${entry.version}/`;
      yield { path: at, html: () => version(entry, at) };
      if (entry.status === 'withdrawn') continue;
      yield {
        path: `${at}files/`,
        html: async () =>
          pages.filesPage(catalog, await filesView(catalog, dandiset, entry), `${at}files/`),
      };
    }
  }
}

const output = path.resolve(process.env['OUT_DIR'] ?? 'plain');
const waiting = allPages(await siteCatalog());

async function writePages(): Promise<void> {
  for (const { path: at, html } of waiting) {
    const folder = path.join(output, at);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'index.html'), await html());
  }
}

// As many at once as the site's build has.
await Promise.all(Array.from({ length: 16 }, writePages));
