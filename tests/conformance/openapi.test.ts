// The OpenAPI document compared with what is served: every document of the demo, of a long list and of the
// corpus, the responses to queries, and the examples in it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../src/adapters/content-files/read-archive.ts';
import type { RunningServer } from '../../src/adapters/static-server/start-server.ts';
import type { Archive } from '../../src/core/records/archive.ts';
import { apiDocuments, serveProgramFiles } from '../support/sites/api-site.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { manyFiles } from '../support/sites/many-files.ts';
import { describeWith } from '../support/needed-part.ts';
import { faultsOfOpenApi, openApiChecker, type OpenApi } from '../support/sites/openapi-checker.ts';
import { shared } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Only an archive of more than a thousand has these. */
const OF_LARGE_ARCHIVES = [
  '/dandisets/page-{page}/',
  '/dandisets/{dandiset}/versions/page-{page}/',
];

/** Hosts for files have no document of a single asset. */
const OF_LOCAL_SERVER = ['', '/dandisets/{dandiset}/versions/{version}'].flatMap((above) =>
  ['', 'info/'].map((part) => `${above}/assets/{asset}/${part}`),
);

interface Verdict {
  api: OpenApi;
  /** Templates of addresses that have a document. */
  used: Set<string>;
  documents: number;
  faults: string[];
}

/** Every document of an archive's API against its description. */
async function verdictOf(content: string, settings: Partial<Archive> = {}): Promise<Verdict> {
  const documents: [address: string, text: string][] = [];
  for await (const one of apiDocuments(content, settings)) documents.push(one);
  const { site } = await readArchive(folderTree(content));
  const text = documents.find(([address]) => address === 'api/openapi.json')?.[1] ?? '';
  const api = JSON.parse(text) as OpenApi;
  const checker = openApiChecker(api);
  const verdict: Verdict = { api, used: new Set(), documents: documents.length, faults: [] };
  for (const [address, json] of documents) {
    if (address === 'api/openapi.json') continue;
    const template = checker.templateOf(site + address);
    if (template === undefined) verdict.faults.push(`${address} is not described once`);
    else {
      verdict.used.add(template);
      const faults = checker.faultsOf(template, JSON.parse(json));
      verdict.faults.push(...faults.slice(0, 3).map((fault) => `${address}: ${fault}`));
    }
  }
  return verdict;
}

describe('the OpenAPI document', () => {
  test('is valid, and describes everything that is served, as it is', async () => {
    // Netlify's rules need the lists of Zarrs as documents.
    const demo = await verdictOf(demoContent, { host: 'netlify' });
    const many = await verdictOf(manyFiles(temporaryFolder(), 1001));
    expect(faultsOfOpenApi(demo.api)).toEqual([]);
    expect([...demo.faults, ...many.faults]).toEqual([]);
    expect(demo.documents).toBeGreaterThan(100);
    const described = openApiChecker(demo.api).paths.filter(({ isRedirect }) => !isRedirect);
    const unused = described
      .map(({ template }) => template)
      .filter((template) => !demo.used.has(template) && !many.used.has(template));
    expect(unused).toEqual([...OF_LARGE_ARCHIVES, ...OF_LOCAL_SERVER]);
  });

  test('does not describe something else', async () => {
    const { api } = await verdictOf(demoContent);
    const { site } = await readArchive(folderTree(demoContent));
    const { faultsOf, templateOf } = openApiChecker(api);
    expect(faultsOf('/stats/', { dandiset_count: -1, size: 0 }).length).toBeGreaterThan(2);
    expect(templateOf(`${site}api/dandisets/1/`)).toBeUndefined();
    expect(templateOf(`${site}api/nothing/`)).toBeUndefined();
    const wrong = { ...api, openapi: '2.0', servers: [{ url: '/x' }] };
    expect(faultsOfOpenApi(wrong)).toHaveLength(2);
  });
});

describe('the local server', () => {
  let dist: string;
  let server: RunningServer;
  let api: OpenApi;
  const read = async (address: string): Promise<unknown> => (await fetch(address)).json();
  beforeAll(async () => {
    dist = mkdtempSync(path.join(tmpdir(), 'openapi-'));
    server = await serveProgramFiles(demoContent, dist);
    api = (await read(`${server.url}api/openapi.json`)) as OpenApi;
  });
  afterAll(async () => {
    await server?.close();
    rmSync(dist, { recursive: true, force: true });
  });

  test('serves every example, as described', async () => {
    const { paths, faultsOf } = openApiChecker(api);
    const examples = paths.filter(({ example }) => example !== undefined);
    expect(examples.length).toBeGreaterThanOrEqual(20);
    for (const { template, example, isRedirect } of examples) {
      expect(example).toContain(server.url);
      const response = await fetch(example!, { redirect: 'manual' });
      expect([example, response.status]).toEqual([example, isRedirect ? 302 : 200]);
      if (isRedirect) expect((await fetch(example!)).status).toBe(200);
      else expect(faultsOf(template, await response.json()), example).toEqual([]);
    }
  });

  test('answers queries in the same shapes', async () => {
    const { faultsOf } = openApiChecker(api);
    const below = '/dandisets/{dandiset}/versions/{version}';
    const version = `${server.url}api/dandisets/000001/versions/0.250702.1411`;
    const assets = `${server.url}api/dandisets/000006/versions/0.250610.1040/assets/`;
    const { results } = (await read(assets)) as { results: { zarr: string | null }[] };
    const zarr = results.find((asset) => asset.zarr !== null)?.zarr;
    for (const [template, address] of [
      [`${below}/assets/`, `${version}/assets/?path=sub-M2/`],
      [`${below}/assets/`, `${version}/assets/?glob=*.nwb`],
      [`${below}/assets/`, `${version}/assets/?page=2&page_size=1&order=-created`],
      [`${below}/assets/`, `${version}/assets/?metadata=false`],
      ['/dandisets/', `${server.url}api/dandisets/?search=mouse&page_size=1`],
      ['/dandisets/{dandiset}/versions/', `${server.url}api/dandisets/000001/versions/?page=1`],
      [`${below}/assets/paths/`, `${version}/assets/paths/?path_prefix=sub-M2`],
      ['/zarr/{zarr}/files/', `${server.url}api/zarr/${zarr}/files/?prefix=0/`],
    ] as const) {
      const document = await read(address);
      expect((document as { count: number }).count, address).toBeGreaterThan(0);
      expect(faultsOf(template, document), address).toEqual([]);
    }
  });
});

describeWith(shared, 'the OpenAPI document of the corpus', () => {
  test('describes all that is served', async () => {
    const { faults, documents } = await verdictOf(await importedCorpus());
    expect(faults.slice(0, 20)).toEqual([]);
    expect(documents).toBeGreaterThan(2000);
  });
});
