// Chooses the response to a request: a file of the site or the store, a redirect, or the "not found" page.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { NOT_FOUND } from './api-answer.ts';
import { apiReply, type ApiSite } from './api-reply.ts';
import { dispositionOf } from './address-in-store.ts';
import { isOwnHost, type CalledBy } from './request-host.ts';
import { BYTES, mediaTypeOf } from '../../core/hosting/media-type.ts';
import { isOpenToAll, OPEN_TO_ALL } from './cross-origin.ts';
import { pageOfRequest, type ReadPage } from './redirects.ts';
import { formatPath, parseRequestPath, type RequestPath } from './request-path.ts';
import { sendFile } from './send-file.ts';
import type { ServedFile, ServedFolder } from './served-folder.ts';

/** What is served, with every path split into names. */
export interface Site extends ApiSite {
  calledBy: CalledBy;
}

// The page itself says what it may load; this is what only a header can say.
const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "frame-ancestors 'self'; object-src 'none'; base-uri 'self'",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
// Bytes come from strangers: opened in a tab they must not act as a page of this site.
const STORE_HEADERS = {
  ...OPEN_TO_ALL,
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cache-Control': 'no-cache',
};
const OTHER_HOST =
  'This server is not known by the name it was asked for. Open it as localhost, or write its address as "site" into archive.json.';
const NOTHING = 'There is nothing at this address.';
const IMMUTABLE = 'public, max-age=31536000, immutable';

function startsWith(names: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((name, index) => names[index] === name);
}

function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-cache',
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : `${text}\n`);
}

function sendJson(
  response: ServerResponse,
  status: number,
  json: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(json),
    'Cache-Control': 'no-cache',
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : json);
}

function redirect(
  response: ServerResponse,
  status: 302 | 308,
  location: string,
  headers: Record<string, string> = {},
): void {
  sendText(response, status, `See ${location}`, { ...headers, Location: location });
}

function readPageOf(dist: ServedFolder): ReadPage {
  return async (names) => {
    const page = await dist.open(names);
    if (page === undefined || page === 'folder') return undefined;
    return page.handle.readFile('utf8').finally(() => page.handle.close());
  };
}

async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
  { status = 200, isOpen = false } = {},
): Promise<void> {
  const cache = file.path.startsWith('_astro/') ? IMMUTABLE : 'no-cache';
  const headers = { 'Cache-Control': cache, ...(isOpen ? OPEN_TO_ALL : {}) };
  await sendFile(request, response, file, {
    mediaType: mediaTypeOf(file.path),
    status,
    compress: true,
    headers,
  });
}

/** Answers a request for the API; false if the site's files should answer it. */
async function answerApi(
  site: Site,
  path: RequestPath,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const reply = await apiReply(site, path, request.headers.host);
  if (reply === undefined) return false;
  const open = isOpenToAll(path.names) && !reply.isPrivate ? OPEN_TO_ALL : {};
  if ('location' in reply) redirect(response, 302, reply.location, open);
  else sendJson(response, reply.status, reply.json, open);
  return true;
}

/**
 * Answers a request for a file of the folder store, named by its path below the store's address:
 * with ranges, and open to scripts of any site.
 */
export async function answerStore(
  storage: ServedFolder | undefined,
  { names, isFolder, query }: RequestPath,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = isFolder ? undefined : await storage?.open(names);
  if (file === undefined || file === 'folder') {
    sendText(response, 404, 'The store does not hold this.', { ...STORE_HEADERS });
    return;
  }
  // Blobs are named by their digest: existing ones never change.
  const isBlob = names[0] === 'blobs';
  const disposition = dispositionOf(query);
  const headers = {
    ...STORE_HEADERS,
    ...(isBlob ? { 'Cache-Control': IMMUTABLE } : {}),
    ...(disposition === undefined ? {} : { 'Content-Disposition': disposition }),
  };
  const mediaType = isBlob ? BYTES : mediaTypeOf(file.path);
  await sendFile(request, response, file, { mediaType, compress: false, headers });
}

async function answerSite(
  site: Site,
  path: RequestPath,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { names, isFolder, query } = path;
  const isApi = names[0] === 'api' || names[0] === 'server-info';
  const isOpen = isOpenToAll(names);
  const target = await pageOfRequest(path, site.settings, readPageOf(site.dist));
  // `latest` is a forwarding page, for hosts without redirects; here it is a redirect.
  const isForward = target !== undefined && names[2] === 'latest';

  const found = isForward ? undefined : await site.dist.open(names);
  if (found === 'folder') {
    const page = await site.dist.open([...names, 'index.html']);
    if (page !== undefined && page !== 'folder') {
      if (isFolder || names.length === 0) return sendPage(request, response, page, { isOpen });
      await page.handle.close();
      const folder = formatPath([...site.baseNames, ...names], true);
      return redirect(response, 308, folder + query, isOpen ? OPEN_TO_ALL : {});
    }
  } else if (found !== undefined) {
    if (!isFolder) return sendPage(request, response, found, { isOpen });
    await found.handle.close();
  }
  if (target !== undefined) {
    return redirect(response, 302, formatPath(site.baseNames, true) + target);
  }
  const open = isOpen ? OPEN_TO_ALL : {};
  if (isApi) return sendJson(response, 404, NOT_FOUND.json, open);
  const page = await site.dist.open(['404.html']);
  if (page === undefined || page === 'folder') return sendText(response, 404, NOTHING, open);
  await sendPage(request, response, page, { status: 404 });
}

/** Answers one request from the files as they are now. */
export async function answerRequest(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (!isOwnHost(request.headers.host, site.calledBy)) return sendText(response, 403, OTHER_HOST);
  const path = parseRequestPath(request.url ?? '');
  if (path === undefined) return sendText(response, 400, 'This address is malformed.');
  const isInBase = startsWith(path.names, site.baseNames);
  const names = path.names.slice(site.baseNames.length);
  const isStore = isInBase && startsWith(names, site.storageNames) && site.storageNames.length > 0;

  if (request.method === 'OPTIONS' && (isStore || (isInBase && isOpenToAll(names)))) {
    const allowed = {
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': 'Range, If-Match, If-Range, If-None-Match, If-Modified-Since',
      'Access-Control-Max-Age': '86400',
    };
    response.writeHead(204, { ...OPEN_TO_ALL, ...allowed }).end();
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendText(response, 405, 'This site can only be read.', { Allow: 'GET, HEAD' });
  }
  const home = formatPath(site.baseNames, true);
  if (!isInBase) {
    if (path.names.length === 0) return redirect(response, 302, home);
    return sendText(response, 404, `This site begins at ${home}`);
  }
  if (names.length === 0 && !path.isFolder) return redirect(response, 308, home + path.query);
  if (isStore) {
    const inStore = names.slice(site.storageNames.length);
    return answerStore(site.storage, { ...path, names: inStore }, request, response);
  }
  const isApi = names[0] === 'api' || names[0] === 'server-info';
  if (isApi && (await answerApi(site, { ...path, names }, request, response))) return;
  await answerSite(site, { ...path, names }, request, response);
}
