// The search page over the corpus in a browser: queries whose words must follow each other, which only the
// full text can answer, and the counts next to values, compared with references that read the records alone;
// and what a first search transfers.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readings } from '../../src/core/search/text-search.ts';
import { parseQuery } from '../../src/core/search/query.ts';
import { isSearchPart, PACKS_FILE, type Packs } from '../../src/site/offline/pack.ts';
import { browser as browserPart, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { corpusFolder, importedCorpus } from '../support/records/corpus.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';
import { Chance } from '../../demo/signal.ts';
import { KnownArchive } from '../conformance/facet-combinations.ts';

interface Golden {
  query: string;
  expected: string[];
  isExact: boolean;
}

/** What is found among Dandisets, and with the pages of the site, whose engine is loaded last. */
const FIRST_SEARCH_BYTES = { hippocampus: 120_000, 'neuropixels mouse': 120_000, embargo: 200_000 };

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

  /**
   * Everything found after an action that changes the result, in order, as the page offers it for download.
   */
  async function foundAfter(page: Page, act: () => Promise<void>): Promise<string[]> {
    // Every result replaces the current one, even an empty one.
    await page.locator('[data-files]').evaluate((place) => place.replaceChildren('of before'));
    await act();
    await page.locator('[data-files]', { hasText: 'of before' }).waitFor({ state: 'detached' });
    const all = page.locator('[data-files] [data-copy]');
    if ((await all.count()) === 0) return [];
    return ((await all.getAttribute('data-copy')) ?? '')
      .split('\n')
      .map((identifier) => identifier.split(':')[1] ?? '');
  }
  const found = (page: Page, query: string): Promise<string[]> =>
    foundAfter(page, () => page.fill('#search-words', query));

  test('phrases, DOIs and ORCIDs find all they must', async () => {
    const script = path.join(repository, 'tests', 'conformance', 'search_reference.py');
    const run = await runProgram(python.path, [script, corpusFolder]);
    expect(run.stderr).toBe('');
    const phrases = new Map<string, Golden>();
    for (const golden of JSON.parse(run.stdout) as Golden[]) {
      const meant = parseQuery(golden.query).terms.map(readings);
      // `10.1/x` and `https://doi.org/10.1/x` are the same to the full text.
      if (meant.flat().some(({ isPhrase }) => isPhrase)) phrases.set(JSON.stringify(meant), golden);
    }
    expect(phrases.size).toBeGreaterThan(30);
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${site.url}search/`, { waitUntil: 'networkidle' });
    const missed: unknown[] = [];
    for (const { query, expected, isExact } of phrases.values()) {
      const numbers = await found(page, query);
      const absent = expected.filter((number) => !numbers.includes(number));
      if (absent.length > 0) missed.push({ query, absent });
      if (isExact && numbers[0] !== expected[0]) missed.push({ query, first: numbers[0] });
    }
    expect(missed).toEqual([]);
    await page.context().close();
  });

  test('the counts shown are those of a filter over the records, and of the results they lead to', async () => {
    const known = await KnownArchive.ofCorpus();
    const chance = new Chance(11);
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${site.url}search/`, { waitUntil: 'networkidle' });
    await page
      .locator('details.facet')
      .evaluateAll((lists) => lists.forEach((list) => list.setAttribute('open', '')));
    await page.locator('[data-facet=contributor] input[type=checkbox]').first().waitFor();
    const shown = (): Promise<[facet: string, value: string, count: string][]> =>
      page
        .locator('[data-facet] li')
        .evaluateAll((items) =>
          items.map((item) => [
            item.closest<HTMLElement>('[data-facet]')?.dataset['facet'] ?? '',
            item.querySelector('input')?.dataset['value'] ?? '',
            item.querySelector('.count')?.textContent ?? '',
          ]),
        );
    const status = page.locator('[data-status]');
    let values = 0;
    for (let round = 0; round < 12; round += 1) {
      const combination = known.combination(chance);
      const expected = known.numbers.filter((number) => combination.holds(number));
      expect((await found(page, combination.query)).sort()).toEqual(expected);
      expect(await status.innerText()).toBe(`${expected.length} of 295 Dandisets found.`);
      const wrong: unknown[] = [];
      const offered = await shown();
      for (const [facet, value, count] of offered) {
        const chosen = combination.chosen.get(facet);
        const isMore = chosen?.has(value) === false;
        const size = known.countsOf(known.numbers, combination, facet).get(value) ?? 0;
        if (count !== `${isMore ? '+' : ''}${size}`) wrong.push({ facet, value, count, size });
      }
      expect(wrong, combination.query).toEqual([]);
      values += offered.length;
      // A click on any of them gives the number it shows.
      const next = offered.filter(
        ([facet, value]) => combination.chosen.get(facet)?.has(value) !== true,
      );
      const [facet, value, count] = next[chance.below(next.length)] ?? ['', '', ''];
      if (facet === '') continue;
      const size = Number(count) + (count.startsWith('+') ? expected.length : 0);
      const input = page.locator(`[data-facet=${facet}] input[data-value="${value}"]`);
      expect(await foundAfter(page, () => input.click())).toHaveLength(size);
      expect(await status.innerText()).toBe(`${size} of 295 Dandisets found.`);
    }
    expect(values).toBeGreaterThan(200);
    await page.context().close();
  });

  test.each(Object.entries(FIRST_SEARCH_BYTES))(
    'a first search for %s with nothing in the cache transfers little',
    async (words, most) => {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      let [bytes, requests] = [0, 0];
      session.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
        requests += 1;
      });
      await page.goto(`${site.url}search/?q=${encodeURIComponent(words)}`, {
        waitUntil: 'networkidle',
      });
      const marks = page.locator('[data-results] .excerpt mark, [data-pages] mark');
      await expect.poll(() => marks.count()).toBeGreaterThan(0);
      await page.waitForLoadState('networkidle');
      console.log(`${words}: ${bytes} bytes in ${requests} requests`);
      expect(requests).toBeGreaterThan(5);
      expect(bytes).toBeLessThanOrEqual(most);
      await context.close();
    },
  );

  test('kept on a device, the search takes at most 2 kB a Dandiset', () => {
    const packs = path.join(site.dist, PACKS_FILE);
    const { parts } = JSON.parse(readFileSync(packs, 'utf8')) as Packs;
    const bytes = parts.filter(isSearchPart).reduce((sum, one) => sum + one.bytes, 0);
    console.log(`kept on a device: ${bytes} bytes`);
    expect(bytes / 295).toBeLessThanOrEqual(2000);
  });
});
