// Queries and single assets as public scripts ask for them, over the documents of the demo and of a long list.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveProgramFiles, writeProgramFiles } from '../../../tests/support/sites/api-site.ts';
import { demoContent } from '../../../tests/support/sites/built-site.ts';
import { manyFiles } from '../../../tests/support/sites/many-files.ts';
import type { RunningServer } from './start-server.ts';

interface Item {
  asset_id: string;
  blob: string;
  path: string;
  modified: string;
  identifier: string;
  metadata?: { identifier: string; contentUrl: string[] };
}

interface Page {
  count: number;
  next: string | null;
  previous: string | null;
  results: Item[];
  note?: string;
}

let folder: string;
let demo: RunningServer;
let many: RunningServer;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'api-queries-'));
  demo = await serveProgramFiles(demoContent, path.join(folder, 'demo'));
  many = await serveProgramFiles(manyFiles(folder, 2500), path.join(folder, 'many'));
});
afterAll(async () => {
  await demo?.close();
  await many?.close();
  rmSync(folder, { recursive: true, force: true });
});

const V = 'api/dandisets/000001/versions/0.250702.1411/';
const DRAFT = 'api/dandisets/000001/versions/draft/';

const ask = (target: string, init?: RequestInit, { url } = demo): Promise<Response> =>
  fetch(new URL(target, url), { redirect: 'manual', ...init });
const read = async (target: string, at = demo): Promise<Page> =>
  (await (await ask(target, {}, at)).json()) as Page;
const paths = async (target: string): Promise<string[]> =>
  (await read(target)).results.map((item) => item.path);
const numbers = async (query: string): Promise<string> =>
  (await read(`api/dandisets/?${query}`)).results
    .map(({ identifier }) => Number(identifier))
    .join(' ');

describe('pages', () => {
  test('hold every file once, and a loop over them ends', async () => {
    const list = `${DRAFT}assets/`;
    for (const size of [1000, 300]) {
      const seen: string[] = [];
      for (let page = 1; page < 20; page += 1) {
        const answer = await ask(`${list}?page=${page}&page_size=${size}`, {}, many);
        if (answer.status === 404) {
          expect(await answer.json()).toEqual({ detail: 'Invalid page.' });
          break;
        }
        const { results, count } = (await answer.json()) as Page;
        expect(count).toBe(2500);
        seen.push(...results.map((item) => item.path));
      }
      expect(seen).toEqual([...new Set(seen)].sort());
      expect(seen).toHaveLength(2500);
    }
  });

  test('name the next and the previous by whole addresses', async () => {
    const list = `${many.url}${DRAFT}assets/`;
    const { next, previous } = await read(`${list}?page=2&page_size=100&metadata=true`, many);
    expect(next).toBe(`${list}?page=3&page_size=100&metadata=true`);
    expect(previous).toBe(`${list}?page=1&page_size=100&metadata=true`);
    const globbed = await read(`${list}?glob=*_run-00*_events.tsv&page_size=2`, many);
    expect(globbed.count).toBe(2500);
    expect(globbed.results).toHaveLength(2);
    expect((await read(globbed.next!, many)).results[0]!.path).toContain('run-000002');
    expect((await read(`${list}?page=3`, many)).results).toHaveLength(500);
  });

  test('of Dandisets and of versions', async () => {
    expect(await numbers('page=2&page_size=3')).toBe('4 5 6');
    expect((await ask('api/dandisets/?page=5&page_size=3')).status).toBe(404);
    const versions = 'api/dandisets/000001/versions/';
    expect((await read(`${versions}?page=2&page_size=3`)).results).toHaveLength(1);
    expect((await ask(`${versions}?page=3&page_size=3`)).status).toBe(404);
    const ordered = async (query: string): Promise<string[]> =>
      (await read(versions + query)).results.map(
        (one) => (one as never as { version: string }).version,
      );
    const oldestFirst = await ordered('?order=created');
    expect(await ordered('?order=-created')).toEqual(oldestFirst.reverse());
  });
});

describe('lists of assets', () => {
  test('in another order, without metadata, and of Zarrs alone', async () => {
    const all = await paths(`${V}assets/`);
    expect(await paths(`${V}assets/?order=-path`)).toEqual([...all].reverse());
    const times = (await read(`${V}assets/?order=-modified`)).results.map(
      ({ modified }) => modified,
    );
    expect(times).toEqual([...times].sort().reverse());
    const [bare] = (await read(`${V}assets/?metadata=false`)).results;
    expect(Object.keys(bare!)).not.toContain('metadata');
    const zarrs = 'api/dandisets/000006/versions/0.250610.1040/assets/';
    const ofZarrs = (await read(`${zarrs}?zarr=true`)).count;
    expect([ofZarrs > 0, ofZarrs < (await read(zarrs)).count]).toEqual([true, true]);
    expect((await read(`${zarrs}?zarr=false`)).count).toBe((await read(zarrs)).count);
  });

  test('are as they were written', async () => {
    const whole = await (await ask(`${V}assets/`)).text();
    const queried = await (await ask(`${V}assets/?path=`)).text();
    const items = (text: string): string => text.slice(text.indexOf('"results"'));
    expect(items(queried)).toBe(items(whole));
  });

  test('of what is not there', async () => {
    expect((await read(`${V}assets/?glob=`)).results).toEqual([]);
    expect((await ask(`${V}assets/?glob=x&page=2`)).status).toBe(404);
    expect((await ask('api/dandisets/000999/versions/draft/assets/?path=x')).status).toBe(404);
  });

  test('cost little however they are asked for', async () => {
    for (const query of [
      `glob=${'*a'.repeat(3500)}`,
      `glob=${'*'.repeat(7000)}b`,
      `path=${'a'.repeat(7000)}`,
      `order=${'-'.repeat(7000)}path`,
      `page_size=${'9'.repeat(7000)}`,
    ]) {
      expect([200, 404]).toContain((await ask(`${DRAFT}assets/?${query}`, {}, many)).status);
    }
    const huge = await ask(`${DRAFT}assets/?page=${'9'.repeat(7000)}`, {}, many);
    expect(await huge.json()).toEqual({ detail: 'Invalid page.' });
  });
});

describe('lists of Dandisets', () => {
  test('by words of their metadata, whatever their letters', async () => {
    expect(await numbers('search=Hippocampal')).toContain('1');
    expect(await numbers('search=no-such-word')).toBe('');
    expect(await numbers('search=DEMO-DANDI:000003')).toBe('3');
    const { name } = (await read('api/dandisets/000007/versions/draft/')) as never as {
      name: string;
    };
    expect(await numbers(`search=${encodeURIComponent(name.toUpperCase())}`)).toBe('7');
  });

  test('in an order, published ones alone, and those with files', async () => {
    expect(await numbers('ordering=-id&page_size=3')).toBe('11 10 9');
    expect(await numbers('draft=false')).toBe('1 2 3 4 5 6 7 8 9');
    expect(await numbers('empty=false&draft=false&ordering=id')).toBe('1 2 3 4 5 6 7 8 9');
    expect(await numbers('user=me')).toBe('');
  });
});

describe('one asset', () => {
  let item: Item;
  beforeAll(async () => {
    [item] = (await read(`${V}assets/`)).results as [Item];
  });

  test('by the UUID that papers hold, by its key and by its asset_id', async () => {
    const uuid = item.metadata!.identifier;
    expect(uuid).not.toBe(item.blob);
    for (const id of [uuid, item.blob, item.asset_id]) {
      for (const base of ['api/', V]) {
        const at = `${base}assets/${id}/`;
        expect((await (await ask(at)).json()) as object, at).toMatchObject({
          path: item.path,
          contentUrl: item.metadata!.contentUrl,
        });
        expect(((await (await ask(`${at}info/`)).json()) as Item).asset_id, at).toBe(item.asset_id);
        const { status, headers } = await ask(`${at}download/`, { method: 'HEAD' });
        const location = headers.get('location')!;
        expect([status, location.replace(/\?.*/, '')], at).toEqual([
          302,
          `${demo.url}storage/blobs/${item.asset_id}`,
        ]);
      }
    }
    for (const id of ['x', `x/y/${item.blob}`, '00000000-0000-4000-8000-000000000000']) {
      expect((await ask(`api/assets/${id}/info/`)).status, id).toBe(404);
      expect((await ask(`${V}assets/${id}/download/`)).status, id).toBe(404);
    }
  });

  test('says where its file is on this server', async () => {
    const { contentUrl } = item.metadata!;
    expect(contentUrl).toEqual([
      `${demo.url}api/assets/${item.asset_id}/download/`,
      `${demo.url}storage/blobs/${item.asset_id}`,
    ]);
    const [inDraft] = (await read(`${DRAFT}assets/`)).results;
    expect(inDraft!.metadata).toMatchObject({ contentUrl, identifier: item.metadata!.identifier });
  });

  test('is saved under its name', async () => {
    const at = `api/assets/${item.metadata!.identifier}/download/`;
    const name = item.path.split('/').at(-1)!;
    for (const [query, disposition] of [
      ['', 'attachment'],
      ['?content_disposition=inline', 'inline'],
    ]) {
      const { status, headers } = await fetch(demo.url + at + query, { method: 'HEAD' });
      expect([status, headers.get('content-disposition')]).toEqual([
        200,
        `${disposition}; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      ]);
    }
  });

  test('of a Zarr has no download, and DANDI refuses it too', async () => {
    const list = 'api/dandisets/000006/versions/0.250610.1040/assets/';
    const [zarr] = (await read(`${list}?zarr=true`)).results;
    expect((await ask(`api/assets/${zarr!.asset_id}/download/`)).status).toBe(400);
    expect((await ask(`api/assets/${zarr!.metadata!.identifier}/info/`)).status).toBe(200);
  });
});

test('an asset whose bytes are in no store leads to where they are', async () => {
  const content = manyFiles(path.join(folder, 'elsewhere'), ['a.tsv']);
  const list = path.join(content, 'dandisets/000/000001/draft/assets.jsonl');
  const line = JSON.parse(readFileSync(list, 'utf8')) as { blob?: string; metadata: object };
  delete line.blob;
  const contentUrl = ['https://bytes.example/a.tsv'];
  writeFileSync(
    list,
    `${JSON.stringify({ ...line, metadata: { ...line.metadata, contentUrl } })}\n`,
  );
  const server = await serveProgramFiles(content, path.join(folder, 'elsewhere', 'dist'));
  try {
    const [item] = (await read(`${DRAFT}assets/`, server)).results;
    for (const id of [item!.asset_id, item!.metadata!.identifier]) {
      const { status, headers } = await ask(`api/assets/${id}/download/`, {}, server);
      expect([status, headers.get('location')]).toEqual([302, contentUrl[0]]);
    }
  } finally {
    await server.close();
  }
});

test('drafts are not open to scripts of other sites, whatever the address', async () => {
  const isOpen = async (target: string): Promise<boolean> =>
    (await ask(target, {}, many)).headers.get('access-control-allow-origin') === '*';
  const [item] = (await read(`${DRAFT}assets/?page_size=1`, many)).results;
  for (const target of [
    `${DRAFT}assets/?page=1`,
    `api/assets/${item!.metadata!.identifier}/info/`,
    `api/assets/${item!.blob}/`,
    'api/dandisets/?search=many',
  ]) {
    expect(await isOpen(target), target).toBe(false);
  }
  expect(await isOpen('api/dandisets/?page=1')).toBe(true);
});

test('a site that is built anew is answered from at once', async () => {
  const dist = path.join(folder, 'rebuilt');
  const one = manyFiles(path.join(folder, 'one'), ['a.tsv']);
  const server = await serveProgramFiles(one, dist);
  try {
    const [first] = (await read(`${DRAFT}assets/?path=a`, server)).results;
    const info = `api/assets/${first!.metadata!.identifier}/info/`;
    expect(((await (await ask(info, {}, server)).json()) as Item).path).toBe('a.tsv');
    await writeProgramFiles(manyFiles(path.join(folder, 'two'), ['b.tsv', 'c.tsv']), dist);
    expect((await read(`${DRAFT}assets/?glob=*`, server)).count).toBe(2);
    expect(((await (await ask(info, {}, server)).json()) as Item).path).toBe('b.tsv');
  } finally {
    await server.close();
  }
});
