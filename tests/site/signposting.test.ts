// FAIR Signposting of the built demo: the typed links of every page of a published version and its linkset,
// with the cardinalities of https://signposting.org/FAIR/, and every anchor the address that a request ends
// at.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';

interface Link {
  rel: string;
  href: string;
  type?: string;
  profile?: string;
}
type Context = Record<string, { href: string; type?: string }[]> & { anchor: string };

const SITE = 'https://dandi-demo.example/';

let site: BuiltSite;
/** `dandiset/000001/0.250114.1002/` of every published version. */
let pages: string[];
beforeAll(async () => {
  site = await builtSite({ content: demoContent });
  const root = path.join(site.dist, 'dandiset');
  pages = readdirSync(root)
    .filter((number) => /^\d{6}$/.test(number))
    .flatMap((number) =>
      readdirSync(path.join(root, number))
        .filter((version) => /^0\.\d/.test(version))
        .map((version) => `dandiset/${number}/${version}/`),
    );
}, 600_000);
afterAll(() => site?.close());

const unescaped = (text: string): string =>
  text
    .replaceAll('&#38;', '&')
    .replaceAll('&amp;', '&')
    .replaceAll('&#34;', '"')
    .replaceAll('&quot;', '"');

function html(page: string): string {
  return readFileSync(path.join(site.dist, page, 'index.html'), 'utf8');
}

/** The `<link>`s of a page's head. */
function linksOf(page: string): Link[] {
  const [head = ''] = html(page).split('</head>');
  return [...head.matchAll(/<link\s([^>]*)>/g)].map(([, attributes = '']) => {
    const entries = [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)];
    return Object.fromEntries(
      entries.map(([, key, value]) => [key, unescaped(value ?? '')]),
    ) as unknown as Link;
  });
}

/** Where our request for a public address ends, as a public address. */
async function finalAddress(address: string): Promise<string> {
  const response = await fetch(address.replace(SITE, site.url));
  expect(response.status, address).toBe(200);
  await response.body?.cancel();
  return response.url.replace(site.url, SITE);
}

function linksetOf(page: string): Context[] {
  const file = path.join(site.dist, page, 'linkset.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { linkset: Context[] }).linkset;
}

const isWithdrawn = (page: string): boolean =>
  html(page).includes('"creativeWorkStatus":"Withdrawn"');

function expectCardinalities(links: readonly Link[], page: string, most: number): void {
  const of = (rel: string): Link[] => links.filter((link) => link.rel === rel);
  expect(of('cite-as'), page).toHaveLength(1);
  expect(of('type').map(({ href }) => href)).toEqual([
    'https://schema.org/Dataset',
    'https://schema.org/AboutPage',
  ]);
  expect(of('describedby').length, page).toBeGreaterThanOrEqual(1);
  for (const { type } of of('describedby')) expect(type, page).toMatch(/^[a-z]+\/\S+$/);
  expect(of('author').length, page).toBeLessThanOrEqual(most);
  for (const { href } of of('author')) expect(href).toMatch(/^https:\/\/(orcid|ror)\.org\//);
  expect(of('license').length, page).toBeLessThanOrEqual(1);
  expect(of('collection'), page).toEqual([]);
  expect(of('item').length, page).toBeLessThanOrEqual(most);
  if (isWithdrawn(page)) expect(of('item'), page).toEqual([]);
  else expect(of('item').length, page).toBeGreaterThanOrEqual(1);
  for (const { type } of of('item')) expect(type, page).toMatch(/^[a-z]+\/\S+$/);
}

describe('pages of published versions', () => {
  test('all exist', () => {
    expect(pages).toHaveLength(13);
  });

  test('carry links in the numbers that Signposting requires', () => {
    for (const page of pages) {
      expectCardinalities(linksOf(page), page, 5);
      const linksets = linksOf(page).filter(({ rel }) => rel === 'linkset');
      expect(linksets).toEqual([
        { rel: 'linkset', href: `${SITE}${page}linkset.json`, type: 'application/linkset+json' },
      ]);
    }
  });

  test('link to files that exist', async () => {
    for (const page of pages) {
      const ours = linksOf(page).filter(
        ({ rel, href }) =>
          /^(describedby|item|linkset|.*-version|version-history)$/.test(rel) &&
          href.startsWith(SITE),
      );
      expect(ours.length).toBeGreaterThan(5);
      // A Zarr is a folder of a store, which has no page.
      const files = ours.filter(({ rel, href }) => !(rel === 'item' && href.endsWith('/')));
      for (const { href } of files) expect(await finalAddress(href)).toBe(href);
    }
  });

  test('hold one dataset, named as cite-as names it', () => {
    for (const page of pages) {
      const scripts = [
        ...html(page).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs),
      ];
      expect(scripts, page).toHaveLength(1);
      const dataset = JSON.parse(scripts[0]?.[1] ?? '') as Record<string, unknown>;
      const beside = readFileSync(path.join(site.dist, page, 'schema.jsonld'), 'utf8');
      expect(dataset).toEqual(JSON.parse(beside));
      expect(linksOf(page).find(({ rel }) => rel === 'cite-as')?.href).toBe(dataset['@id']);
    }
  });

  test('link to the previous and next versions', () => {
    const [first = '', second = '', third = ''] = pages.filter((page) => page.includes('/000001/'));
    const of = (page: string, rel: string): string | undefined =>
      linksOf(page).find((link) => link.rel === rel)?.href;
    expect(of(first, 'predecessor-version')).toBeUndefined();
    expect(of(second, 'predecessor-version')).toBe(SITE + first);
    expect(of(second, 'successor-version')).toBe(SITE + third);
    expect(of(third, 'successor-version')).toBeUndefined();
    for (const page of [first, second, third])
      expect(of(page, 'latest-version')).toBe(SITE + third);
  });
});

describe('linksets', () => {
  test('have the links of the page, once with and once without the slash', () => {
    for (const page of pages) {
      const [withSlash, without] = linksetOf(page);
      expect(withSlash?.anchor).toBe(SITE + page);
      expect(without).toEqual({ ...withSlash, anchor: (SITE + page).slice(0, -1) });
      const { anchor, ...relations } = withSlash!;
      const links = Object.entries(relations).flatMap(([rel, targets]) =>
        targets.map((target) => ({ rel, ...target })),
      );
      expectCardinalities(links, anchor.slice(SITE.length), 1000);
      for (const link of linksOf(page)) {
        if (!/^(cite-as|type|author|describedby|item|license|.*-version)$/.test(link.rel)) continue;
        expect(links, page).toContainEqual(link);
      }
    }
  });

  test('have anchors that a request ends at, and link back from every file', async () => {
    for (const page of pages) {
      const [, withoutSlash, ...files] = linksetOf(page);
      expect(await finalAddress(withoutSlash!.anchor)).toBe(SITE + page);
      for (const { anchor, collection, describes } of files) {
        expect(collection ?? describes, anchor).toEqual([{ href: SITE + page, type: 'text/html' }]);
        if (anchor.startsWith(SITE) && !anchor.endsWith('/')) {
          expect(await finalAddress(anchor)).toBe(anchor);
        }
      }
    }
  });
});

describe('other pages', () => {
  const dandisets = (): string[] =>
    readdirSync(path.join(site.dist, 'dandiset'))
      .filter((number) => /^\d{6}$/.test(number))
      .map((number) => `dandiset/${number}/`);
  const drafts = (): string[] =>
    dandisets()
      .map((page) => `${page}draft/`)
      .filter((page) => existsSync(path.join(site.dist, page)));
  const isPublished = (dandiset: string): boolean =>
    pages.some((page) => page.startsWith(dandiset));
  const datasetOf = (page: string): Record<string, unknown> => {
    const [, text = ''] =
      /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html(page)) ?? [];
    return JSON.parse(text) as Record<string, unknown>;
  };
  const hasItems = (page: string): boolean => linksOf(page).some(({ rel }) => rel === 'item');

  test('the page of a Dandiset says which version to cite and describes it', () => {
    const links = linksOf('dandiset/000001/');
    const latest = pages.findLast((page) => page.includes('/000001/')) ?? '';
    expect(links.filter(({ rel }) => rel === 'cite-as')).toEqual([
      { rel: 'cite-as', href: SITE + latest },
    ]);
    expect(html('dandiset/000001/')).toContain(`"@id":"${SITE}${latest}"`);
  });

  test('pages of Dandisets and of drafts have the same links in the same numbers, and a linkset', async () => {
    expect(drafts().length).toBeGreaterThan(3);
    for (const page of [...dandisets(), ...drafts()]) {
      const links = linksOf(page);
      if (hasItems(page)) expectCardinalities(links, page, 5);
      const [linkset, ...more] = links.filter(({ rel }) => rel === 'linkset');
      expect([linkset?.href, more]).toEqual([`${SITE}${page}linkset.json`, []]);
      const [withSlash, without] = linksetOf(page);
      expect([withSlash?.anchor, without?.anchor]).toEqual([SITE + page, SITE + page.slice(0, -1)]);
      for (const { rel, href } of links) {
        if (!/^(cite-as|describedby|linkset|latest-version|version-history)$/.test(rel)) continue;
        if (href.startsWith(SITE)) expect(await finalAddress(href), page).toBe(href);
        if (rel === 'cite-as' || rel === 'describedby')
          expect(withSlash?.[rel], page).toContainEqual(expect.objectContaining({ href }));
      }
    }
  });

  test('a draft says that it is one, cites nothing of its own and has no DOI', () => {
    for (const page of drafts()) {
      const dataset = datasetOf(page);
      expect(dataset, page).toMatchObject({ '@type': 'Dataset', creativeWorkStatus: 'Draft' });
      expect(dataset['datePublished'] ?? dataset['creditText'], page).toBeUndefined();
      expect(JSON.stringify([dataset['@id'], dataset['identifier']]), page).not.toMatch(/doi/i);
      const dandiset = page.replace('draft/', '');
      expect(linksOf(page).find(({ rel }) => rel === 'cite-as')?.href).toBe(SITE + dandiset);
      const file = path.join(site.dist, page, 'schema.jsonld');
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(dataset);
      // What was never published has one page for search engines, that of the Dandiset.
      const subject = SITE + (isPublished(dandiset) ? page : dandiset);
      expect([dataset['@id'], dataset['url']]).toEqual([subject, subject]);
      if (!isPublished(dandiset)) expect(datasetOf(dandiset)).toEqual(dataset);
      for (const name of ['datacite.json', 'datacite.xml', 'citation.bib'])
        expect(existsSync(path.join(site.dist, page, name))).toBe(false);
    }
  });

  test('the home page is a catalogue', () => {
    expect(html('')).toMatch(/<script type="application\/ld\+json">.*"@type":"DataCatalog"/);
  });
});
