// The site without a network: what was visited, what is saved, and what happens when the site changes.

import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../src/adapters/content-files/read-archive.ts';
import { redactedRecord } from '../../src/core/publishing/redact-version.ts';
import { writeOfflineFiles } from '../../src/site/offline/offline-files.ts';
import { isPacked } from '../../src/site/offline/pack.ts';
import { removingWorker } from '../../src/site/offline/worker-script.ts';
import { browser as browserPart, launchBrowser } from '../support/sites/browser.ts';
import {
  buildInto,
  builtSite,
  cacheFolder,
  demoContent,
  serveSite,
  type BuiltSite,
} from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { switchableHost, type SwitchableHost } from '../support/hosts/switchable-host.ts';
import { axeFaults, sidewaysFaults } from './visit.ts';

const VISITED = 'dandiset/000001/';
const UNVISITED = 'dandiset/000003/0.240528.1530/';
/** Is removed by law in the next build. */
const REDACTED = UNVISITED;
const NOTE = '#offline-note';

/** Waits until the worker controls the page, and has stored what the page loaded before. */
async function controlled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null)
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
  });
}

const cacheNames = (page: Page): Promise<string[]> => page.evaluate(() => caches.keys());

/** Waits for a condition that only the page can report. */
async function until(
  page: Page,
  isSo: (argument: string) => Promise<boolean>,
  argument = '',
): Promise<void> {
  await expect.poll(() => page.evaluate(isSo, argument), { timeout: 30_000 }).toBe(true);
}

/** Waits until a page that was visited is stored. */
async function stored(page: Page, address: string): Promise<void> {
  await until(page, async (url) => (await caches.match(url)) !== undefined, address);
}

async function keep(page: Page, url: string): Promise<void> {
  await page.goto(`${url}offline/`);
  await page.getByRole('button', { name: 'Keep this archive offline' }).click();
  await page.getByText('Done: all pages').waitFor();
}

/** Replaces what a version says by a notice, as a redaction does. */
function redact(dandiset: string): void {
  const version = '0.240528.1530';
  const folder = path.join(dandiset, version);
  const identifier = 'DEMO-DANDI:000003';
  const published = { identifier, version, datePublished: '2024-05-28T15:30:00Z' };
  writeFileSync(
    path.join(folder, 'dandiset.json'),
    redactedRecord({ ...published, notice: 'Taken away by law.' }),
  );
  rmSync(path.join(folder, 'assets.jsonl'));
  const file = path.join(dandiset, 'status.json');
  const status = JSON.parse(readFileSync(file, 'utf8')) as object;
  const redactions = { [version]: { reason: 'By law', date: '2024-06-01', by: 'a-curator' } };
  writeFileSync(file, JSON.stringify({ ...status, redactions }));
}

/**
 * A later build: one Dandiset is renamed, a version is redacted, and scripts have other contents and names.
 */
async function nextBuild(folder: string): Promise<string> {
  const content = path.join(folder, 'content');
  cpSync(demoContent, content, { recursive: true });
  const record = path.join(content, 'dandisets/000/000010/draft/dandiset.json');
  writeFileSync(record, readFileSync(record, 'utf8').replace(/"name": "/, '"name": "Renamed: '));
  redact(path.join(content, 'dandisets/000/000003'));
  const dist = path.join(folder, 'dist');
  await buildInto(dist, { content });
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((name) => /^_astro.*\.js$/.test(name));
  const renamed = (text: string): string =>
    scripts.reduce((all, name) => {
      const old = path.basename(name);
      return all.replaceAll(old, old.replace(/\.js$/, '.next.js'));
    }, text);
  for (const name of files.filter((one) => scripts.includes(one) || one.endsWith('.html'))) {
    const text = renamed(readFileSync(path.join(dist, name), 'utf8'));
    rmSync(path.join(dist, name));
    const isScript = scripts.includes(name);
    writeFileSync(path.join(dist, isScript ? renamed(name) : name), isScript ? `${text}\n` : text);
  }
  for (const name of files.filter((one) => one.endsWith('.pack'))) rmSync(path.join(dist, name));
  await writeOfflineFiles(dist, await readArchive(folderTree(content)), [REDACTED]);
  return dist;
}

const buildOf = (dist: string): string =>
  (JSON.parse(readFileSync(path.join(dist, 'offline/packs.json'), 'utf8')) as { build: string })
    .build;

/** A file without what the worker adds to it and packs leave out; the index as the search reads it. */
function plain(name: string, bytes: Buffer): string {
  if (isPacked(bytes)) return gunzipSync(bytes).toString('latin1');
  if (!name.endsWith('.html')) return bytes.toString('latin1');
  return bytes
    .toString()
    .replace(/<aside class="notice-line" id="offline-note".*?<\/aside>/s, '')
    .replace(/<script type="application\/ld\+json">.*?<\/script>/gs, '')
    .replace(/<meta (?:property="og:|name="twitter:)[^>]*>/g, '');
}

interface Load {
  /** The address of the page, and which of its loads it was. */
  page: string;
  file: string;
  /** Sites that have exactly this file. */
  dists: string[];
}

/** Records which builds the files are from that a page loads, each time it is opened. */
class BuildWatch {
  private readonly dists: string[];
  private readonly loads: Promise<Load[]>[] = [];
  private opened = 0;

  constructor(dists: string[]) {
    this.dists = dists;
  }

  watch(page: Page): void {
    let load = '';
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (response.request().isNavigationRequest()) load = `${pathname} (${(this.opened += 1)})`;
      // What a page opened earlier still loads.
      if (load === '') return;
      // The list of packs describes the host as it is now; the worker is not part of a page.
      if (response.status() !== 200 || /\/packs\.json$|\.pack$|\/sw\.js$/.test(pathname)) return;
      const file = decodeURIComponent(pathname.slice(1)).replace(/\/$|^$/, '$&index.html');
      const opened = load;
      this.loads.push(
        response.body().then(
          (body) => [{ page: opened, file, dists: this.having(file, body) }],
          () => [], // a page that was left before everything was loaded
        ),
      );
    });
  }

  private having(name: string, body: Buffer): string[] {
    return this.dists.filter((dist) => {
      const file = path.join(dist, name);
      return existsSync(file) && plain(name, readFileSync(file)) === plain(name, body);
    });
  }

  /** Pages whose files have no build in common, with the build of each file; and how many were checked. */
  async mixed(): Promise<{ mixed: string[]; loads: number }> {
    const loads = (await Promise.all(this.loads)).flat();
    const pages = Map.groupBy(loads, ({ page }) => page);
    const mixed = [...pages].filter(
      ([, files]) => !this.dists.some((dist) => files.every(({ dists }) => dists.includes(dist))),
    );
    return {
      loads: pages.size,
      mixed: mixed.map(([page, files]) => {
        const all = files.map(
          ({ file, dists }) => `${file}: ${dists.map((d) => this.dists.indexOf(d))}`,
        );
        return `${page} ${all.join(', ')}`;
      }),
    };
  }
}

describeWith(browserPart, 'offline use', () => {
  let browser: Browser;
  let site: BuiltSite;
  let host: SwitchableHost;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    [browser, site] = await Promise.all([launchBrowser(), builtSite({ content: demoContent })]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  beforeEach(async () => {
    host = await switchableHost(site);
    context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
    faults.length = 0;
    context.on('weberror', (error) => faults.push(error.error().message));
    page = await context.newPage();
    page.on('console', (message) => {
      // A browser itself logs that there is no network.
      if (message.type() === 'error' && !/ERR_|503|404/.test(message.text()))
        faults.push(message.text());
    });
    await page.goto(host.url);
    await controlled(page);
    await stored(page, host.url);
  });
  afterEach(async () => {
    await context?.close();
    await host?.close();
  });

  async function cut(): Promise<void> {
    await context.setOffline(true);
    await host.stop();
  }

  async function restore(): Promise<void> {
    await host.start();
    await context.setOffline(false);
  }

  const open = (address: string): Promise<number | undefined> =>
    page.goto(host.url + address).then((response) => response?.status());
  const note = (): Promise<string> => page.locator(NOTE).innerText();

  test('pages that were visited work, and say which day they are from', async () => {
    await open(VISITED);
    expect(await page.locator(NOTE).count()).toBe(0);
    const title = await page.title();
    await stored(page, host.url + VISITED);
    await cut();
    expect(await open(`${VISITED}?again`)).toBe(200);
    expect(await page.title()).toBe(title);
    expect(await note()).toMatch(/^Offline: this page is the copy of \d+ [A-Z][a-z]+ 20\d\d\./);
    expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
    // The first page was loaded before the worker existed.
    expect(await open('')).toBe(200);
    // An address without its slash redirects to the page.
    await open(VISITED.slice(0, -1));
    expect(page.url()).toBe(host.url + VISITED);

    expect(await open(UNVISITED)).toBe(503);
    expect(await note()).toContain('the page you asked for is not kept on this device');
    // The search has its page, but no index yet: reported, instead of showing no results.
    await open('search/?q=sleep');
    await page
      .getByText(/index could not be loaded/)
      .first()
      .waitFor();
    await restore();
    expect(await open(UNVISITED)).toBe(200);
    expect(await page.locator(NOTE).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('a saved copy makes every page and search work', async () => {
    await open('offline/');
    const state = page.locator('[data-part="state"]');
    await state.getByText('Keeping it transfers and stores').waitFor();
    expect(await state.innerText()).toMatch(
      /[\d.]+ [kM]B: [\d.]+ [kM]B for all pages, [\d.]+ [kM]B/,
    );
    expect(await axeFaults(page)).toEqual([]);
    await keep(page, host.url);
    await state.getByText('The archive is kept on this device').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await sidewaysFaults(page)).toEqual([]);
    await cut();

    for (const address of [
      UNVISITED,
      'dandiset/000002/draft/files/',
      'species/',
      'handbook/limits/',
      'person/',
    ]) {
      expect(await open(address), address).toBe(200);
      expect(await note(), address).toContain('the copy of the archive that this device keeps');
      expect(await page.locator('h1').count()).toBe(1);
    }
    // Forms of an identifier redirect to the page, as on a host without rules.
    await open('DEMO-DANDI:000002');
    await page.waitForURL(/dandiset\/000002\//);
    expect(await open('dandiset/999999/')).toBe(404);
    expect(await note()).toContain('has no such page');

    // Words that were never typed before.
    await open('search/?q=sleep');
    await page.locator('main a[href*="/dandiset/0"]').first().waitFor();
    await open('offline/');
    await state.getByText('The site cannot be reached just now').waitFor();
    expect(faults).toEqual([]);

    await restore();
    await open('offline/');
    await page.getByRole('button', { name: 'Remove everything' }).click();
    await page.getByText('Removed:').waitFor();
    expect((await cacheNames(page)).filter((name) => !name.includes(' shell '))).toEqual([]);
    await cut();
    expect(await open('species/')).toBe(503);
  });

  test.each([404, 410])('an address that responds with %d leaves every copy', async (gone) => {
    const [other, data] = ['dandiset/000002/', 'search/index.json'];
    await open(VISITED);
    await stored(page, host.url + VISITED);
    await open('search/?q=mouse');
    await page.locator('main a[href*="/dandiset/0"]').first().waitFor();
    await stored(page, host.url + data);
    await keep(page, host.url);

    for (const pattern of [/^\/dandiset\/000001\/(?:\?|$)/, /^\/search\/index\.json/])
      host.answer(pattern, (_, response) => {
        response
          .writeHead(gone, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' })
          .end('<main>Gone</main>');
      });
    expect(await open(VISITED)).toBe(gone);
    await page.evaluate((address) => fetch(`/${address}`), data);
    for (const address of [VISITED, data])
      await until(page, async (url) => (await caches.match(url)) === undefined, host.url + address);
    await cut();
    await expect.poll(() => open(VISITED)).toBe(404);
    expect(await note()).toContain('has no such page');
    const search = await page.evaluate(async (address) => {
      const answer = await fetch(`/${address}`).catch(() => undefined);
      return answer?.status;
    }, data);
    expect(search).toBeUndefined();
    // The rest of the same part of the copy stays.
    expect(await open(other)).toBe(200);
    expect(await open('dandiset/000001/0.250702.1411/')).toBe(200);

    // An address that exists again is saved again, and a new copy takes nothing from the one with holes.
    await restore();
    host.answer(/^\/dandiset\/000001\/(?:\?|$)/, undefined);
    expect(await open(VISITED)).toBe(200);
    await stored(page, host.url + VISITED);
    await cut();
    expect(await open(VISITED)).toBe(200);
  });

  test('saving can be cancelled, and damaged parts are not saved', async () => {
    await open('offline/');
    host.answer(/\.pack$/, () => undefined); // never responds
    await page.getByRole('button', { name: 'Keep this archive offline' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing was kept.').waitFor();
    host.answer(/\.pack$/, (_, response) => response.end('<html>not a pack</html>'));
    await page.getByRole('button', { name: 'Keep this archive offline' }).click();
    await page.getByText('is not what it should be').waitFor();
    host.answer(/\.pack$/, (_, response) => response.writeHead(404).end());
    await page.getByRole('button', { name: 'Keep this archive offline' }).click();
    await page.getByText('answered 404').waitFor();
    expect((await cacheNames(page)).filter((name) => name.includes(' kept '))).toEqual([]);
  });

  test('packs that a host unpacked in transit are saved all the same', async () => {
    // As by a host that treats them as compressed files: the browser sees them unpacked.
    host.answer(/\.pack$/, (request, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(readFileSync(path.join(site.dist, request.url!)));
    });
    await keep(page, host.url);
    await cut();
    expect(await open(UNVISITED)).toBe(200);
  });

  test('a full disk is reported', async () => {
    const cdp = await context.newCDPSession(page);
    const origin = new URL(host.url).origin;
    const start = page.getByRole('button', { name: 'Keep this archive offline' });
    await open('offline/');
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 });
    await start.click();
    await page.getByText('The browser has no room left for this site').waitFor();
    expect((await cacheNames(page)).filter((name) => name.includes(' kept '))).toEqual([]);

    // Where the browser reports it beforehand, nothing is transferred.
    await page.evaluate(() => {
      navigator.storage.estimate = async () => ({ quota: 1_000_000, usage: 990_000 });
    });
    await start.click();
    await page.getByText('the browser has room for 10.0 kB').waitFor();

    // Visited pages are cached automatically; if they cannot be, that is reported too.
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await open(VISITED);
    await open('species/');
    await page.getByText('The browser has no room left: pages you visit are not kept').waitFor();
  });

  test('ranges, data, the API and redirects pass through untouched', async () => {
    const answers = await page.evaluate(async () => {
      const names = await (await fetch('/dandiset/000001/0.250114.1002/files.sha256')).text();
      const digest = /^[0-9a-f]{64}/.exec(names)![0];
      const blob = `/storage/blobs/${digest.slice(0, 3)}/${digest.slice(3, 6)}/${digest}`;
      const range = await fetch(blob, { headers: { Range: 'bytes=0-3' } });
      const whole = await fetch(blob);
      await whole.arrayBuffer();
      const api = await fetch('/api/info/');
      return [range.status, (await range.arrayBuffer()).byteLength, whole.status, api.status];
    });
    expect(answers).toEqual([206, 4, 200, 200]);
    await open('dandiset/000001/latest/');
    expect(page.url()).toContain('dandiset/000001/0.250702.1411/');
    const kept = await page.evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
      return urls;
    });
    expect(kept.filter((url) => /\/(?:storage|api)\//.test(url))).toEqual([]);
  });

  describe('when the site changes', () => {
    let folder: string;
    let next: BuiltSite;
    beforeAll(async () => {
      folder = cacheFolder('next-');
      next = await serveSite(await nextBuild(folder), { content: path.join(folder, 'content') });
    });
    afterAll(async () => {
      await next?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const reload = async (one: Page): Promise<void> => {
      await one.getByText('This archive has been updated').waitFor();
      const loaded = one.waitForEvent('load');
      await one.getByRole('button', { name: 'Reload' }).click();
      await loaded;
    };
    const scripts = (one: Page): Promise<string[]> =>
      one.$$eval('script[src]', (all) => all.map((script) => script.getAttribute('src')!));

    test('it is announced, and no page mixes two builds', async () => {
      const older = await context.newPage();
      const watch = new BuildWatch([site.dist, next.dist]);
      for (const one of [page, older]) watch.watch(one);
      await older.goto(`${host.url}species/`);
      await open(VISITED);
      await stored(page, `${host.url}species/`);

      host.deploy(next);
      await open(VISITED);
      await reload(page);
      expect((await scripts(page)).every((name) => name.endsWith('.next.js'))).toBe(true);
      expect(await cacheNames(page)).toContain(`/ shell ${buildOf(next.dist)}`);
      expect((await scripts(older)).some((name) => name.endsWith('.next.js'))).toBe(false);
      await reload(older);
      expect((await scripts(older)).every((name) => name.endsWith('.next.js'))).toBe(true);
      await open('search/?q=sleep');
      await page.locator('main a[href*="/dandiset/0"]').first().waitFor();
      // The engine for pages of the site is loaded after the result.
      await page.waitForLoadState('networkidle');

      await cut();
      expect(await open(VISITED)).toBe(200);
      expect(await open('species/')).toBe(200);
      expect(await open('')).toBe(200);
      expect(await watch.mixed()).toEqual({ mixed: [], loads: 9 });
      expect(faults).toEqual([]);
    });

    test('a redacted version leaves what was visited and what is saved', async () => {
      const whole = host.url + REDACTED;
      await open(REDACTED);
      const title = await page.locator('h1').innerText();
      await stored(page, whole);
      await open('dandiset/000003/');
      await stored(page, `${host.url}dandiset/000003/`);
      await keep(page, host.url);
      host.deploy(next);
      await open('');
      // The new worker need not have taken over.
      await page.getByText('This archive has been updated').waitFor();
      await until(page, async (url) => (await caches.match(url)) === undefined, whole);
      await cut();
      for (const address of [REDACTED, `${REDACTED}files/`, 'dandiset/000003/']) {
        expect(await open(address), address).toBe(404);
        expect(await page.locator('main').innerText()).not.toContain(title);
      }
      expect(await open('dandiset/000002/')).toBe(200);
      await restore();
      await open('offline/');
      await page.getByText('It has changed since. Updating the copy transfers').waitFor();
      await page.getByRole('button', { name: 'Update the copy' }).click();
      await page.getByText('Done: all pages').waitFor();
      await cut();
      expect(await open(REDACTED)).toBe(200);
      expect(await page.locator('main').innerText()).toContain('Taken away by law.');
    });

    test('a search that began in the previous build is notified that its index is gone', async () => {
      const index = page.waitForResponse(/\/search\/index\.json$/);
      await open('search/?q=mouse');
      await index;
      await page.locator('main a[href*="/dandiset/0"]').first().waitFor();
      host.deploy(next);
      await page.locator('main input[name="q"]').fill('xylophone');
      await page
        .getByText(/index could not be loaded/)
        .first()
        .waitFor();
    });

    test('a copy of the previous build stays whole until it is updated', async () => {
      await keep(page, host.url);
      host.deploy(next);
      await open('');
      await reload(page);
      const watch = new BuildWatch([site.dist, next.dist]);
      watch.watch(page);
      await cut();
      expect(await open('dandiset/000010/')).toBe(200);
      expect(await page.locator('h1').innerText()).not.toContain('Renamed');
      expect((await scripts(page)).some((name) => name.endsWith('.next.js'))).toBe(false);
      await open('search/?q=sleep');
      await page.locator('main a[href*="/dandiset/0"]').first().waitFor();
      await restore();
      await open('offline/');
      await page.getByText('It has changed since. Updating the copy transfers').waitFor();
      await page.getByRole('button', { name: 'Update the copy' }).click();
      await page.getByText('Done: all pages').waitFor();
      expect((await cacheNames(page)).filter((name) => name.includes(' kept '))).toEqual([
        `/ kept ${buildOf(next.dist)}`,
      ]);
      await cut();
      await open('dandiset/000010/');
      expect(await page.locator('h1').innerText()).toContain('Renamed');
      expect(await watch.mixed()).toEqual({ mixed: [], loads: 4 });
    });
  });

  test('where the archive ends it, the worker removes itself and all saved data', async () => {
    await keep(page, host.url);
    const worker = await removingWorker();
    host.answer(/^\/sw\.js$/, (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(worker);
    });
    await open(VISITED);
    await until(page, async () => (await caches.keys()).length === 0);
    await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
    expect(await open(VISITED)).toBe(200);
    await cut();
    await expect(open(UNVISITED)).rejects.toThrow(/ERR_/);
  });

  test('below a base path it touches only its own', async () => {
    const below = await builtSite({ content: demoContent, base: '/archive/' });
    try {
      const url = new URL(below.url);
      await page.goto(url.href);
      await controlled(page);
      await keep(page, url.href);
      await context.setOffline(true);
      await below.close();
      expect((await page.goto(`${url.href}${UNVISITED}`))?.status()).toBe(200);
      expect(await page.locator(`${NOTE} a`).getAttribute('href')).toBe('/archive/offline/');
      expect((await page.evaluate(() => caches.keys())).every((n) => n.startsWith('/archive/ ')));
    } finally {
      await below.close().catch(() => undefined);
    }
  });
});
