// Feeds and sitemaps of real records: well-formed, complete, and with the times that the records
// themselves give, read here from the files.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { loadCatalog, type Catalog } from '../../src/site/catalog/catalog.ts';
import { feedFiles } from '../../src/site/feeds/feeds.ts';
import { hostRules } from '../../src/site/hosting/host-rules.ts';
import { sitemapFiles } from '../../src/site/feeds/sitemaps.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { shared } from '../support/shared.ts';
import { parseXml, textsOf, type XmlElement } from '../support/sites/strict-xml.ts';

/** Early records leave the offset out; DANDI's times are UTC. */
const inUtc = (time: string): string => (/(Z|\+\d\d:\d\d)$/.test(time) ? time : `${time}Z`);

describeWith(shared, 'feeds and sitemaps of the corpus', () => {
  /** An import is a copy; as an original archive it would be harvested. */
  let copy: Catalog;
  let catalog: Catalog;
  /** `000003/0.210812.1448` → the time its record gives. */
  let published: Map<string, string>;

  beforeAll(async () => {
    const content = await importedCorpus();
    const dandisets = path.join(content, 'dandisets');
    const records = readdirSync(dandisets, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\/0\.\d{6}\.\d{4}\/dandiset\.json$/.test(name),
    );
    published = new Map(
      records.map((name) => {
        const record = JSON.parse(readFileSync(path.join(dandisets, name), 'utf8')) as {
          datePublished: string;
        };
        return [path.dirname(name).split('/').slice(-2).join('/'), inUtc(record.datePublished)];
      }),
    );
    copy = await loadCatalog({
      tree: folderTree(content),
      base: '/',
      readStoredList: async () => undefined,
    });
    const archive = { ...copy.archive };
    delete archive.archiveOfRecord;
    catalog = { ...copy, archive };
  });

  const versionOf = (address: string): string =>
    /\/dandiset\/(\d{6}\/[^/]+)\/$/.exec(address)?.[1] ?? address;
  const hrefOf = (entry: XmlElement): string =>
    entry.children.find(({ name }) => name === 'link')?.attributes.get('href') ?? '';

  test('each Dandiset has a feed; together they hold each version once, at its time', () => {
    const feeds = [...feedFiles(catalog)].filter(({ path: name }) => name.endsWith('/feed.atom'));
    expect(feeds).toHaveLength(catalog.dandisets.length);
    const entries = feeds
      .flatMap(({ contents }) => parseXml(String(contents)).children)
      .filter(({ name }) => name === 'entry');
    const found = entries.map((entry) => [
      versionOf(hrefOf(entry)),
      textsOf(entry, 'published')[0],
    ]);
    expect(found.sort()).toEqual([...published].sort());
    const ids = entries.flatMap((entry) => textsOf(entry, 'id'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(published.size).toBeGreaterThan(150);
  });

  test('the sitemap of versions holds the same', () => {
    const file = sitemapFiles(catalog).find(({ path: name }) => name === 'sitemaps/versions.xml');
    const found = parseXml(String(file?.contents)).children.map((url) => [
      versionOf(textsOf(url, 'loc')[0] ?? ''),
      textsOf(url, 'lastmod')[0],
    ]);
    expect(found.sort()).toEqual([...published].sort());
  });

  test('a copy has no sitemap of its own', () => {
    expect(sitemapFiles(copy).map(({ path: name }) => name)).toEqual(['robots.txt']);
  });

  test('rule files stay within the limits of their hosts', () => {
    const text = String(
      hostRules(catalog).find(({ path: name }) => name === '_redirects')?.contents,
    );
    const rules = text.split('\n').filter((line) => line.startsWith('/'));
    const dynamic = rules.filter((rule) => /^\S*(\*|:[A-Za-z])/.test(rule));
    expect(dynamic.length).toBeLessThanOrEqual(100);
    expect(rules.length - dynamic.length).toBeLessThanOrEqual(2000);
  });
});
