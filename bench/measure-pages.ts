// What pages weigh, and how soon they are painted on a slow phone.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright';
import { launchBrowser } from '../tests/support/sites/browser.ts';
import { serveSite, type SiteOptions } from '../tests/support/sites/built-site.ts';
import { PageScale, type PageWeight } from '../tests/support/sites/page-weight.ts';
import { median } from './measure-builds.ts';

export interface PageMeasure extends PageWeight {
  what: string;
  address: string;
  /** First contentful paint in seconds, median of five; NaN without a browser. */
  firstPaint: number;
}

const KB_PER_SECOND = 1000 / 8;
/** Slow 4G as Lighthouse defines it. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 1600 * KB_PER_SECOND,
  uploadThroughput: 750 * KB_PER_SECOND,
};
export const CPU_SLOWDOWN = 4;
const PAINTS = 5;

/** A page on a slow phone, in its own context with an empty cache, and the metrics its browser reports. */
export async function slowPage(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<{ page: Page; devtools: CDPSession }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  return { page, devtools };
}

async function firstPaint(browser: Browser, address: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < PAINTS; run += 1) {
    const { page } = await slowPage(browser, { viewport: { width: 390, height: 844 } });
    await page.goto(address, { waitUntil: 'load' });
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            const paint = list.getEntriesByName('first-contentful-paint')[0];
            if (paint !== undefined) resolve(paint.startTime);
          }).observe({ type: 'paint', buffered: true });
        }),
    );
    times.push(painted / 1000);
    await page.context().close();
  }
  return median(times);
}

/** The pages of one kind in a site, by file, the heaviest last. */
function heaviestLast(scale: PageScale, files: readonly string[]): string[] {
  return [...files].sort((a, b) => scale.weigh(a).bytes - scale.weigh(b).bytes);
}

/** Weighs and paints the most visited pages; `hasBrowser` false skips painting. */
export async function measurePages(
  dist: string,
  options: SiteOptions,
  hasBrowser: boolean,
): Promise<PageMeasure[]> {
  const scale = new PageScale(dist);
  const all = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'index.html')
    .map((name) => name.split(path.sep).join('/'));
  const versions = heaviestLast(
    scale,
    all.filter((name) => /^dandiset\/\d{6}\/0\.[\d.]+\/index\.html$/.test(name)),
  );
  const files = heaviestLast(
    scale,
    all.filter((name) => /^dandiset\/\d{6}\/[^/]+\/files\/index\.html$/.test(name)),
  );
  const middle = (list: string[]): string | undefined => list[Math.floor(list.length / 2)];
  const chosen: [what: string, file: string | undefined][] = [
    ['home', 'index.html'],
    ['list', 'dandiset/index.html'],
    ['version, median', middle(versions)],
    ['version, heaviest', versions.at(-1)],
    ['files, median', middle(files)],
    ['files, heaviest', files.at(-1)],
  ];
  const site = await serveSite(dist, options);
  const browser = hasBrowser ? await launchBrowser() : undefined;
  const measures: PageMeasure[] = [];
  for (const [what, file] of chosen) {
    if (file === undefined) continue;
    const address = file.replace(/index\.html$/, '');
    const paint = browser === undefined ? NaN : await firstPaint(browser, site.url + address);
    measures.push({ what, address: `/${address}`, ...scale.weigh(file), firstPaint: paint });
  }
  await browser?.close();
  await site.close();
  return measures;
}
