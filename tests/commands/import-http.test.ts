// `dandiset import` from addresses: DANDI's own API and a bucket of manifests, by doubles on
// loopback, and another archive as it is served.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RunningServer } from '../../src/adapters/static-server/start-server.ts';
import { serveProgramFiles } from '../support/sites/api-site.ts';
import { bucketDouble } from '../support/stores/bucket-double.ts';
import {
  dandiApiDouble,
  type ApiDoubleOptions,
  type HeldDandisets,
} from '../support/servers/dandi-api-double.ts';
import {
  loopbackServer,
  type Fault,
  type LoopbackOptions,
  type LoopbackServer,
} from '../support/servers/loopback-server.ts';
import { repository } from '../support/needed-part.ts';
import { plainHost } from '../support/hosts/plain-host.ts';
import { runCli } from '../support/process/run-cli.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';
import { compareRecords } from '../support/records/round-trip.ts';

const VERSION = '0.210812.1448';
const uuid = (digit: string): string => `${digit.repeat(8)}-1111-4222-8333-444444444444`;
const record = (number: string, extra = ''): string =>
  `{"name": "Mossy cells", "identifier": "DANDI:${number}", "x": 1.0, "y": 1e3${extra}}`;
const asset = (name: string, digit: string): string =>
  `{"asset_id":"${uuid(digit)}","blob":"${uuid(digit)}","path":"${name}","size":7,"metadata":{"path":"${name}","size":7.10,"z":1,"a":12345678901234567890}}`;

const ASSETS = [asset('a.nwb', 'a'), asset('b.nwb', 'b'), asset('c.nwb', 'c')];
const HELD: HeldDandisets = new Map([
  [
    '000003',
    new Map([
      ['draft', { record: record('000003'), assets: ASSETS }],
      [VERSION, { record: record('000003', ',"version":"x"'), assets: ASSETS.slice(0, 2) }],
    ]),
  ],
  ['000004', new Map([['draft', { record: record('000004'), assets: [] }]])],
]);
const INFO = JSON.stringify({ version: '0.3.1', services: {} });

interface Report {
  source: { kind: string; name: string };
  versions: { number: string; version: string; action: string; assets: number | null }[];
  problems: { rule: string; path: string; pointer?: string; message: string }[];
  totals: Record<string, number>;
}

async function importFrom(address: string, into?: string, ...flags: string[]) {
  const folder = into ?? path.join(temporaryFolder(), 'content');
  const args = ['import', address, '--into', folder, '--json', '--no-check', ...flags];
  const { code, stdout, stderr } = await runCli(...args);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  const taken = report.versions.map((one) => `${one.number}/${one.version} ${one.action}`);
  return { folder, code, report, taken };
}

async function serve(options: LoopbackOptions): Promise<LoopbackServer> {
  const server = await loopbackServer(options);
  onTestFinished(() => server.close());
  return server;
}

const serveApi = (
  fault?: LoopbackOptions['fault'],
  options?: ApiDoubleOptions,
): Promise<LoopbackServer> =>
  serve({ answer: dandiApiDouble(HELD, options), ...(fault === undefined ? {} : { fault }) });

describe("DANDI's own API", () => {
  const LIST = `/api/dandisets/000003/versions/draft/assets/?metadata=true&order=path&page_size=1000`;

  it('gives records as they are there, with few requests', async () => {
    const server = await serveApi(undefined, { pageSize: 2 });
    const { folder, code, report } = await importFrom(`${server.url}api`);
    expect(code).toBe(0);
    expect(report.totals).toMatchObject({ dandisets: 2, versions: 3, assets: 5, added: 3 });
    const files = filesBelow(path.join(folder, 'dandisets'));
    expect([...files.keys()]).toEqual([
      `000/000003/${VERSION}/assets.jsonl`,
      `000/000003/${VERSION}/dandiset.json`,
      `000/000003/${VERSION}/manifest.json`,
      '000/000003/draft/assets.jsonl',
      '000/000003/draft/dandiset.json',
      '000/000004/draft/assets.jsonl',
      '000/000004/draft/dandiset.json',
    ]);
    expect(files.get('000/000003/draft/assets.jsonl')).toBe(`${ASSETS.join('\n')}\n`);
    expect(files.get('000/000004/draft/assets.jsonl')).toBe('');
    expect(files.get('000/000003/draft/dandiset.json')).toBe(
      '{\n  "name": "Mossy cells",\n  "identifier": "DANDI:000003",\n  "x": 1.0,\n  "y": 1e3\n}\n',
    );
    expect(JSON.parse(files.get(`000/000003/${VERSION}/manifest.json`) ?? '')).toMatchObject({
      assets: { count: 2, bytes: 14 },
      previous: null,
      source: { kind: 'api' },
    });
    // The versions of a Dandiset without published ones are not requested. Only the first record is read
    // twice: it names the archive.
    const once = new Set(server.requests);
    expect(server.requests.length - once.size).toBe(1);
    expect([...once].sort()).toEqual(
      [
        '/api/info/',
        '/api/dandisets/?page_size=1000&ordering=id&draft=true&empty=true',
        '/api/dandisets/000003/versions/?page_size=1000',
        '/api/dandisets/000003/versions/draft/',
        LIST,
        `${LIST}&page=2`,
        `/api/dandisets/000003/versions/${VERSION}/`,
        LIST.replace('draft', VERSION),
        '/api/dandisets/000004/versions/draft/',
        LIST.replace('000003', '000004'),
      ].sort(),
    );
  });

  it('fetches what its lists do not hold, and keeps the order', async () => {
    const server = await serveApi(undefined, { embedsMetadata: false, pageSize: 2 });
    const { folder, code } = await importFrom(
      `${server.url}api/`,
      undefined,
      '--dandiset',
      '000003',
    );
    expect(code).toBe(0);
    const list = path.join(folder, 'dandisets/000/000003/draft/assets.jsonl');
    expect(readFileSync(list, 'utf8')).toBe(`${ASSETS.join('\n')}\n`);
  });

  it('gives one Dandiset by number or address, and reports one that does not exist', async () => {
    const server = await serveApi();
    const taken = ['000004/draft add'];
    const byNumber = await importFrom(`${server.url}api`, undefined, '--dandiset', 'DANDI:000004');
    expect([byNumber.code, byNumber.taken]).toEqual([0, taken]);
    const byAddress = await importFrom(`${server.url}api/dandisets/000004/`);
    expect([byAddress.code, byAddress.taken]).toEqual([0, taken]);
    expect(server.requests.filter((target) => target.includes('000003'))).toEqual([]);
    const numbers = ['--dandiset', '000004', '--dandiset', '000099'];
    const absent = await importFrom(`${server.url}api`, undefined, ...numbers);
    expect([absent.code, absent.taken]).toEqual([1, taken]);
    expect(absent.report.problems).toMatchObject([
      { rule: 'source-without-dandiset', path: '000099' },
    ]);
    const byVersion = await importFrom(`${server.url}api/dandisets/000003/versions/${VERSION}/`);
    expect([byVersion.code, byVersion.taken]).toEqual([0, [`000003/${VERSION} add`]]);
  });

  it('changes nothing the second time, and follows a draft', async () => {
    const server = await serveApi();
    const { folder } = await importFrom(`${server.url}api`);
    const before = filesBelow(folder);
    const again = await importFrom(`${server.url}api`, folder);
    expect(again.report.totals).toMatchObject({ unchanged: 3, added: 0 });
    expect(filesBelow(folder)).toEqual(before);
    const changed = await serveApi((target) =>
      target.endsWith('000004/versions/draft/') ? { body: record('000004', ',"z":2') } : undefined,
    );
    const followed = await importFrom(`${changed.url}api`, folder);
    expect(followed.report.totals).toMatchObject({ unchanged: 2, updated: 1 });
  });

  const busy: Fault = { status: 503, retryAfter: '0' };
  const RECORD = '/api/dandisets/000003/versions/draft/';
  const next = (address: string): Fault => ({
    body: `{"count":null,"next":"${address}","results":[]}`,
  });
  it.each<[string, string, Fault, string, RegExp]>([
    ['a server that stays busy', RECORD, busy, 'source-no-answer', /503.*asked 4 times/],
    ['a record that is refused', RECORD, { status: 403 }, 'source-no-answer', /403/],
    ['a record that is not there', RECORD, { status: 404 }, 'source-missing-file', /missing/],
    ['a page for a record', RECORD, { body: '\n<html>' }, 'source-wrong-answer', /HTML/],
    ['half a record', RECORD, { body: '{"a":' }, 'source-broken-json', /JSON/],
    ['a list for a record', RECORD, { body: '[]' }, 'source-broken-json', /not a JSON object/],
    [
      'a redirect elsewhere',
      RECORD,
      { redirect: 'http://b.example/' },
      'source-wrong-answer',
      /b\.e/,
    ],
    ['a list of another shape', LIST, { body: '{"results":{}}' }, 'source-wrong-answer', /no list/],
    ['a next page elsewhere', LIST, next('http://b.example/'), 'source-wrong-answer', /b\.example/],
    ['an item that is no asset', LIST, { body: '{"results":[7]}' }, 'source-asset-shape', /object/],
    [
      'a list shorter than it counts',
      LIST,
      { body: '{"count":2,"next":null,"results":[]}' },
      'source-wrong-answer',
      /counts 2 and gives 0/,
    ],
  ])('reports %s by its address; the rest goes on', async (_, target, fault, rule, words) => {
    const server = await serveApi((asked) => (asked === target ? fault : undefined));
    const { code, report, taken } = await importFrom(`${server.url}api`);
    expect(code).toBe(1);
    expect(report.problems).toMatchObject([{ rule, path: `${server.url}${target.slice(1)}` }]);
    expect(report.problems[0]?.message).toMatch(words);
    expect(taken).toEqual([`000003/${VERSION} add`, '000003/draft left-out', '000004/draft add']);
  });

  it('reports pages that never end, whether they repeat or only grow', async () => {
    for (const addressOf of [() => 'assets/', (page: number) => `assets/?page=${page}`]) {
      let page = 0;
      const server: LoopbackServer = await serveApi((target) => {
        if (!target.includes('000004/versions/draft/assets/')) return undefined;
        page += 1;
        const address = `${server.url}api/dandisets/000004/versions/draft/${addressOf(page)}`;
        return { body: `{"count":1,"next":"${address}","results":[${asset(`${page}`, 'a')}]}` };
      });
      const { code, report } = await importFrom(`${server.url}api/dandisets/000004/`);
      expect(code).toBe(1);
      expect(report.problems[0]?.message).toMatch(/leads back|counts 1 and gives more/);
    }
  });

  it('reports a Dandiset whose versions cannot be listed, and an invalid version', async () => {
    for (const [body, pointer] of [
      ['<html>', undefined],
      ['{"count":1,"next":null,"results":[{"version":"newest"}]}', '/results/0'],
    ] as const) {
      const server = await serveApi((target) =>
        target.startsWith('/api/dandisets/000003/versions/?') ? { body } : undefined,
      );
      const { code, report, taken } = await importFrom(`${server.url}api`);
      expect([code, taken]).toEqual([1, ['000004/draft add']]);
      expect(report.problems).toMatchObject([
        { rule: 'source-wrong-answer', path: expect.stringContaining('/000003/versions/?') },
      ]);
      expect(report.problems[0]?.pointer).toBe(pointer);
    }
  });

  it('refuses an address without any source, or with an unknown one', async () => {
    const server = await serve({ answer: () => '<html>A page</html>' });
    const into = path.join(temporaryFolder(), 'content');
    const other = ['--dandiset', '000003'];
    for (const [address, exit, words, ...flags] of [
      [`${server.url}api/dandisets/000004/`, 2, 'another one', ...other],
      [`${server.url}api`, 1, 'HTML'],
      [server.url, 1, 'no listing of a bucket'],
      [`${server.url}api?token=x`, 2, 'no query'],
      ['http://user:word@127.0.0.1/api', 2, 'no user'],
      [`${server.url}api/dandisets/new`, 2, 'no Dandiset'],
    ] as const) {
      const { code, stdout, stderr } = await runCli('import', address, '--into', into, ...flags);
      expect([code, stdout]).toEqual([exit, '']);
      expect(stderr).toContain(words);
    }
    const refused = await serve({
      answer: ({ pathname }) => (pathname === '/api/info/' ? INFO : undefined),
    });
    const { code, report } = await importFrom(`${refused.url}api`);
    expect(code).toBe(1);
    expect(report.problems.map(({ rule }) => rule)).toContain('source-missing-file');
  });
});

describe('a bucket of manifests', () => {
  const metadata = `{"path": "b.nwb", "contentSize": 12, "identifier": "${uuid('a')}", "contentUrl": ["https://bucket.example/blobs/aaa/aaa/${uuid('a')}"]}`;
  const objects = new Map([
    ['dandisets/000003/draft/assets.jsonld', `[${metadata}]`],
    ['dandisets/000003/draft/assets.yaml', ''],
    ['dandisets/000003/draft/dandiset.jsonld', record('000003')],
    [`dandisets/000004/${VERSION}/assets.yaml`, '- path: a.nwb\n  contentSize: 12\n'],
    [`dandisets/000004/${VERSION}/dandiset.yaml`, 'identifier: DANDI:000004\nx: 1.0\n'],
    ['blobs/aaa/aaa/x&y', ''],
  ]);
  const all = ['000003/draft add', `000004/${VERSION} add`];

  it('is listed to its end, and read as a folder of manifests is', async () => {
    const server = await serve({ answer: bucketDouble('b', objects, { pageSize: 2 }) });
    for (const [place, expected] of [
      ['b', all],
      ['b/dandisets/', all],
      ['b/dandisets/000003/', all.slice(0, 1)],
      [`b/dandisets/000004/${VERSION}/`, all.slice(1)],
    ] as const) {
      const { folder, code, report, taken } = await importFrom(`${server.url}${place}`);
      expect([code, taken, report.source.kind]).toEqual([0, expected, 'manifests']);
      const { stores } = JSON.parse(readFileSync(path.join(folder, 'archive.json'), 'utf8'));
      expect(stores[0]).toEqual({ kind: 'http', url: `${server.url}b/` });
    }
  });

  it('gives a version by its address where it cannot be listed', async () => {
    const server = await serve({ answer: bucketDouble('b', objects, { isListed: false }) });
    const { folder, code } = await importFrom(`${server.url}b/dandisets/000003/draft/`);
    expect(code).toBe(0);
    const list = readFileSync(path.join(folder, 'dandisets/000/000003/draft/assets.jsonl'), 'utf8');
    expect(list).toContain(`"blob":"${uuid('a')}","path":"b.nwb","size":12`);
  });

  it('is refused entirely where its listing breaks off: what is missing is unknown', async () => {
    const answer = bucketDouble('b', objects, { pageSize: 2 });
    const server = await serve({
      answer,
      fault: (target) => (target.includes('continuation-token') ? { status: 403 } : undefined),
    });
    const into = path.join(temporaryFolder(), 'content');
    const result = await runCli('import', `${server.url}b/dandisets/`, '--into', into);
    expect([result.code, result.stdout]).toEqual([1, '']);
    expect(result.stderr).toMatch(/continuation-token.*403/);
  });
});

describe('another archive', () => {
  let work = '';
  let server: RunningServer;
  const demo = path.join(repository, 'content');
  beforeAll(async () => {
    work = mkdtempSync(path.join(tmpdir(), 'import-http-'));
    server = await serveProgramFiles(demo, path.join(work, 'dist'));
  }, 120_000);
  afterAll(async () => {
    await server.close();
    rmSync(work, { recursive: true, force: true });
  });

  it('arrives byte for byte, drafts too; its files can be reached from the copy', async () => {
    const { folder, code, report } = await importFrom(`${server.url}api`);
    expect([code, report.problems, report.source.kind]).toEqual([0, [], 'archive']);
    const { differing, absent, added } = compareRecords(filesBelow(demo), filesBelow(folder));
    expect([differing, added]).toEqual([[], []]);
    // Owners and withdrawals belong to the other archive alone; a withdrawn version is offered nowhere.
    // What was read from the bytes is made anew.
    const isOwn = (file: string): boolean => /\/(?:status|derived)\.json$/.test(file);
    expect(absent.filter((file) => !isOwn(file))).toEqual([
      'dandisets/000/000003/0.240507.1200/assets.jsonl',
      'dandisets/000/000003/0.240507.1200/dandiset.json',
      'dandisets/000/000003/0.240507.1200/manifest.json',
    ]);
    const { stores } = JSON.parse(readFileSync(path.join(folder, 'archive.json'), 'utf8'));
    expect(stores[0]).toEqual({ kind: 'http', url: `${server.url}storage/` });
  });

  it('gives one version of a Dandiset by its address', async () => {
    const place = 'dandisets/000/000001';
    const version = '0.250702.1411';
    const { folder, code, taken } = await importFrom(
      `${server.url}api/dandisets/000001/versions/${version}/`,
    );
    expect([code, taken]).toEqual([0, [`000001/${version} add`]]);
    for (const name of ['dandiset.json', 'assets.jsonl']) {
      const file = path.join(place, version, name);
      expect(readFileSync(path.join(folder, file))).toEqual(readFileSync(path.join(demo, file)));
    }
  });

  it('arrives the same from a host that only serves files, at an address of its own', async () => {
    const dist = path.join(work, 'dist');
    writeFileSync(path.join(dist, '404.html'), '<!doctype html><title>Not found</title>');
    const host = await plainHost(dist);
    onTestFinished(() => host.close());
    const { folder, code, report } = await importFrom(host.url);
    expect([code, report.source]).toEqual([0, { kind: 'archive', name: `${host.url}api/` }]);
    const { differing, added } = compareRecords(filesBelow(demo), filesBelow(folder));
    expect([differing, added, report.totals['added']]).toEqual([[], [], 23]);
  });

  it('is checked against its manifests', async () => {
    const file = path.join(work, 'dist/dandiset/000002/0.250220.1645/assets.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"size":', '"size": '));
    onTestFinished(() => writeFileSync(file, text));
    const { code, report, taken } = await importFrom(`${server.url}api/dandisets/000002/`);
    expect([code, taken]).toEqual([1, ['000002/0.250220.1645 left-out', '000002/draft add']]);
    expect(report.problems).toMatchObject([
      {
        rule: 'source-wrong-digest',
        path: `${server.url}dandiset/000002/0.250220.1645/assets.jsonl`,
      },
    ]);
  });
});
