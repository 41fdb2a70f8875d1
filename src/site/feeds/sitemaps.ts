// Sitemaps: the pages that search engines may index, each with the time its records give, and the robots.txt
// that names them. A page without such a time has none rather than a guess.

import { ARCHIVE_PAGES } from '../catalog/archive-pages.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { FACET_KINDS } from '../catalog/facets.ts';
import { facetPages } from '../browse/facet-view.ts';
import { timeOfEntry, timeOfWithdrawal } from '../catalog/record-times.ts';
import type { SiteFile } from '../site-file.ts';
import { xmlDocument, xmlElement } from '../../core/text/xml.ts';

/** The protocol's limit for one file. */
export const MAX_ADDRESSES = 50_000;

const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

interface ListedPage {
  /** Below the site's root. */
  path: string;
  lastmod?: string | undefined;
}

function* dandisetPages({ dandisets }: Catalog): Generator<ListedPage> {
  for (const dandiset of dandisets) {
    const { number, shown, published } = dandiset;
    if (shown.status === 'withdrawn') continue;
    // A withdrawal changes what the Dandiset's page shows, as a new version does.
    const times = [
      timeOfEntry(shown),
      ...published.map((entry) => timeOfWithdrawal(dandiset, entry.version)),
    ].filter((time) => time !== undefined);
    times.sort((a, b) => Date.parse(b) - Date.parse(a));
    yield { path: `dandiset/${number}/`, lastmod: times[0] };
  }
}

function* versionPages({ dandisets }: Catalog): Generator<ListedPage> {
  for (const { number, published } of dandisets) {
    for (const entry of published) {
      if (entry.status !== 'published') continue;
      yield { path: `dandiset/${number}/${entry.version}/`, lastmod: timeOfEntry(entry) };
    }
  }
}

function* browsePages(catalog: Catalog): Generator<ListedPage> {
  for (const kind of FACET_KINDS) {
    yield { path: `${kind}/` };
    for (const { slug } of facetPages(catalog, kind)) {
      yield { path: `${kind}/${encodeURIComponent(slug)}/` };
    }
  }
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const list: T[][] = [];
  for (let at = 0; at < all.length; at += size) list.push(all.slice(at, at + size));
  return list;
}

function sitemap(site: string, pages: readonly ListedPage[]): string {
  const lines = pages.map(({ path, lastmod }) => {
    const time = lastmod === undefined ? '' : xmlElement('lastmod', lastmod);
    return `  <url>${xmlElement('loc', site + path)}${time}</url>`;
  });
  return xmlDocument([`<urlset ${NAMESPACE}>`, ...lines, '</urlset>']);
}

const ROBOTS = 'User-agent: *\nAllow: /\n';

/** Whether there are sitemaps: for a mirror, search engines should index the archive of record. */
export function hasSitemaps({ archive }: Pick<Catalog, 'archive'>): boolean {
  return archive.archiveOfRecord === undefined;
}

/** The sitemaps, their index and robots.txt. `size` is how many addresses one file may hold. */
export function sitemapFiles(catalog: Catalog, size = MAX_ADDRESSES): SiteFile[] {
  const { site } = catalog.archive;
  if (!hasSitemaps(catalog)) return [{ path: 'robots.txt', contents: ROBOTS }];
  const groups: [name: string, pages: ListedPage[]][] = [
    ['pages', ARCHIVE_PAGES.map((path) => ({ path }))],
    ['browse', [...browsePages(catalog)]],
    ['dandisets', [...dandisetPages(catalog)]],
    ['versions', [...versionPages(catalog)]],
  ];
  const files = groups.flatMap(([name, pages]) =>
    chunks(pages, size).map((part, at) => ({
      path: `sitemaps/${name}${at === 0 ? '' : `-${at + 1}`}.xml`,
      contents: sitemap(site, part),
    })),
  );
  const index = xmlDocument([
    `<sitemapindex ${NAMESPACE}>`,
    ...files.map(({ path }) => `  <sitemap>${xmlElement('loc', site + path)}</sitemap>`),
    '</sitemapindex>',
  ]);
  return [
    ...files,
    { path: 'sitemap-index.xml', contents: index },
    {
      path: 'robots.txt',
      contents: `${ROBOTS}\nSitemap: ${site}sitemap-index.xml\n`,
    },
  ];
}
