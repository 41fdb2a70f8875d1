// HDF5 in a browser's worker: the same tree and values as in Node, at an address and of a local file, and an error
// where an answer is wrong.

import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryBytes } from '../../src/adapters/bytes/memory-bytes.ts';
import type { Hdf5Access } from '../../src/adapters/hdf5/hdf5-access.ts';
import type { openBrowserHdf5 } from '../../src/adapters/hdf5/browser/open-browser-hdf5.ts';
import { readDataTree } from '../../src/adapters/hdf5/open-hdf5.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { filesMadeBy, type MadeFiles } from '../support/python-made-files.ts';
import { browser, launchBrowser } from '../support/sites/browser.ts';

declare const opener: { openBrowserHdf5: typeof openBrowserHdf5 };
declare let opened: Hdf5Access;

const hdf5 = path.join(repository, 'src/adapters/hdf5');

async function bundled(contents: string, name: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: hdf5, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['module'],
    logLevel: 'error',
  });
  return outputFiles[0]?.contents ?? expect.fail(name);
}

describeWith([python, browser], 'HDF5 in a browser', () => {
  let made: MadeFiles<unknown>;
  let chromium: Browser;
  let page: Page;
  const scripts = new Map<string, Uint8Array>();
  let wrong: ((response: ServerResponse, body: Uint8Array) => boolean) | undefined;
  const seen: string[] = [];
  let server: Server;

  beforeAll(async () => {
    made = filesMadeBy('hdf5_files.py');
    scripts.set(
      '/worker.js',
      await bundled(
        `import { serveHdf5 } from './browser/serve-hdf5.ts'; serveHdf5(globalThis as never);`,
        'worker',
      ),
    );
    scripts.set(
      '/opener.js',
      await bundled(
        `import { openBrowserHdf5 } from './browser/open-browser-hdf5.ts'; Object.assign(globalThis, { opener: { openBrowserHdf5 } });`,
        'opener',
      ),
    );
    const content = readFileSync(path.join(made.folder, 'values.h5'));
    server = createServer((request, response) => {
      const at = request.url ?? '/';
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      if (at === '/') {
        response.setHeader('Content-Type', 'text/html');
        return void response.end('<!doctype html><script type="module" src="/opener.js"></script>');
      }
      if (at.startsWith('/plugins/')) {
        seen.push(at);
        const place = path.join(repository, 'node_modules/h5wasm-plugins', at);
        return void response.end(readFileSync(place));
      }
      const script = scripts.get(at);
      if (script !== undefined) {
        response.setHeader('Content-Type', 'text/javascript');
        return void response.end(script);
      }
      if (from === undefined || to === undefined) return void response.writeHead(404).end();
      const body = content.subarray(Number(from), Number(to) + 1);
      response.statusCode = 206;
      response.setHeader('ETag', '"one"');
      response.setHeader('Content-Range', `bytes ${from}-${to}/${content.length}`);
      if (wrong?.(response, body) !== true) response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    chromium = await launchBrowser();
    page = await chromium.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'opener' in globalThis);
  });
  afterAll(async () => {
    await chromium?.close();
    server?.closeAllConnections();
    server?.close();
    made?.remove();
  });

  const open = (source: 'address' | 'own file'): Promise<void> =>
    page.evaluate(
      async ([from, size]) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        const address = new URL('/values.h5', location.href).href;
        const parts: Blob[] = [];
        if (from === 'own file')
          for (let at = 0; at < size; at += 2 ** 20) {
            const headers = { Range: `bytes=${at}-${Math.min(size, at + 2 ** 20) - 1}` };
            parts.push(await (await fetch(address, { headers })).blob());
          }
        const opening = from === 'own file' ? new Blob(parts) : { url: address, size };
        opened = opener.openBrowserHdf5(worker, {
          source: opening,
          name: 'values.h5',
          plugins: new URL('/plugins/', location.href).href,
        });
      },
      [source, readFileSync(path.join(made.folder, 'values.h5')).length] as const,
    );

  test.each(['address', 'own file'] as const)(
    'the tree is that of Node, of an %s',
    async (source) => {
      await open(source);
      const tree = await page.evaluate(async () => JSON.stringify(await opened.tree()));
      const bytes = memoryBytes(readFileSync(path.join(made.folder, 'values.h5')));
      expect(JSON.parse(tree)).toEqual(JSON.parse(JSON.stringify(await readDataTree(bytes))));
    },
  );

  test('values of all filters are right, and a decoder is loaded when it is needed', async () => {
    await open('address');
    seen.length = 0;
    const first = (name: string): Promise<number[]> =>
      page.evaluate(
        async (at) =>
          Array.from(
            (
              await opened.slice(at, [
                [1, 2],
                [0, 4],
              ])
            ).values as Float32Array,
          ),
        `/filters/${name}`,
      );
    expect(await first('gzip')).toEqual([200, 201, 202, 203]);
    expect(seen).toEqual([]);
    const names = 'lzf bzip2 lz4 zstd bitshuffle blosc-lz4 blosc2 zfp szip'.split(' ');
    for (const name of names) expect(await first(name), name).toEqual([200, 201, 202, 203]);
    expect(seen).toHaveLength(8);
  });

  const wrongs: [string, typeof wrong][] = [
    ['403', (response) => (response.writeHead(403).end(), true)],
    ['503', (response) => (response.writeHead(503).end(), true)],
    ['a short answer', (response, body) => (response.end(body.subarray(1)), true)],
    ['the whole file', (response, body) => ((response.statusCode = 200), response.end(body), true)],
    ['another file', (response) => (response.setHeader('ETag', '"two"'), false)],
    ['a broken connection', (response) => (response.destroy(), true)],
  ];
  test.each(wrongs)('%s in the middle is an error', async (_, fault) => {
    await open('address');
    expect(await page.evaluate(async () => (await opened.slice('/numbers/scalar')).values[0])).toBe(
      1.5,
    );
    wrong = fault;
    // Far from what has been read.
    const message = await page.evaluate(async () => {
      const results = [
        '/texts/many',
        '/filters/gzip',
        '/filters/zfp',
        '/tables/dynamic/start_more',
      ].map((at) =>
        opened.slice(at).then(
          ({ shape }) => shape,
          (error: Error) => error.message,
        ),
      );
      return Promise.all(results);
    });
    wrong = undefined;
    expect(message.at(-1)).toMatch(/could not be read|has changed|bytes came/);
  });
});
