// Odd pages of the corpus in a browser.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAt } from '../site/look-at-pages.ts';
import { describeWith } from '../support/needed-part.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { shared } from '../support/shared.ts';
import { browser as browserPart, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';

/** The corpus' odd ones: the longest page, placeholders, absent lists, many files, test data. */
const CORPUS_PAGES = [
  'dandiset/',
  'dandiset/000402/',
  'dandiset/000402/draft/files/',
  'dandiset/000029/versions/',
  'dandiset/000108/',
  'dandiset/000108/draft/files/',
  'dandiset/000217/',
  'dandiset/000951/',
  'person/',
];

/** An old version, an empty draft and a draft without a list, found in the records. */
function foundInCorpus(content: string): string[] {
  const dandisets = path.join(content, 'dandisets');
  const folders = readdirSync(dandisets, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'dandiset.json')
    .map((name) => path.dirname(name));
  const list = (folder: string): string => path.join(dandisets, folder, 'assets.jsonl');
  const drafts = folders.filter((folder) => folder.endsWith('draft'));
  const found = [
    folders.find((folder) => folder.includes('000029') && !folder.endsWith('draft')),
    drafts.find((folder) => existsSync(list(folder)) && readFileSync(list(folder)).length === 0),
    drafts.find((folder) => !existsSync(list(folder))),
  ];
  return found.map((folder) => `dandiset/${folder!.split(path.sep).slice(1).join('/')}/`);
}

describeWith([browserPart, shared], 'pages of the corpus archive', () => {
  let browser: Browser;
  let site: BuiltSite;
  let content: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    content = await importedCorpus();
    site = await builtSite({ content });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('are accessible, narrow, still, silent, and contact nobody else', async () => {
    const pages = [...CORPUS_PAGES, ...foundInCorpus(content)];
    const stores = ['https://dandiarchive.s3.amazonaws.com'];
    expect(await lookAt(browser, site, pages, stores)).toEqual([]);
  });
});
