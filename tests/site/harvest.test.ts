// What the built demo offers to harvesters: feeds, sitemaps, the API catalogue, robots.txt. Well-formed,
// complete, and every address in them exists.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { tagsOf } from '../support/sites/html.ts';
import { parseXml, textsOf, type XmlElement } from '../support/sites/strict-xml.ts';

const SITE = 'https://dandi-demo.example/';
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

let site: BuiltSite;
beforeAll(async () => {
  site = await builtSite({ content: demoContent });
});
afterAll(() => site?.close());

const read = (name: string): string => readFileSync(path.join(site.dist, name), 'utf8');

/** The file of an address of the site; undefined if there is none. */
function fileOf(address: string): string | undefined {
  if (!address.startsWith(SITE)) return undefined;
  const relative = decodeURIComponent(address.slice(SITE.length));
  const file = path.join(site.dist, relative, /\/$|^$/.test(relative) ? 'index.html' : '');
  return existsSync(file) ? file : undefined;
}

const isMissing = (address: string): boolean => fileOf(address) === undefined;

describe('sitemaps', () => {
  const locations = (name: string): string[] =>
    parseXml(read(name)).children.flatMap((child) => textsOf(child, 'loc'));
  let listed: string[];
  beforeAll(() => {
    listed = locations('sitemap-index.xml').flatMap((url) => locations(url.slice(SITE.length)));
  });

  test('are named by robots.txt', () => {
    expect(read('robots.txt')).toMatch(/^User-agent: \*$/m);
    expect(read('robots.txt')).toMatch(
      /^Sitemap: https:\/\/dandi-demo\.example\/sitemap-index\.xml$/m,
    );
  });

  test('name pages that exist, once, and may be indexed', () => {
    expect(listed.filter(isMissing)).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
    const hidden = listed.filter((url) =>
      tagsOf(readFileSync(fileOf(url)!, 'utf8')).some(
        ({ attributes }) => attributes.get('name') === 'robots',
      ),
    );
    expect(hidden).toEqual([]);
  });

  test('name every version and Dandiset page that may be indexed', () => {
    const pages = readdirSync(path.join(site.dist, 'dandiset'), {
      recursive: true,
      encoding: 'utf8',
    })
      .filter((name) => /^\d{6}(\/[0-9.]+|\/draft)?\/index\.html$/.test(name))
      .filter((name) => !read(`dandiset/${name}`).includes('<meta name="robots"'))
      .map((name) => `${SITE}dandiset/${path.dirname(name)}/`);
    expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
    expect(pages.length).toBeGreaterThan(20);
  });

  test('give times as the protocol requires', () => {
    const times = parseXml(read('sitemaps/versions.xml')).children.flatMap((url) =>
      textsOf(url, 'lastmod'),
    );
    expect(times.length).toBeGreaterThan(8);
    for (const time of times) expect(time).toMatch(RFC_3339);
  });
});

describe('feeds', () => {
  const feeds = (): string[] =>
    readdirSync(site.dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.atom'),
    );
  const links = (element: XmlElement, rel: string): string[] =>
    element.children
      .filter(({ name, attributes }) => name === 'link' && attributes.get('rel') === rel)
      .map(({ attributes }) => attributes.get('href') ?? '');

  test('are complete Atom, and each address in them exists', () => {
    const names = feeds();
    expect(names).toContain('feed.atom');
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const feed = parseXml(read(name));
      expect(feed.attributes.get('xmlns')).toBe('http://www.w3.org/2005/Atom');
      expect(links(feed, 'self')).toEqual([SITE + name]);
      expect(links(feed, 'alternate').filter(isMissing)).toEqual([]);
      const entries = feed.children.filter((child) => child.name === 'entry');
      expect(feed.children.filter((child) => child.name === 'author')).toHaveLength(1);
      for (const one of [feed, ...entries]) {
        for (const field of ['id', 'title', 'updated']) expect(textsOf(one, field)).toHaveLength(1);
        expect(textsOf(one, 'title')[0]).not.toBe('');
        expect(textsOf(one, 'updated')[0]).toMatch(RFC_3339);
      }
      for (const entry of entries) {
        expect(textsOf(entry, 'id')[0]).toMatch(/^(tag:dandi-demo\.example,|https:\/\/doi\.org\/)/);
        expect(links(entry, 'alternate')).toHaveLength(1);
        expect(links(entry, 'alternate').filter(isMissing)).toEqual([]);
      }
      const ids = entries.flatMap((entry) => textsOf(entry, 'id'));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('are JSON Feeds too, which say the same by the same ids', () => {
    interface JsonFeed {
      version: string;
      title: string;
      home_page_url: string;
      feed_url: string;
      items: Record<string, string>[];
    }
    for (const name of feeds()) {
      const atom = parseXml(read(name));
      const twin = name.replace(/atom$/, 'json');
      const json = JSON.parse(read(twin)) as JsonFeed;
      expect(json.version).toBe('https://jsonfeed.org/version/1.1');
      expect(json.feed_url).toBe(SITE + twin);
      expect([json.title]).toEqual(textsOf(atom, 'title'));
      expect([json.home_page_url]).toEqual(links(atom, 'alternate'));
      const entries = atom.children.filter((child) => child.name === 'entry');
      expect(json.items).toEqual(
        entries.map((entry) => ({
          id: textsOf(entry, 'id')[0],
          url: links(entry, 'alternate')[0],
          title: textsOf(entry, 'title')[0],
          content_text: textsOf(entry, 'summary')[0],
          date_published: textsOf(entry, 'published')[0],
          date_modified: textsOf(entry, 'updated')[0],
        })),
      );
    }
    expect(read('dandiset/000003/feed.json')).toMatch(/"id": "tag:[^"]+\/withdrawn"/);
  });

  test('are named by the pages they belong to', () => {
    const named = (page: string): string[] =>
      tagsOf(read(page))
        .filter(({ attributes }) =>
          /^application\/(atom\+xml|feed\+json)$/.test(attributes.get('type') ?? ''),
        )
        .map(({ attributes }) => attributes.get('href') ?? '');
    expect(named('index.html')).toEqual(['/feed.atom', '/feed.json']);
    expect(named('dandiset/000001/index.html')).toEqual([
      '/feed.atom',
      '/feed.json',
      '/dandiset/000001/feed.atom',
      '/dandiset/000001/feed.json',
    ]);
  });
});

test('the API catalogue names each interface and its description, as it is served', async () => {
  interface Link {
    href: string;
    type: string;
  }
  const text = read('api-catalog.json');
  expect(read('.well-known/api-catalog')).toBe(text);
  const { linkset } = JSON.parse(text) as {
    linkset: ({ anchor: string } & Record<string, Link[]>)[];
  };
  const [own, ...interfaces] = linkset;
  expect(own!.anchor).toBe(`${SITE}api-catalog.json`);
  expect(interfaces.map(({ anchor }) => anchor)).toEqual(own!['item']!.map(({ href }) => href));
  const api = interfaces.find(({ anchor }) => anchor === `${SITE}api/`);
  expect(api!['service-desc']).toEqual([
    { href: `${SITE}api/openapi.json`, type: 'application/json' },
  ]);
  const links = linkset.flatMap((context) =>
    Object.entries(context).flatMap(([relation, targets]) =>
      relation === 'anchor' ? [] : (targets as Link[]),
    ),
  );
  for (const { href, type } of links.filter((link) => link.href.startsWith(SITE))) {
    const { status, headers } = await fetch(href.replace(SITE, site.url));
    const served = headers.get('content-type')?.split(';')[0];
    expect([href, status, served]).toEqual([href, 200, type]);
  }
  const answer = await fetch(`${site.url}.well-known/api-catalog`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/linkset\+json/);
});
