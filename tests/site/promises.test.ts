// What must never change, written out: addresses, names and identifiers that are in papers. Lines here are
// only ever added. Changing one is about to break somebody's citation.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatSitePath, parseDandiAddress } from '../../src/core/identifiers/dandi-address.ts';
import { MANIFEST_SCHEMA } from '../../src/core/records/manifest.ts';
import { formatState, parseState } from '../../src/site/files/file-state.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { tagsOf } from '../support/sites/html.ts';

let site: BuiltSite;
beforeAll(async () => {
  site = await builtSite({ content: demoContent });
});
afterAll(() => site?.close());

const read = (name: string): string => readFileSync(path.join(site.dist, name), 'utf8');

/** Pages of the demo by their addresses. */
const PAGES = [
  '/',
  '/dandiset/',
  '/search/',
  '/search/recordings/',
  '/offline/',
  '/submit/',
  '/submissions/',
  '/dandiset/000001/',
  '/dandiset/000001/draft/',
  '/dandiset/000001/0.250114.1002/',
  '/dandiset/000001/0.250114.1002/files/',
  '/dandiset/000001/0.250318.0930/',
  '/dandiset/000001/0.250702.1411/',
  '/dandiset/000001/versions/',
  '/dandiset/000001/compare/',
  '/dandiset/000002/0.250220.1645/',
  '/dandiset/000003/0.240507.1200/',
  '/dandiset/000003/0.240528.1530/',
  '/dandiset/000008/0.260203.1620/',
  '/dandiset/000010/',
  '/dandiset/000010/draft/',
  '/handbook/',
  '/handbook/identifiers/',
  '/handbook/limits/',
  '/person/',
  '/species/',
  '/approach/',
  '/technique/',
  '/standard/',
  '/licence/',
  '/funder/',
];

/** Files that harvesters and programs know by name. */
const FILES = [
  '/feed.atom',
  '/cli/dandiset.tgz',
  '/cli/dandiset.tgz.sha256',
  '/dandiset/000001/feed.atom',
  '/feed.json',
  '/dandiset/000001/feed.json',
  '/dandiset/000001/0.250114.1002/sha256sums.txt',
  '/dandiset/000001/0.250114.1002/files.sha256',
  '/sitemap-index.xml',
  '/robots.txt',
  '/api-catalog.json',
  '/search/dandisets.csv',
  '/search/dandisets.csv-metadata.json',
  '/search/dandisets.json',
  '/search/dandisets.schema.json',
  '/search/versions.parquet',
  '/search/recordings.parquet',
  '/search/recordings/index.json',
  '/archive.json',
  '/sw.js',
  '/.well-known/api-catalog',
  '/server-info',
  '/api/openapi.json',
  '/api/schemas/PublishedDandiset.json',
];

/** Documents of the API, as DANDI's has them. */
const API = [
  '/api/info/',
  '/api/stats/',
  '/api/schemas/available/',
  '/api/dandisets/',
  '/api/dandisets/000001/',
  '/api/dandisets/000001/versions/',
  '/api/dandisets/000001/versions/draft/',
  '/api/dandisets/000001/versions/0.250114.1002/',
  '/api/dandisets/000001/versions/0.250114.1002/info/',
  '/api/dandisets/000001/versions/0.250114.1002/assets/',
  '/api/dandisets/000001/versions/0.250114.1002/assets/paths/',
];

/** Names of the frozen files of a published version. */
const FROZEN = ['assets.jsonl', 'dandiset.json', 'manifest.json'];

describe('addresses', () => {
  test.each(PAGES)('%s is a page, with and without the slash', async (address) => {
    const url = new URL(address, site.url);
    const page = await fetch(url, { redirect: 'manual' });
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    await page.text();
    const without = await fetch(url.href.replace(/\/$/, ''));
    expect([without.status, without.url]).toEqual([200, url.href]);
    await without.text();
  });

  test.each(FILES)('%s is a file', async (address) => {
    expect((await fetch(new URL(address, site.url), { redirect: 'manual' })).status).toBe(200);
  });

  test.each(API)('%s is a document, with and without the slash', async (address) => {
    const url = new URL(address, site.url);
    for (const asked of [url.href, url.href.replace(/\/$/, '')]) {
      const answer = await fetch(asked);
      expect([answer.status, answer.headers.get('content-type'), answer.url]).toEqual([
        200,
        'application/json',
        url.href,
      ]);
      await answer.json();
    }
  });

  test('a version is known by its own address, a Dandiset by its own', () => {
    const canonical = (page: string): string | undefined =>
      tagsOf(read(page))
        .find(({ attributes }) => attributes.get('rel') === 'canonical')
        ?.attributes.get('href');
    for (const page of [
      'dandiset/000001/',
      'dandiset/000001/0.250114.1002/',
      'dandiset/000003/0.240507.1200/',
    ]) {
      expect(canonical(`${page}index.html`)).toBe(`https://dandi-demo.example/${page}`);
    }
  });
});

describe('frozen files', () => {
  test('keep their names and their bytes next to the page', () => {
    for (const version of ['000001/0.250114.1002', '000003/0.240507.1200']) {
      const frozen = path.join(demoContent, 'dandisets', '000', version);
      for (const name of FROZEN) {
        const served = readFileSync(path.join(site.dist, 'dandiset', version, name));
        expect(served.equals(readFileSync(path.join(frozen, name))), `${version}/${name}`).toBe(
          true,
        );
      }
    }
  });

  test('the digest of the first version is the one on its page', () => {
    const manifest = readFileSync(
      path.join(site.dist, 'dandiset/000001/0.250114.1002/manifest.json'),
    );
    const digest = createHash('sha256').update(manifest).digest('hex');
    expect(read('dandiset/000001/0.250114.1002/index.html')).toContain(digest);
  });

  test('the schema of manifests is the one they were written in', () => {
    expect(MANIFEST_SCHEMA).toBe('dandi-archive-manifest/1');
  });
});

describe('meanings', () => {
  test('draft is the draft, latest the newest version that is not withdrawn', () => {
    expect(read('dandiset/000001/latest/index.html')).toContain(
      'url=/dandiset/000001/0.250702.1411/',
    );
    expect(read('dandiset/000003/latest/index.html')).toContain(
      'url=/dandiset/000003/0.240528.1530/',
    );
    expect(read('dandiset/000010/latest/index.html')).toContain('url=/dandiset/000010/draft/');
    expect(existsSync(path.join(site.dist, 'dandiset/000001/draft/manifest.json'))).toBe(false);
  });

  test('numbers have six digits', () => {
    expect(read('000001/index.html')).toContain('url=/dandiset/000001/');
    expect(formatSitePath(parseDandiAddress('/1', { prefix: 'DANDI' })!)).toBe('dandiset/000001/');
  });

  test('entries of feeds keep their ids', () => {
    const feed = read('dandiset/000003/feed.atom');
    for (const id of [
      'tag:dandi-demo.example,2024-05-07:DEMO-DANDI:000003/0.240507.1200',
      'tag:dandi-demo.example,2024-05-07:DEMO-DANDI:000003/0.240507.1200/withdrawn',
      'tag:dandi-demo.example,2024-05-28:DEMO-DANDI:000003/0.240528.1530',
    ]) {
      expect(feed).toContain(`<id>${id}</id>`);
    }
  });

  test('the file browser keeps its parameters', () => {
    for (const query of ['?location=sub-01/', '?location=sub-01/sub-01_ecephys.nwb']) {
      expect(formatState(parseState(query))).toBe(query);
    }
  });
});

/** Spelling → page; the grammar may only grow. */
const GRAMMAR: [text: string, page: string][] = [
  ['DANDI:000004', 'dandiset/000004/'],
  ['dandi:4', 'dandiset/000004/'],
  ['DANDI:000004/0.220126.1852', 'dandiset/000004/0.220126.1852/'],
  ['DANDI:000004@0.220126.1852', 'dandiset/000004/0.220126.1852/'],
  ['DANDI%3A000004%2Fdraft', 'dandiset/000004/draft/'],
  ['000004', 'dandiset/000004/'],
  ['4/latest', 'dandiset/000004/latest/'],
  ['/dandiset/000004', 'dandiset/000004/'],
  [
    '/dandiset/000004/draft/files?location=sub-01/a.nwb',
    'dandiset/000004/draft/files/?location=sub-01/a.nwb',
  ],
  ['#/dandiset/000004/draft', 'dandiset/000004/draft/'],
  ['https://archive.example/dandiset/000004/', 'dandiset/000004/'],
  ['https://archive.example/api/dandisets/000004/versions/draft/', 'dandiset/000004/draft/'],
  ['https://identifiers.org/DANDI:000004/0.220126.1852', 'dandiset/000004/0.220126.1852/'],
  ['https://doi.org/10.48324/dandi.000004/0.220126.1852', 'dandiset/000004/0.220126.1852/'],
  ['dandi://DANDI/000004@draft/sub-01/', 'dandiset/000004/draft/files/?location=sub-01/'],
];

test.each(GRAMMAR)('%s is understood', (text, page) => {
  const address = parseDandiAddress(text, {
    prefix: 'DANDI',
    site: 'https://archive.example/',
    doiPrefix: '10.48324',
  });
  expect(address && formatSitePath(address)).toBe(page);
});
