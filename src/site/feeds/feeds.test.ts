import { beforeAll, describe, expect, test } from 'vitest';
import { folderTree } from '../../adapters/content-files/folder-tree.ts';
import { memoryTree } from '../../adapters/content-files/memory-tree.ts';
import { loadCatalog, type Catalog } from '../catalog/catalog.ts';
import { feedFiles } from './feeds.ts';
import { toTimestamp } from '../catalog/record-times.ts';
import { sitemapFiles } from './sitemaps.ts';
import { xmlText } from '../../core/text/xml.ts';

const SITE = 'https://dandi-demo.example/';
let catalog: Catalog;

beforeAll(async () => {
  catalog = await loadCatalog({
    tree: folderTree('content'),
    base: '/',
    readStoredList: async () => undefined,
  });
});

const feed = (path: string): string =>
  String([...feedFiles(catalog)].find((file) => file.path === path)?.contents);

describe('feeds', () => {
  test('hold each version once, newest first, by a name that is not a page', () => {
    const ids = [...feed('dandiset/000001/feed.atom').matchAll(/<id>(.*?)<\/id>/g)].map(
      (m) => m[1],
    );
    expect(ids).toEqual([
      `${SITE}dandiset/000001/feed.atom`,
      'tag:dandi-demo.example,2025-07-02:DEMO-DANDI:000001/0.250702.1411',
      'tag:dandi-demo.example,2025-03-18:DEMO-DANDI:000001/0.250318.0930',
      'tag:dandi-demo.example,2025-01-14:DEMO-DANDI:000001/0.250114.1002',
    ]);
  });

  test('a withdrawal is an entry of its own, with the reason and the day of the status', () => {
    const status = catalog.byNumber.get('000003')?.records.withdrawals.get('0.240507.1200');
    const text = feed('dandiset/000003/feed.atom');
    const entry = text.split('<entry>').find((part) => part.includes('/withdrawn</id>')) ?? '';
    expect(entry).toContain(
      'tag:dandi-demo.example,2024-05-07:DEMO-DANDI:000003/0.240507.1200/withdrawn',
    );
    expect(entry).toContain(`<updated>${toTimestamp(status?.date)}</updated>`);
    expect(entry).toContain(xmlText(status?.reason ?? ''));
    expect(entry).toContain(`href="${SITE}dandiset/000003/0.240507.1200/"`);
    // The publication stays, as it was.
    expect(text.split('0.240507.1200</id>')).toHaveLength(2);
  });

  test('a Dandiset that has published nothing has a feed without entries', () => {
    const text = feed('dandiset/000010/feed.atom');
    expect(text).not.toContain('<entry>');
    expect(text).toMatch(/<updated>\d{4}-\d{2}-\d{2}T[^<]+<\/updated>/);
  });

  test('the feed of the archive holds what the others hold', () => {
    const all = [...feedFiles(catalog)]
      .filter(({ path }) => path.endsWith('.atom'))
      .map(({ contents }) => String(contents));
    const site = all.pop() ?? '';
    const entries = (text: string): string[] => text.split('<entry>').slice(1);
    const ids = (text: string): string[] =>
      entries(text).map((part) => /<id>(.*?)<\/id>/.exec(part)?.[1] ?? '');
    expect(ids(site).sort()).toEqual(all.flatMap(ids).sort());
    const times = [...site.matchAll(/<updated>(.*?)<\/updated>/g)].map((m) =>
      Date.parse(m[1] ?? ''),
    );
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  test('an imported DOI names its entry, hostile text stays text', async () => {
    const folder = 'dandisets/000/000001/0.220126.1852/';
    const name = 'A & <b>\u0000\u0008\ud800 "bold" ]]>';
    const manifest = {
      schema: 'dandi-archive-manifest/1',
      identifier: 'DEMO-DANDI:000001',
      version: '0.220126.1852',
      datePublished: '2022-01-26T18:52:33.5+00:00',
      doi: '10.48324/dandi.000001/0.220126.1852',
      files: [],
      assets: null,
      previous: null,
      source: { kind: 'mirror-records' },
    };
    const settings = await catalog.tree.read('archive.json');
    const odd = await loadCatalog({
      tree: memoryTree({
        'archive.json': settings ?? '',
        [`${folder}dandiset.json`]: JSON.stringify({ name }),
        [`${folder}manifest.json`]: JSON.stringify(manifest),
      }),
      base: '/',
      readStoredList: async () => undefined,
    });
    const [own] = [...feedFiles(odd)];
    const text = String(own?.contents);
    expect(text).toContain('<id>https://doi.org/10.48324/dandi.000001/0.220126.1852</id>');
    expect(text).toContain('<updated>2022-01-26T18:52:33.5+00:00</updated>');
    expect(text).toContain('A &amp; &lt;b&gt; &quot;bold&quot; ]]&gt;');
  });
});

describe('sitemaps', () => {
  const read = (path: string, size?: number): string =>
    String(sitemapFiles(catalog, size).find((file) => file.path === path)?.contents);

  test('list published versions with the times of their manifests, and nothing withdrawn', () => {
    const listed = [...read('sitemaps/versions.xml').matchAll(/<loc>(.*?)<\/loc><lastmod>(.*?)</g)];
    const expected = catalog.dandisets.flatMap(({ number, published }) =>
      published
        .filter(({ status }) => status === 'published')
        .map(({ version, manifest }) => [
          `${SITE}dandiset/${number}/${version}/`,
          manifest?.datePublished,
        ]),
    );
    expect(listed.map(([, loc, time]) => [loc, time])).toEqual(expected);
    expect(expected.length).toBeGreaterThan(8);
  });

  test('a Dandiset changes with a withdrawal too', () => {
    const date = catalog.byNumber.get('000003')?.records.withdrawals.get('0.240507.1200')?.date;
    const newest = catalog.byNumber.get('000003')?.newest?.manifest?.datePublished;
    const times = [toTimestamp(date), toTimestamp(newest)].map((time) => Date.parse(time ?? ''));
    const lastmod = /000003\/<\/loc><lastmod>(.*?)</.exec(read('sitemaps/dandisets.xml'))?.[1];
    expect(Date.parse(lastmod ?? '')).toBe(Math.max(...times));
  });

  test('a mirror has none, as its pages must not be indexed', () => {
    const archive = { ...catalog.archive, archiveOfRecord: 'https://dandiarchive.org/' };
    const files = sitemapFiles({ ...catalog, archive });
    expect(files.map(({ path }) => path)).toEqual(['robots.txt']);
    expect(String(files[0]?.contents)).not.toContain('Sitemap');
  });

  test('are cut at their limit, and the index and robots.txt name all of them', () => {
    const files = sitemapFiles(catalog, 3).filter(({ path }) => path.startsWith('sitemaps/'));
    for (const { contents } of files) {
      expect(String(contents).split('<loc>').length - 1).toBeLessThanOrEqual(3);
    }
    const index = read('sitemap-index.xml', 3);
    expect([...index.matchAll(/<loc>(.*?)<\/loc>/g)].map((m) => m[1])).toEqual(
      files.map(({ path }) => SITE + path),
    );
    expect(files.length).toBeGreaterThan(5);
    expect(read('robots.txt')).toContain(`\nSitemap: ${SITE}sitemap-index.xml\n`);
  });
});

test.each([
  ['2025-01-14', '2025-01-14T00:00:00Z'],
  ['2025-01-14T10:02:00.123456+00:00', '2025-01-14T10:02:00.123456+00:00'],
  ['2021-08-13T03:27:00.667044', '2021-08-13T03:27:00.667044Z'],
  ['2025-13-14', undefined],
  ['2025-01-14 10:02', undefined],
  ['yesterday', undefined],
])('the time of a record %s', (text, time) => {
  expect(toTimestamp(text)).toBe(time);
});
