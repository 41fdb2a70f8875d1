// What a search costs the reader, on slow 4G with a four times slower CPU and an empty cache: with this
// archive's page, and with Pagefind's own interface over the same texts.

import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { launchBrowser } from '../tests/support/sites/browser.ts';
import { serveSite, type SiteOptions } from '../tests/support/sites/built-site.ts';
import { median } from './measure-builds.ts';
import { slowPage } from './measure-pages.ts';
import { measureSearchBuild, type SearchBuild } from './measure-search-build.ts';
import { writePagefindInterface } from './pagefind-interface.ts';

export interface SearchCost {
  who: 'this archive' | 'Pagefind';
  /** From opening an address with a query to its results. */
  opened: { milliseconds: number; bytes: number; requests: number };
  /** From the first words typed into a loaded page to results, and from one more key. */
  typed: number;
  key: number;
}
export interface SearchMeasure extends SearchBuild {
  costs: SearchCost[];
}

interface Interface {
  who: SearchCost['who'];
  address: string;
  input: string;
  results: string;
  /** The element that is rewritten with each result. */
  rewritten: string;
  /** The element that names the query, where old results may still be shown. */
  message?: string;
}

const INTERFACES: Interface[] = [
  {
    who: 'this archive',
    address: 'search/',
    input: '#search-words',
    results: '[data-results] a.name',
    rewritten: '[data-results]',
  },
  {
    who: 'Pagefind',
    address: 'own-pagefind/',
    input: '.pagefind-ui__search-input',
    results: '.pagefind-ui__result-link',
    rewritten: '#search',
    message: '.pagefind-ui__message',
  },
];

const WORDS = 'hippocampus';
/** Typed before, so that one more key gives other results. */
const BEFORE = 'calciu';
const WITHOUT_WORKER = { serviceWorkers: 'block' } as const;

async function openWithWords(
  browser: Browser,
  url: string,
  { address, results }: Interface,
): Promise<SearchCost['opened']> {
  const { page, devtools } = await slowPage(browser, WITHOUT_WORKER);
  let [bytes, requests] = [0, 0];
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.goto(`${url}${address}?q=${WORDS}`, { waitUntil: 'commit' });
  await page.waitForSelector(results, { timeout: 120_000 });
  const milliseconds = await page.evaluate(() => performance.now());
  // Excerpts are part of the search.
  await page.waitForLoadState('networkidle');
  await page.context().close();
  return { milliseconds, bytes, requests };
}

/** Milliseconds from words put into the field to the frame that shows their results. */
async function timeOf(page: Page, words: string, one: Interface): Promise<number> {
  await page.evaluate(({ input, results, rewritten, message }) => {
    const field = document.querySelector<HTMLInputElement>(input);
    const isShown = (): boolean => {
      const said = message === undefined ? undefined : document.querySelector(message);
      const isOfWords =
        said === undefined ||
        (/^\d/.test(said?.textContent.trim() ?? '') &&
          said?.textContent.includes(field?.value ?? '') === true);
      return isOfWords && document.querySelector(results) !== null;
    };
    const time = new Promise<number>((resolve) => {
      field?.addEventListener(
        'input',
        () => {
          const start = performance.now();
          new MutationObserver((_, observer) => {
            if (!isShown()) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
          }).observe(document.querySelector(rewritten) ?? document.body, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        },
        { once: true, capture: true },
      );
    });
    Object.assign(globalThis, { time });
  }, one);
  await page.keyboard.insertText(words);
  return page.evaluate(() => (globalThis as unknown as { time: Promise<number> }).time);
}

async function typeWords(
  browser: Browser,
  url: string,
  one: Interface,
): Promise<[typed: number, key: number]> {
  const { page } = await slowPage(browser, WITHOUT_WORKER);
  page.setDefaultTimeout(120_000);
  await page.goto(`${url}${one.address}`, { waitUntil: 'networkidle' });
  await page.focus(one.input);
  const typed = await timeOf(page, BEFORE, one);
  await page.waitForLoadState('networkidle');
  const key = await timeOf(page, 'm', one);
  await page.context().close();
  return [typed, key];
}

async function costOf(
  browser: Browser,
  url: string,
  one: Interface,
  runs: number,
): Promise<SearchCost> {
  const opened: SearchCost['opened'][] = [];
  const typed: [number, number][] = [];
  for (let run = 0; run < runs; run += 1) {
    opened.push(await openWithWords(browser, url, one));
    typed.push(await typeWords(browser, url, one));
  }
  const middle = (key: keyof SearchCost['opened']): number => median(opened.map((it) => it[key]));
  return {
    who: one.who,
    opened: {
      milliseconds: middle('milliseconds'),
      bytes: middle('bytes'),
      requests: middle('requests'),
    },
    typed: median(typed.map(([first]) => first)),
    key: median(typed.map(([, following]) => following)),
  };
}

/**
 * Measures the search of one archive. `source` is its content folder or a number of synthetic Dandisets; the
 * page that searches is that of a built site. `hasBrowser` false measures only the build.
 */
export async function measureSearch(
  order: { archive: string; source: string; cache: string; runs: number },
  site: { dist: string; options: SiteOptions },
  hasBrowser: boolean,
): Promise<SearchMeasure> {
  const folder = path.join(order.cache, 'search');
  const build = await measureSearchBuild(order.archive, order.source, folder);
  if (!hasBrowser) return { ...build, costs: [] };
  for (const name of ['_astro', 'favicon.svg', 'index.html', 'search/index.html', 'pagefind'])
    cpSync(path.join(site.dist, name), path.join(folder, name), { recursive: true });
  const own = path.join(folder, 'own-pagefind');
  mkdirSync(own, { recursive: true });
  await writePagefindInterface(path.join(folder, 'documents.json'), own);
  const served = await serveSite(folder, site.options);
  const browser = await launchBrowser();
  const costs: SearchCost[] = [];
  for (const one of INTERFACES) costs.push(await costOf(browser, served.url, one, order.runs));
  await browser.close();
  await served.close();
  return { ...build, costs };
}
