// A host that only serves files, as the simplest ones do: no redirect rules, `404.html` for the rest.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
]);

/** Serves a folder on loopback below a base path until it is closed. */
export async function plainHost(
  dist: string,
  base = '/',
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const below = pathname.startsWith(base) ? pathname.slice(base.length) : '\0';
    let file = path.join(dist, decodeURIComponent(below).replaceAll('\0', 'no-such-file'));
    if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, 'index.html');
    const isThere = file.startsWith(dist) && existsSync(file);
    if (!isThere) file = path.join(dist, '404.html');
    response.writeHead(isThere ? 200 : 404, {
      'Content-Type': TYPES.get(path.extname(file)) ?? 'application/octet-stream',
    });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
