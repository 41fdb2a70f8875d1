// Downloads from an API of DANDI's shape: only what is meant is asked for, and a host that ignores the question
// leads to the same files. An asset whose record is gone fails alone.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/process/run-cli.ts';
import { runDownload } from '../support/process/run-download.ts';
import { dandiApiDouble, type ApiDoubleOptions } from '../support/servers/dandi-api-double.ts';
import {
  loopbackServer,
  type LoopbackOptions,
  type LoopbackServer,
} from '../support/servers/loopback-server.ts';
import { downloadArchive } from '../support/sites/download-archive.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const SUBJECTS = 30;
const names = Array.from({ length: SUBJECTS * 2 }, (_, at) => {
  const subject = `sub-${String(at % SUBJECTS).padStart(2, '0')}`;
  return `${subject}/${at < SUBJECTS ? 'a' : 'b'}.nwb`;
});
const UUID = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** An API whose downloads are in a store; pages hold seven assets. */
async function apiOf(
  options: ApiDoubleOptions = {},
  fault?: LoopbackOptions['fault'],
): Promise<LoopbackServer> {
  const files = Object.fromEntries(names.map((name) => [name, Buffer.from(`bytes of ${name}`)]));
  const zarr = { 'sub-00/x.zarr': { '.zgroup': Buffer.from('{}'), '0/0': Buffer.from('chunk') } };
  const archive = await downloadArchive(temporaryFolder(), { ...files, ...zarr });
  const draft = path.join(archive.content, 'dandisets/000/000001/draft');
  const text = readFileSync(path.join(draft, 'assets.jsonl'), 'utf8');
  const record = readFileSync(path.join(draft, 'dandiset.json'), 'utf8');
  const assets = text
    .trimEnd()
    .split('\n')
    .map((line, at) => JSON.stringify({ ...JSON.parse(line), asset_id: UUID(at) }));
  const held = new Map([['000001', new Map([['draft', { record, assets }]])]]);
  const answer = dandiApiDouble(held, { pageSize: 7, ...options });
  const { objects } = archive.store;
  const server = await loopbackServer({
    answer(request) {
      const asset = /^\/api\/assets\/([^/]+)\/download\/$/.exec(request.pathname)?.[1];
      const found = assets.find((line) => line.includes(`"${asset}"`));
      if (asset !== undefined && found !== undefined) {
        const { blob } = JSON.parse(found) as { blob: string };
        const key = `blobs/${blob.slice(0, 3)}/${blob.slice(3, 6)}/${blob}`;
        return Buffer.from(objects.get(key)!).toString();
      }
      const files = /^\/api\/zarr\/[^/]+\/files$/.test(request.pathname);
      const list = [...objects].find(([key]) => key.endsWith('.json'))?.[1];
      if (!files || list === undefined) return answer(request);
      const rows = JSON.parse(Buffer.from(list).toString()) as [string, number, string][];
      const results = rows.map(([Key, Size, ETag]) => ({ Key, Size, ETag }));
      return JSON.stringify({ count: results.length, next: null, results });
    },
    ...(fault === undefined ? {} : { fault }),
  });
  onTestFinished(() => server.close());
  return server;
}

const LIST = '/api/dandisets/000001/versions/draft/assets/';
const listCalls = ({ requests }: LoopbackServer): string[] =>
  requests.filter((target) => target.startsWith(`${LIST}?`));
const SUBJECT = ['sub-07/a.nwb', 'sub-07/b.nwb'];

describe.each<[string, ApiDoubleOptions]>([
  ['that answers queries', {}],
  ['that ignores queries', { answersQueries: false }],
  ['without metadata in lists', { embedsMetadata: false }],
  ['without metadata that ignores queries', { embedsMetadata: false, answersQueries: false }],
])('an API %s', (_, options) => {
  const all = Math.ceil((names.length + 1) / 7);
  const isAnswered = options.answersQueries !== false;

  test.each<[string, string, string[], string]>([
    ['a folder', 'dandiset/000001/draft/files?location=sub-07/', SUBJECT, 'path=sub-07%2F'],
    ['a prefix', `${LIST.slice(1)}?path=sub-07/`, SUBJECT, 'path=sub-07%2F'],
    ['a pattern', `${LIST.slice(1)}?glob=SUB-07*`, SUBJECT, 'glob=SUB-07'],
    ['one file', `${LIST.slice(1)}?path=sub-07/a.nwb`, SUBJECT.slice(0, 1), 'path=sub-07%2Fa.nwb'],
  ])('%s', async (what, address, expected, asked) => {
    const server = await apiOf(options);
    const output = temporaryFolder();
    const { code, files } = await runDownload(server.url, output, [server.url + address]);
    expect([code, Object.values(files)]).toEqual([0, expected.map(() => 'fetched')]);
    for (const name of expected) {
      const place = path.join(output, what === 'one file' ? path.basename(name) : name);
      expect(readFileSync(place, 'utf8')).toBe(`bytes of ${name}`);
    }
    const calls = listCalls(server);
    expect(calls).toHaveLength(isAnswered ? 1 : all);
    expect(calls[0]).toContain(`&${asked}`);
    // The metadata of files that are not meant are never asked for.
    const metadata = server.requests.filter((target) => /\/assets\/[0-9a-f-]{36}\/$/.test(target));
    expect(metadata).toHaveLength(options.embedsMetadata === false ? expected.length : 0);
  });

  test('a glob of --include, and a path into a Zarr', async () => {
    const server = await apiOf(options);
    const { files } = await runDownload(server.url, temporaryFolder(), ['000001'], {
      settings: { filters: { include: ['sub-07/**'] }, only: 'assets' },
    });
    expect(Object.keys(files).sort()).toEqual(SUBJECT);
    expect(listCalls(server)).toHaveLength(isAnswered ? 1 : all);
    const listed = await runCli(
      ...['ls', 'dandi://LAB/000001@draft/sub-00/x.zarr/0/', '-i', server.url, '-f', 'jsonl'],
    );
    expect([listed.stderr, listed.stdout]).toEqual([
      '',
      expect.stringContaining('"path":"sub-00/x.zarr/0/0"'),
    ]);
  });
});

test('what a query does not find is looked for in the whole list before it is said to be absent', async () => {
  const server = await apiOf();
  const { requests } = server;
  const output = temporaryFolder();
  const address = `${server.url}${LIST.slice(1)}?path=sub-99`;
  await expect(runDownload(server.url, output, [address])).rejects.toThrow(/begins with "sub-99"/);
  expect(requests.filter((target) => target.startsWith(LIST)).length).toBeGreaterThan(2);
  expect([...filesBelow(output)]).toEqual([]);
});

test.each([
  [{ status: 404 }, 'not-found', /no such asset any more/],
  [{ body: '<html>Sign in</html>' }, 'network', /page \(HTML or XML\)/],
  [{ status: 403 }, 'network', /answered 403/],
] as const)('metadata of one asset that answer %o: it fails alone', async (fault, why, message) => {
  const gone = `${LIST}${UUID(3)}/`;
  const server = await apiOf({ embedsMetadata: false }, (target) =>
    target === gone ? fault : undefined,
  );
  const output = temporaryFolder();
  const { code, end, files, events } = await runDownload(server.url, output, ['000001'], {
    settings: { filters: { exclude: ['**/*.zarr'] } },
  });
  expect([code, end.outcome, end.code, end['failed']]).toEqual([1, 'partial', why, 1]);
  const failed = Object.keys(files).filter((name) => files[name] === why);
  expect(failed).toHaveLength(1);
  expect(events.find(({ path: name }) => name === failed[0])?.message).toMatch(message);
  expect(existsSync(path.join(output, '000001', failed[0]!))).toBe(false);
  expect(Object.values(files).filter((outcome) => outcome === 'fetched')).toHaveLength(
    names.length,
  );
});
