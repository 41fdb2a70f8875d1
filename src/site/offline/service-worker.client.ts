// The service worker: visited pages, and the whole archive where it is saved, work without a network. It
// tries the network first, so that an online reader never sees an old page; without a network it responds
// from what is stored and says so in the page.
//
// No page mixes builds: scripts and styles are named by their content, everything else is looked up in the
// caches of one build at a time, and a new worker is not activated until the user has reloaded.

import type { WorkerSettings } from './worker-script.ts';
import { cacheName, cacheNames } from './cache-names.ts';
import { forgetAddress, forgetRedacted } from './forget-removed.ts';
import { fileOfCopy, savedCopy, type SavedCopy } from './saved-copy.ts';
import type { FetchEvent, WorkerScope } from './worker-scope.ts';

declare const SETTINGS: WorkerSettings;
const worker = globalThis as unknown as WorkerScope;

const base = new URL('.', worker.location.href).pathname;
const shell = cacheName(base, 'shell', SETTINGS.build);
const visited = cacheName(base, 'visited', SETTINGS.build);

/** How many visited pages and files are cached. */
const MOST_VISITED = 400;
/** This many builds remain cached: pages of the previous build may still be open. */
const BUILDS = 2;

const TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['json', 'application/json'],
  ['svg', 'image/svg+xml'],
]);

/** Whether the browser let the last visited page be stored; pages query it. */
let hasRoom = true;

const LOOSE: CacheQueryOptions = { ignoreVary: true };

function dayOf(date: string | null): string {
  const time = new Date(date ?? '');
  return Number.isNaN(time.getTime())
    ? 'an earlier day'
    : time.toLocaleDateString('en-GB', { dateStyle: 'long' });
}

/** The page with a line that says what it is. */
async function marked(page: Response | Uint8Array<ArrayBuffer>, words: string, status = 200) {
  const html = await (page instanceof Response ? page : new Response(page)).text();
  const line = `<aside class="notice-line" id="offline-note" aria-label="Offline"><p>Offline: ${words} <a href="${base}offline/">What is kept</a></p></aside>`;
  return new Response(html.replace('<main', `${line}<main`), {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
}

/** Where something is: as an address writes it, and its path below the site's root. */
interface Place {
  address: string;
  path: string;
}

async function remember({ address }: Place, response: Response): Promise<void> {
  try {
    const cache = await caches.open(visited);
    await cache.put(address, response);
    const keys = await cache.keys();
    // The oldest come first.
    for (const key of keys.slice(0, Math.max(0, keys.length - MOST_VISITED))) {
      await cache.delete(key);
    }
    hasRoom = true;
  } catch {
    hasRoom = false;
  }
}

const noteOf = (client: string): string => `${base}offline/client-${client}`;

/**
 * Whether a page may read the copy: a page of the same build always can; a copy of an older build is only for
 * pages that came out of it.
 */
async function mayRead(copy: SavedCopy, client: string): Promise<boolean> {
  return copy.build === SETTINGS.build || (await copy.cache.match(noteOf(client))) !== undefined;
}

async function letRead(copy: SavedCopy, client: string): Promise<void> {
  if (copy.build === SETTINGS.build || client === '') return;
  await copy.cache.put(noteOf(client), new Response(''));
}

/** A page from the saved copy; if it redirects to another address, that one. */
async function pageOfCopy(
  copy: SavedCopy,
  { address, path }: Place,
): Promise<Response | undefined> {
  const isFolder = /(?:^|\/)$/.test(path);
  const isFile = path.endsWith('.html');
  const page = await fileOfCopy(
    copy,
    base,
    isFile ? path : `${path}${isFolder ? '' : '/'}index.html`,
  );
  if (page !== undefined) {
    if (!isFile && !isFolder) return Response.redirect(`${address}/`);
    const words = 'this page is from the copy of the archive that this device keeps, made on';
    return marked(page, `${words} ${dayOf(copy.date)}.`);
  }
  const unknown = await fileOfCopy(copy, base, '404.html');
  return unknown && marked(unknown, `the copy of ${dayOf(copy.date)} has no such page.`, 404);
}

/** A visited page, of the newest build that has it. */
async function pageSeen({ address }: Place): Promise<Response | undefined> {
  for (const kind of ['visited', 'shell'] as const) {
    for (const name of await cacheNames(base, kind)) {
      const cache = await caches.open(name);
      const page = await cache.match(address, LOOSE);
      if (page !== undefined)
        return marked(page, `this page is the copy of ${dayOf(page.headers.get('date'))}.`);
      if (!address.endsWith('/') && (await cache.match(`${address}/`, LOOSE)))
        return Response.redirect(`${address}/`);
    }
  }
  return undefined;
}

async function storedPage(place: Place, client: string): Promise<Response> {
  const copy = await savedCopy(base);
  const saved = copy && (await pageOfCopy(copy, place));
  if (copy !== undefined) await letRead(copy, client);
  // A page newer than the copy may have been visited since.
  if (saved !== undefined && saved.status !== 404) return saved;
  const seen = (await pageSeen(place)) ?? saved;
  if (seen !== undefined) return seen;
  const offline = await caches.match(`${base}offline/`, LOOSE);
  return offline === undefined
    ? Response.error()
    : marked(offline, 'the page you asked for is not kept on this device.', 503);
}

/** Whether the host says that an address no longer has anything; no copy of it stays then. */
function isGone({ status }: Response): boolean {
  return status === 404 || status === 410;
}

async function answerPage(event: FetchEvent, place: Place): Promise<Response> {
  let failure: Response | undefined;
  try {
    const response = await fetch(event.request);
    const isHtml = response.headers.get('content-type')?.includes('text/html') === true;
    if (response.status === 200 && isHtml && !response.redirected)
      event.waitUntil(remember(place, response.clone()));
    if (isGone(response)) event.waitUntil(forgetAddress(base, place.path));
    if (response.status < 500) return response;
    failure = response;
  } catch {
    // No network.
  }
  const stored = await storedPage(place, event.resultingClientId);
  return stored.ok || stored.status === 404 ? stored : (failure ?? stored);
}

async function fromCopy(event: FetchEvent, { path }: Place): Promise<Response | undefined> {
  const copy = await savedCopy(base);
  if (copy === undefined || !(await mayRead(copy, event.clientId))) return undefined;
  const bytes = await fileOfCopy(copy, base, path);
  if (bytes === undefined) return undefined;
  // A worker started by the page is a separate client.
  await letRead(copy, event.resultingClientId);
  const type = TYPES.get(path.slice(path.lastIndexOf('.') + 1)) ?? 'application/octet-stream';
  return new Response(bytes, { headers: { 'Content-Type': type } });
}

/** Scripts and styles: their name identifies their content, so any copy is the right one. */
async function answerAsset(event: FetchEvent, place: Place): Promise<Response> {
  for (const name of await cacheNames(base, 'shell')) {
    const stored = await (await caches.open(name)).match(place.address, LOOSE);
    if (stored !== undefined) return stored;
  }
  try {
    const response = await fetch(event.request);
    if (response.ok) {
      const copy = response.clone();
      event.waitUntil(
        caches.open(shell).then(
          (cache) => cache.put(place.address, copy),
          () => {},
        ),
      );
    }
    return response;
  } catch (error) {
    const stored = await fromCopy(event, place);
    if (stored === undefined) throw error;
    return stored;
  }
}

/** What scripts of pages load: the search and lists of files. */
async function answerData(event: FetchEvent, place: Place): Promise<Response> {
  try {
    const response = await fetch(event.request);
    // While a new worker is waiting, the host has another build than this one's cache.
    const { installing, waiting } = worker.registration;
    if (response.status === 200 && installing === null && waiting === null)
      event.waitUntil(remember(place, response.clone()));
    if (isGone(response)) event.waitUntil(forgetAddress(base, place.path));
    return response;
  } catch (error) {
    const stored =
      (await fromCopy(event, place)) ??
      (await (await caches.open(visited)).match(place.address, LOOSE));
    if (stored === undefined) throw error;
    return stored;
  }
}

const DATA = /^(?:pagefind|search)\/.*(?<!\.csv|\.parquet)$|^dandiset\/.*\/files\/.*\.json$/;

/** Undefined for an address that cannot be parsed. Queries are left to scripts. */
function placeOf({ pathname }: URL): Place | undefined {
  try {
    return { address: pathname, path: decodeURIComponent(pathname.slice(base.length)) };
  } catch {
    return undefined;
  }
}

function answer(event: FetchEvent): Promise<Response> | undefined {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || request.headers.has('range')) return undefined;
  if (url.origin !== worker.location.origin || !url.pathname.startsWith(base)) return undefined;
  const place = placeOf(url);
  if (place === undefined) return undefined;
  const { path } = place;
  if (SETTINGS.outside.some((beginning) => path.startsWith(beginning))) return undefined;
  if (request.mode === 'navigate') {
    const isPage =
      path === '' || path.endsWith('/') || !/\.[a-z]+$/.test(path) || path.endsWith('.html');
    return isPage ? answerPage(event, place) : undefined;
  }
  if (path.startsWith('_astro/') || path === 'favicon.svg') return answerAsset(event, place);
  return DATA.test(path) ? answerData(event, place) : undefined;
}

async function install(): Promise<void> {
  const cache = await caches.open(shell);
  await cache.addAll(SETTINGS.shell.map((path) => new Request(base + path, { cache: 'no-cache' })));
  // Immediately, and not when this worker takes over: a page of the previous build may stay open for days.
  await forgetRedacted(base, SETTINGS.build, SETTINGS.redacted).catch(() => {});
}

async function activate(): Promise<void> {
  for (const kind of ['shell', 'visited'] as const) {
    for (const name of (await cacheNames(base, kind)).slice(BUILDS)) await caches.delete(name);
  }
  await worker.clients.claim();
}

/** The page that registered the worker, and what it loaded, were fetched before the worker existed. */
async function rememberFirst(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const place = placeOf(new URL(address));
    if (place === undefined || !place.address.startsWith(base)) continue;
    const isAsset = place.path.startsWith('_astro/');
    const isPage = /(?:^|\/)$/.test(place.path);
    if (!(isAsset || isPage) || (await caches.match(place.address, LOOSE)) !== undefined) continue;
    const response = await fetch(address);
    if (response.status !== 200 || response.redirected) continue;
    if (isAsset) await (await caches.open(shell)).put(place.address, response);
    else await remember(place, response);
  }
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const response = answer(event);
  if (response !== undefined) event.respondWith(response);
});
worker.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(worker.skipWaiting());
  else if (event.data === 'room?' && !hasRoom) event.source?.postMessage('no room');
  else if (Array.isArray(event.data))
    event.waitUntil(rememberFirst(event.data as string[]).catch(() => {}));
});
