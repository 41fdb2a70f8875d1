// The search page over the corpus in a browser: queries whose words must follow each other, which
// only the full text knows, against a reference that reads the records alone; and what a first
// search transfers.

import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readings } from '../../src/core/search/text-search.ts';
import { parseQuery } from '../../src/core/search/query.ts';
import { browser as browserPart, launchBrowser } from '../../src/testing/browser.ts';
import { builtSite, type BuiltSite } from '../../src/testing/built-site.ts';
import { corpusFolder, importedCorpus } from '../../src/testing/corpus.ts';
import { describeWith, repository } from '../../src/testing/needed-part.ts';
import { python } from '../../src/testing/python.ts';
import { runProgram } from '../../src/testing/run-cli.ts';
import { shared } from '../../src/testing/shared.ts';

interface Golden {
  query: string;
  expected: string[];
  isExact: boolean;
}

const FIRST_SEARCH_BYTES = 150_000;

describeWith([shared, python, browserPart], 'the search page over the corpus', () => {
  let browser: Browser;
  let site: BuiltSite;

  beforeAll(async () => {
    [browser, site] = await Promise.all([
      launchBrowser(),
      importedCorpus().then((content) => builtSite({ content })),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** All that a query finds, in order, as the page hands it out. */
  async function found(page: Page, query: string): Promise<string[]> {
    // Every result replaces what stands there, an empty one too.
    await page.locator('[data-files]').evaluate((place) => place.replaceChildren('of before'));
    await page.fill('#search-words', query);
    await page.locator('[data-files]', { hasText: 'of before' }).waitFor({ state: 'detached' });
    const all = page.locator('[data-files] [data-copy]');
    if ((await all.count()) === 0) return [];
    return ((await all.getAttribute('data-copy')) ?? '')
      .split('\n')
      .map((identifier) => identifier.split(':')[1] ?? '');
  }

  test('phrases, DOIs and ORCIDs find all they must', async () => {
    const script = path.join(repository, 'tests', 'conformance', 'search_reference.py');
    const run = await runProgram(python.path, [script, corpusFolder]);
    expect(run.stderr).toBe('');
    const phrases = (JSON.parse(run.stdout) as Golden[]).filter(({ query }) =>
      parseQuery(query).terms.some((term) => readings(term).some(({ isPhrase }) => isPhrase)),
    );
    expect(phrases.length).toBeGreaterThan(30);
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${site.url}search/`, { waitUntil: 'networkidle' });
    const missed: unknown[] = [];
    for (const { query, expected, isExact } of phrases) {
      const numbers = await found(page, query);
      const absent = expected.filter((number) => !numbers.includes(number));
      if (absent.length > 0) missed.push({ query, absent });
      if (isExact && numbers[0] !== expected[0]) missed.push({ query, first: numbers[0] });
    }
    expect(missed).toEqual([]);
    await page.context().close();
  });

  test('a first search with nothing in the cache transfers little', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    let [bytes, requests] = [0, 0];
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests += 1;
    });
    await page.goto(`${site.url}search/?q=hippocampus`, { waitUntil: 'networkidle' });
    expect(await page.locator('[data-results] .excerpt mark').count()).toBeGreaterThan(0);
    expect(requests).toBeGreaterThan(5);
    expect(bytes).toBeLessThanOrEqual(FIRST_SEARCH_BYTES);
    await context.close();
  });
});
