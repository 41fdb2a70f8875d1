import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from './start-server.ts';

const V = '0.220126.1852';
const KEY = 'ab12cd'.padEnd(64, '0');
const UUID = '0f1e2d3c-0000-4000-8000-000000000000';
const BLOB = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
const LONG = 'All work is written down. '.repeat(200);

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let folder: string;
let server: RunningServer;
let based: RunningServer;

/** Requests a target exactly as written: fetch would normalise `..` and `//`. */
function ask(
  target: string,
  {
    method = 'GET',
    headers = {},
    to = server,
  }: { method?: string; headers?: Record<string, string>; to?: RunningServer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: to.port, path: target, method, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject).end();
  });
}

async function write(relative: string, contents: string | Buffer): Promise<void> {
  const file = path.join(folder, relative);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, contents);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'static-server-'));
  await write('dist/index.html', '<h1>Home</h1>');
  await write('dist/404.html', '<h1>Unknown</h1>');
  await write('dist/_astro/page.abc.css', 'body{}');
  await write('dist/server-info', '{"version":"1.0.0"}');
  await write('dist/long.txt', LONG);
  await write('dist/empty.txt', '');
  await write('dist/dandiset/000004/index.html', 'Dandiset');
  await write('dist/dandiset/000004/draft/index.html', 'Draft');
  await write('dist/dandiset/000004/draft/files/index.html', 'Files');
  await write(`dist/dandiset/000004/${V}/index.html`, 'Version');
  await write(`dist/dandiset/000004/${V}/files/index.html`, 'Files');
  await write(`dist/dandiset/000004/${V}/assets.jsonl`, '{}\n');
  await write(`dist/dandiset/000004/draft/dandiset.json`, '{}');
  await write('dist/api/dandisets/000004/versions/draft/index.html', '{}');
  await write('dist/api/dandisets/000004/versions/draft/assets/index.html', '{"results":[]}');
  await write(`dist/api/dandisets/000004/versions/${V}/index.html`, '{}');
  await write('dist/cli/dandiset.tgz', 'client');
  await write('dist/search/data.json', '{}');
  await write('dist/.env', 'secret');
  await write('dist/.git/config', 'secret');
  await write('dist/.well-known/api-catalog', '{}');
  await write('dist/.well-known/.env', 'secret');
  await write('storage/.env', 'secret');
  await write('storage/zarr/.env', 'secret');
  await write('storage/blobs/.DS_Store', 'secret');
  const forward = `<meta http-equiv="refresh" content="0;url=/any/dandiset/000004/${V}/">`;
  await write('dist/dandiset/000004/latest/index.html', forward);
  await write(
    'dist/dandiset/000009/latest/index.html',
    '<meta http-equiv="refresh" content="0; url=//evil.example/">',
  );
  await write('dist/api/dandisets/000004/index.html', '{"identifier":"000004"}');
  await write('dist/a folder/é ?#%.txt', 'odd');
  await write(`storage/blobs/ab1/2cd/${KEY}`, BLOB);
  await write(`storage/blobs/0f1/e2d/${UUID}`, 'imported');
  await write('storage/zarr/x/.zattrs', '{}');
  await write('storage/zarr/x/index.html', '<script>alert(1)</script>');
  await write('secret.txt', 'secret');
  await symlink(path.join(folder, 'secret.txt'), path.join(folder, 'dist/leak.txt'));
  await symlink(folder, path.join(folder, 'storage/leak'));
  const options = {
    dist: path.join(folder, 'dist'),
    storage: path.join(folder, 'storage'),
    prefix: 'DEMO-DANDI',
    port: 0,
  };
  server = await startServer(options);
  based = await startServer({ ...options, base: '/mirror' });
});

afterAll(async () => {
  await server.close();
  await based.close();
  await rm(folder, { recursive: true });
});

describe('files of the site', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', '<h1>Home</h1>'],
    ['/index.html', 'text/html; charset=utf-8', '<h1>Home</h1>'],
    ['/?utm=1', 'text/html; charset=utf-8', '<h1>Home</h1>'],
    ['/server-info', 'application/json', '{"version":"1.0.0"}'],
    ['/api/dandisets/000004/', 'application/json', '{"identifier":"000004"}'],
    [`/dandiset/000004/${V}/assets.jsonl`, 'application/jsonl', '{}\n'],
    ['/a%20folder/%C3%A9%20%3F%23%25.txt', 'text/plain; charset=utf-8', 'odd'],
    ['/empty.txt', 'text/plain; charset=utf-8', ''],
  ])('%s', async (target, type, text) => {
    const { status, headers, body } = await ask(target);
    expect([status, headers['content-type'], body.toString()]).toEqual([200, type, text]);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain('frame-ancestors');
  });

  test('only named by their contents may be cached without revalidation', async () => {
    expect((await ask('/_astro/page.abc.css')).headers['cache-control']).toContain('immutable');
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
  });

  test('HEAD says the same as GET, without the bytes', async () => {
    const [get, head] = [await ask('/long.txt'), await ask('/long.txt', { method: 'HEAD' })];
    expect(head.body.length).toBe(0);
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
  });

  test('text is compressed for clients that accept it', async () => {
    const br = await ask('/long.txt', { headers: { 'accept-encoding': 'gzip, br' } });
    expect([br.headers['content-encoding'], br.headers.vary]).toEqual(['br', 'Accept-Encoding']);
    expect(brotliDecompressSync(br.body).toString()).toBe(LONG);
    const gzip = await ask('/long.txt', { headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect(gunzipSync(gzip.body).toString()).toBe(LONG);
    expect(gzip.headers.etag).not.toBe(br.headers.etag);
    expect((await ask('/long.txt')).headers['content-encoding']).toBeUndefined();
  });

  test('a client that has the current file gets 304', async () => {
    for (const coding of ['identity', 'br']) {
      const headers = { 'accept-encoding': coding };
      const first = await ask('/long.txt', { headers });
      const again = await ask('/long.txt', {
        headers: { ...headers, 'if-none-match': `"x", ${first.headers.etag}` },
      });
      expect([again.status, again.body.length]).toEqual([304, 0]);
      const since = { ...headers, 'if-modified-since': first.headers['last-modified'] ?? '' };
      expect((await ask('/long.txt', { headers: since })).status).toBe(304);
    }
    expect((await ask('/long.txt', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });
});

describe('redirects', () => {
  test.each([
    ['/dandiset/000004', 308, '/dandiset/000004/'],
    [
      '/dandiset/000004/draft/files?location=a%2Fb',
      308,
      '/dandiset/000004/draft/files/?location=a%2Fb',
    ],
    ['/api/dandisets/000004', 308, '/api/dandisets/000004/'],
    ['/DEMO-DANDI:000004', 302, '/dandiset/000004/'],
    [`/demo-dandi:4@${V}`, 302, `/dandiset/000004/${V}/`],
    [`/demo-dandi:000004%2F${V}`, 302, `/dandiset/000004/${V}/`],
    ['/000004/', 302, '/dandiset/000004/'],
    ['/4?x=1', 302, '/dandiset/000004/?x=1'],
    ['/dandiset/4/draft', 302, '/dandiset/000004/draft/'],
    ['/dandiset/000004/latest', 302, `/dandiset/000004/${V}/`],
    ['/dandiset/000004/latest/', 302, `/dandiset/000004/${V}/`],
    ['/demo-dandi:4/latest', 302, `/dandiset/000004/${V}/`],
    ['/dandiset/4/files?location=sub-01/', 302, `/dandiset/000004/${V}/files/?location=sub-01/`],
  ])('%s', async (target, status, location) => {
    const found = await ask(target);
    expect([found.status, found.headers.location]).toEqual([status, location]);
    const inBase = await ask(`/mirror${target}`, { to: based });
    expect([inBase.status, inBase.headers.location]).toEqual([status, `/mirror${location}`]);
  });

  test.each([
    [`/api/assets/${KEY}/download/`, `storage/blobs/ab1/2cd/${KEY}`],
    [`/api/assets/${UUID}/download`, `storage/blobs/0f1/e2d/${UUID}`],
  ])('%s, by a whole address', async (target, stored) => {
    for (const [to, asked] of [
      [server, target],
      [based, `/mirror${target}`],
    ] as const) {
      const { status, headers } = await ask(asked, { to, method: 'HEAD' });
      expect([status, headers.location]).toEqual([302, to.url + stored]);
    }
  });

  test('bytes have the public address where that is requested, through a proxy', async () => {
    const site = 'https://lab.example/archive/';
    const folders = { dist: path.join(folder, 'dist'), storage: path.join(folder, 'storage') };
    const to = await startServer({ ...folders, prefix: 'X', port: 0, base: '/archive/', site });
    try {
      const target = `/archive/api/assets/${KEY}/download/`;
      const { headers } = await ask(target, { to, headers: { host: 'lab.example' } });
      expect(headers.location).toBe(`${site}storage/blobs/ab1/2cd/${KEY}`);
    } finally {
      await to.close();
    }
  });

  test('a base path is reached from the root and without its slash', async () => {
    expect(based.url).toBe(`http://127.0.0.1:${based.port}/mirror/`);
    expect((await ask('/mirror/', { to: based })).body.toString()).toBe('<h1>Home</h1>');
    expect((await ask('/mirror?a=1', { to: based })).headers.location).toBe('/mirror/?a=1');
    expect((await ask('/', { to: based })).headers.location).toBe('/mirror/');
    expect((await ask('/dandiset/000004/', { to: based })).status).toBe(404);
  });
});

describe('what does not exist', () => {
  test.each([
    '/unknown',
    '/unknown/',
    '/index.html/',
    '/DANDI:000004', // another archive's identifier
    '/000005/',
    '/DEMO-DANDI:000004/0.220126.1853',
    '/dandiset/000009/latest/x',
    '//evil.example/%2e%2e',
    '//dandiset/000004',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/leak.txt',
    '/.env',
    '/.git/config',
    '/dandiset/.env',
    '/%2egit/config',
    '/.well-known/.env',
    `/${'x'.repeat(5000)}`,
  ])('%s is 404 and says so in a page', async (target) => {
    const { status, headers, body } = await ask(target);
    expect([status, headers.location, headers['content-type']]).toEqual([
      404,
      undefined,
      'text/html; charset=utf-8',
    ]);
    expect(body.toString()).toBe('<h1>Unknown</h1>');
  });

  test.each([
    '/storage/',
    '/storage/blobs',
    '/storage/.env',
    '/storage/zarr/.env',
    '/storage/blobs/.DS_Store',
    '/storage/leak/secret.txt',
    '/storage/../secret.txt',
    `/storage/blobs/ab1/2cd/${KEY}/`,
  ])('%s is 404 in plain text', async (target) => {
    const { status, headers } = await ask(target);
    expect([status, headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
  });

  test.each([
    `/api/assets/${'f'.repeat(64)}/download/`,
    `/api/assets/${UUID.replace('0', '1')}/`,
    '/api/dandisets/000005/',
    '/api/dandisets/000005/versions/?page=1',
    '/api/dandisets/4/',
    '/api/nothing',
  ])('%s is 404 as at DANDI', async (target) => {
    const { status, headers, body } = await ask(target);
    expect([status, headers['content-type']]).toEqual([404, 'application/json']);
    expect(JSON.parse(body.toString())).toEqual({ detail: 'Not found.' });
  });

  test.each([
    '/%',
    '/%zz',
    '/%ff',
    '/a%00b',
    '/a%5c..%5cb',
    'http://evil.example/',
    '/?a=%00',
    '/api/schemas/?model=%00',
    `/api/dandisets/000004/versions/${V}/assets/paths/?path_prefix=a%00b`,
    `/api/zarr/${UUID}/files/?prefix=%00&download=true`,
  ])('%s is 400', async (target) => {
    expect((await ask(target)).status).toBe(400);
  });

  test('a stub that forwards to another host is not followed', async () => {
    const { status, headers } = await ask('/dandiset/000009/latest/');
    expect([status, headers.location]).toEqual([200, undefined]);
  });

  test('nothing can be written', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status, headers } = await ask('/', { method });
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    }
  });
});

describe('the store', () => {
  const address = `/storage/blobs/ab1/2cd/${KEY}`;

  test('gives whole files, open to other sites, never compressed', async () => {
    const { status, headers, body } = await ask(address, { headers: { 'accept-encoding': 'br' } });
    expect(status).toBe(200);
    expect(body).toEqual(BLOB);
    expect(headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '1000',
      'content-type': 'application/octet-stream',
      'access-control-allow-origin': '*',
    });
    expect(headers['access-control-expose-headers']).toContain('Content-Range');
    expect(headers['content-encoding']).toBeUndefined();
  });

  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=990-', 990, 999],
    ['bytes=990-5000', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=-5000', 0, 999],
  ])('answers %s', async (range, first, last) => {
    const { status, headers, body } = await ask(address, { headers: { range } });
    expect([status, headers['content-range']]).toEqual([206, `bytes ${first}-${last}/1000`]);
    expect(body).toEqual(BLOB.subarray(first, last + 1));
  });

  test.each(['bytes=1000-', 'bytes=2000-3000', 'bytes=-0'])('cannot satisfy %s', async (range) => {
    const { status, headers } = await ask(address, { headers: { range } });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */1000']);
  });

  test.each(['bytes=5-1', 'bytes=a-b', 'bytes=0-1,5-6', 'items=0-1', 'bytes=-'])(
    'ignores %s',
    async (range) => {
      expect((await ask(address, { headers: { range } })).status).toBe(200);
    },
  );

  test('joins parts of the same file only', async () => {
    const { etag = '' } = (await ask(address)).headers;
    expect((await ask(address, { headers: { range: 'bytes=1-2', 'if-range': etag } })).status).toBe(
      206,
    );
    expect(
      (await ask(address, { headers: { range: 'bytes=1-2', 'if-range': '"old"' } })).status,
    ).toBe(200);
  });

  test('lets other sites request ranges', async () => {
    const { status, headers } = await ask(address, { method: 'OPTIONS' });
    expect([status, headers['access-control-allow-origin']]).toEqual([204, '*']);
    expect(headers['access-control-allow-headers']).toContain('Range');
  });

  test('never lets a file act as a page of the site', async () => {
    const { headers } = await ask('/storage/zarr/x/index.html');
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect((await ask('/storage/zarr/x/.zattrs')).status).toBe(200);
    expect((await ask('/.well-known/api-catalog')).status).toBe(200);
  });
});

describe('who may read', () => {
  const open = async (target: string): Promise<boolean> =>
    (await ask(target)).headers['access-control-allow-origin'] === '*';

  test.each([
    `/dandiset/000004/${V}/assets.jsonl`,
    `/api/dandisets/000004/versions/${V}/`,
    `/api/dandisets/000004/versions/${V}/assets/?path=nothing`,
    `/api/assets/${KEY.slice(0, 3)}/${KEY.slice(3, 6)}/${KEY}/download/`,
    '/api/nothing/',
    '/api/dandisets/000004',
    '/server-info',
    `/storage/blobs/ab1/2cd/${KEY}`,
    '/storage/nothing',
    '/cli/dandiset.tgz',
    '/_astro/page.abc.css',
  ])('scripts of other sites: %s', async (target) => expect(await open(target)).toBe(true));

  test.each([
    '/',
    '/search/data.json',
    '/dandiset/000004/',
    `/dandiset/000004/${V}/`,
    `/dandiset/000004/${V}/index.html`,
    '/dandiset/000004/draft/',
    '/dandiset/000004/draft/dandiset.json',
    '/api/dandisets/000004/versions/draft/',
    '/api/dandisets/000004/versions/draft/assets/',
    '/api/dandisets/000004/versions/draft/assets/?path=nothing',
    '/api/dandisets/000004/versions/draft/nothing/',
  ])('scripts of this site alone: %s', async (target) => expect(await open(target)).toBe(false));

  const statusFor = async (host: string, to = server): Promise<number> =>
    (await ask('/', { headers: { host }, to })).status;

  test.each(['localhost', 'localhost:8000', 'LOCALHOST', 'x.localhost', '127.0.0.1:1', '[::1]:80'])(
    'clients that request it as %s',
    async (host) => expect(await statusFor(host)).toBe(200),
  );

  test.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.0.2.1',
    'notlocalhost',
    'local host',
    '[::2]',
    'lab.example@evil.example',
  ])('no client that requests it as %s', async (host) => {
    const { status, headers, body } = await ask('/', { headers: { host } });
    expect(status).toBe(403);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(body.toString()).not.toContain('<h1>');
    expect((await ask(`/storage/blobs/ab1/2cd/${KEY}`, { headers: { host } })).status).toBe(403);
  });

  test('clients that use the address of the archive, or the one it listens on', async () => {
    const options = { dist: path.join(folder, 'dist'), prefix: 'X', port: 0 };
    const site = 'https://lab.example/archive/';
    const settled = await startServer({ ...options, site });
    const everywhere = await startServer({ ...options, host: '0.0.0.0' });
    try {
      expect(await statusFor('lab.example', settled)).toBe(200);
      expect(await statusFor('Lab.Example.:8000', settled)).toBe(200);
      expect(await statusFor('other.example', settled)).toBe(403);
      // A numeric address is not a name that could come to resolve to this machine.
      expect(await statusFor('0.0.0.0:8000', everywhere)).toBe(200);
      expect(await statusFor('192.0.2.1:8000', everywhere)).toBe(200);
      expect(await statusFor('evil.example', everywhere)).toBe(403);
    } finally {
      await settled.close();
      await everywhere.close();
    }
  });
});

describe('the server itself', () => {
  test('takes the next port if one is taken', async () => {
    const options = { dist: path.join(folder, 'dist'), prefix: 'DEMO-DANDI', port: server.port };
    const second = await startServer(options);
    try {
      expect(second.port).toBeGreaterThan(server.port);
    } finally {
      await second.close();
    }
  });

  test('says what is missing when there is no built site', async () => {
    const options = { dist: path.join(folder, 'none'), prefix: 'DEMO-DANDI', port: 0 };
    await expect(startServer(options)).rejects.toMatchObject({ code: 'content-not-found' });
  });

  test('ends although a client keeps its connection open', async () => {
    const short = await startServer({ dist: path.join(folder, 'dist'), prefix: 'X', port: 0 });
    const socket = connect(short.port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await short.close();
    await closed;
  });
});
