// The responses of an API served by a program, over the documents of the demo.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeProgramFiles } from '../../../tests/support/sites/api-site.ts';
import { demoContent } from '../../../tests/support/sites/built-site.ts';
import { startServer, type RunningServer } from './start-server.ts';

const VERSION = '/api/dandisets/000001/versions/0.250702.1411/';
const ASSETS = `${VERSION}assets/`;
const KEY = 'ab12cd'.padEnd(64, '0');
const ZARR = '0f1e2d3c-0000-4000-8000-000000000000';

interface Page {
  count: number;
  next: string | null;
  results: { path: string; asset_id: string; metadata: object; asset: { url: string } | null }[];
}

let dist: string;
let server: RunningServer;
beforeAll(async () => {
  dist = mkdtempSync(path.join(tmpdir(), 'api-reply-'));
  const { identifierPrefix, site } = await writeProgramFiles(demoContent, dist);
  const remoteStore = 'https://bucket.example/';
  server = await startServer({ dist, prefix: identifierPrefix, site, remoteStore, port: 0 });
});
afterAll(async () => {
  await server?.close();
  rmSync(dist, { recursive: true, force: true });
});

const ask = (target: string): Promise<Response> =>
  fetch(new URL(target, server.url), { redirect: 'manual' });
const page = async (target: string): Promise<Page> => (await (await ask(target)).json()) as Page;
const leadsTo = async (target: string): Promise<[number, string | null]> => {
  const { status, headers } = await ask(target);
  return [status, headers.get('location')];
};

describe('documents', () => {
  test('name the requested address where a client follows it', async () => {
    const info = (await (await ask('/server-info')).json()) as {
      services: { api: { url: string } };
    };
    expect(info.services.api.url).toBe(`${server.url}api`);
  });

  test('leave records as they are', async () => {
    const record = readFileSync(
      path.join(demoContent, 'dandisets/000/000001/0.250702.1411/dandiset.json'),
      'utf8',
    );
    expect(await (await ask(VERSION)).json()).toEqual(JSON.parse(record));
  });

  test('may be read by scripts of any site', async () => {
    const { headers } = await ask(ASSETS);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('content-type')).toBe('application/json');
  });

  test('what does not exist is not found, without the page for people', async () => {
    for (const target of [
      '/api/nothing/',
      '/api/dandisets/000999/',
      `${ASSETS}page-2/`,
      `${ASSETS}nothing/`,
      `${ASSETS}paths/?path_prefix=nothing`,
      '/api/schemas/?model=../../server-info',
    ]) {
      const response = await ask(target);
      expect([response.status, response.headers.get('content-type')], target).toEqual([
        404,
        'application/json',
      ]);
    }
  });
});

describe('queries', () => {
  test('for assets, by beginning, whole path and pattern', async () => {
    const all = await page(ASSETS);
    expect(all.count).toBe(all.results.length);
    const [first] = all.results;
    expect((await page(`${ASSETS}?path=${encodeURIComponent(first!.path)}`)).results).toEqual([
      first,
    ]);
    const found = await page(`${ASSETS}?glob=*_ses-*.NWB`);
    expect(found.results.length).toBe(2);
    expect((await page(`${ASSETS}?path=nothing`)).results).toEqual([]);
  });

  test('for folders', async () => {
    const { results } = await page(`${ASSETS}paths/?path_prefix=sub-M2`);
    expect(results.map((one) => one.path)).toEqual([
      'sub-M2/sub-M2_ses-20240612_behavior+ecephys.nwb',
      'sub-M2/sub-M2_ses-20240619_behavior+ecephys.nwb',
    ]);
    expect(results[0]!.asset!.url).toMatch(/^http:.+\/download\/$/);
  });

  test('for one asset and its metadata', async () => {
    const [first] = (await page(ASSETS)).results;
    expect(await (await ask(`${ASSETS}${first!.asset_id}/`)).json()).toEqual(first!.metadata);
    expect(await (await ask(`${ASSETS}${first!.asset_id}/info/`)).json()).toEqual(first);
  });

  test('for a schema', async () => {
    const schema = (await (await ask('/api/schemas/?model=Dandiset')).json()) as { title: string };
    expect(schema.title).toMatch(/^Dandiset /);
  });
});

describe('bytes in a remote store', () => {
  test('are redirected to by their keys', async () => {
    const blob = `https://bucket.example/blobs/ab1/2cd/${KEY}`;
    expect(await leadsTo(`/api/assets/ab1/2cd/${KEY}/download/`)).toEqual([302, blob]);
    const chunk = `/api/zarr/${ZARR}/files/?prefix=0/a%20b&download=true`;
    expect(await leadsTo(chunk)).toEqual([302, `https://bucket.example/zarr/${ZARR}/0/a%20b`]);
  });

  test('and never out of it', async () => {
    for (const target of [
      '/api/assets/../../secret/download/',
      '/api/assets/nothing/download/',
      `/api/zarr/${ZARR}/files/?prefix=0/../../secret&download=true`,
      `/api/zarr/${ZARR}/files/?prefix=//evil.example/&download=true`,
      '/api/zarr/x/files/?prefix=0&download=true',
    ]) {
      expect([target, ...(await leadsTo(target))]).toEqual([target, 404, null]);
    }
  });
});
