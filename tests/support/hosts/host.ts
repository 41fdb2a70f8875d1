// Hosts for static files, each as documented, over a folder on this machine. An emulation is a plain function
// from a request to a response, so that a table of addresses needs no sockets; `serveHost` puts it on
// loopback for clients that need them.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { mediaTypeOf } from '../../../src/core/hosting/media-type.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** The file whose bytes are sent. */
  file?: string;
}

/** Answers a request target: a path as it was sent, possibly with a query. */
export type Host = (target: string) => Answer;

/** The files that were uploaded. */
export interface Upload {
  /** The built site. */
  dist: string;
  /** A folder store, copied to `storage/` of the site as the Pages workflow does. */
  storage?: string;
}

/** A file of an upload by its decoded path without a leading slash; undefined for folders too. */
export function fileOf({ dist, storage }: Upload, key: string): string | undefined {
  const inStore = storage !== undefined && key.startsWith('storage/');
  const root = inStore ? storage : dist;
  const file = path.join(root, inStore ? key.slice('storage/'.length) : key);
  if (key.includes('\0') || !file.startsWith(root)) return undefined;
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** A path and a query, apart; the query keeps its question mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const at = target.indexOf('?');
  return at < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, at), query: target.slice(at) };
}

/** The key of a path: decoded, without the leading slash; undefined if it cannot be decoded. */
export function keyOf(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.slice(1));
  } catch {
    return undefined;
  }
}

export function sendFile(file: string, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, file, headers: { 'Content-Type': mediaTypeOf(file), ...headers } };
}

export function redirect(status: number, location: string): Answer {
  return { status, headers: { Location: location } };
}

/** The page for unknown addresses. */
export function notFound(upload: Upload): Answer {
  const page = fileOf(upload, '404.html');
  return page === undefined ? { status: 404, headers: {} } : sendFile(page, 404);
}

const RANGE = /^bytes=(\d+)-(\d*)$/;

export interface Serving {
  /** Called for every request. */
  noted?: (target: string) => void;
  /** The public address of the site: documents and redirects get the address on loopback instead. */
  standsFor?: string;
}

/** Serves an emulation on loopback until it is closed. */
export async function serveHost(
  host: Host,
  { noted, standsFor }: Serving = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const target = request.url ?? '/';
    noted?.(target);
    const { status, headers, file } = host(target);
    const here = `http://${request.headers.host ?? ''}/`;
    const { Location } = headers;
    if (standsFor !== undefined && Location?.startsWith(standsFor) === true)
      headers['Location'] = here + Location.slice(standsFor.length);
    let bytes = file === undefined ? Buffer.alloc(0) : readFileSync(file);
    if (standsFor !== undefined && /json/.test(headers['Content-Type'] ?? '')) {
      bytes = Buffer.from(bytes.toString().replaceAll(standsFor, here));
    }
    const [, from, to] = RANGE.exec(request.headers.range ?? '') ?? [];
    if (from === undefined || status !== 200) {
      response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
      response.end(request.method === 'HEAD' ? undefined : bytes);
      return;
    }
    const start = Number(from);
    const end = to === '' || to === undefined ? bytes.length - 1 : Number(to);
    const range = { 'Content-Range': `bytes ${start}-${end}/${bytes.length}` };
    response.writeHead(206, { ...headers, ...range }).end(bytes.subarray(start, end + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
