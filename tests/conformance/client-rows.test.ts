// Rows 1 to 61 of the comparison with DANDI's Python client, as one table: what `dandiset` does, and what that client
// does with the same addresses and files, from the same server.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { zarrChecksum } from '../../src/core/digests/zarr-checksum.ts';
import type { DigestAlgorithm } from '../../src/adapters/digests/digest-algorithms.ts';
import { digestsOfPath } from '../../src/adapters/digests/path-digests.ts';
import { parseResource } from '../../src/core/download/resource.ts';
import { targetOf } from '../../src/core/download/target-path.ts';
import { zarrFilter } from '../../src/core/download/zarr-filter.ts';
import { DANDI_SITES } from '../../src/core/identifiers/dandi-sites.ts';
import { demoBytes, describeWith, repository } from '../support/needed-part.ts';
import { dandiDownload, wrongFiles } from '../support/process/dandi-client.ts';
import { python } from '../support/process/python.ts';
import { runCli, runProgram } from '../support/process/run-cli.ts';
import { runDownload } from '../support/process/run-download.ts';
import { loopbackServer } from '../support/servers/loopback-server.ts';
import { serveProgramFiles } from '../support/sites/api-site.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { temporaryFolder, writeFiles, type Files } from '../support/temporary-folder.ts';
import { CLIENT_ROWS } from './client-rows/rows.ts';
import { filledIn, outcomeIn, rowsArchive, writeBefore } from './client-rows/rows-archive.ts';
import type { RowsArchive } from './client-rows/rows-archive.ts';
import type { ClientRow, CommandCase, DigestCase, DownloadCase, Named } from './client-rows/row.ts';

let archive: RowsArchive;
beforeAll(async () => {
  archive = await rowsArchive();
});
afterAll(async () => {
  await archive.server.close();
  rmSync(path.dirname(archive.content), { recursive: true, force: true });
});

/** The cases of a kind, each with its row and what is asked. */
function casesOf<Case>(
  of: (row: ClientRow) => readonly Case[] | undefined,
  asks: (one: Case) => string,
): [string, Case][] {
  return CLIENT_ROWS.flatMap((row) =>
    (of(row) ?? []).map((one): [string, Case] => [
      `row ${row.row}: ${row.behaviour}: ${asks(one)}`,
      one,
    ]),
  );
}
const PARSES = casesOf(
  ({ parse }) => parse,
  ({ text, isGlob }) => (isGlob === true ? `${text} as a glob` : text),
);
const DOWNLOADS = casesOf(
  ({ download }) => download,
  ({ urls }) => urls.join(' '),
);
const COMMANDS = casesOf(
  ({ command }) => command,
  ({ args }) => args.join(' '),
);
const DIGESTS = casesOf(
  ({ digest }) => digest,
  ({ path: place }) => place,
);

const TARGETS: [selection: string, asset: string, target: string][] = [
  ['', 'foo/bar', 'foo/bar'],
  ['fo', 'foo/bar', 'foo/bar'],
  ['foo', 'foo/bar', 'foo/bar'],
  ['foo/', 'foo/bar', 'foo/bar'],
  ['foo/bar', 'foo/bar/baz/quux', 'bar/baz/quux'],
  ['foo/bar/', 'foo/bar/baz/quux', 'bar/baz/quux'],
  ['/foo/bar', 'foo/bar/baz/quux', 'bar/baz/quux'],
  ['foo/ba', 'foo/bar/baz/quux', 'bar/baz/quux'],
  ['foo/bar', 'foo/bar', 'bar'],
];

const INNER = [
  ...['.zgroup', '.zattrs', '.zmetadata', 'zarr.json', 'sub/zarr.json', 'sub/.zmetadata'],
  ...['0/.zarray', '0/.zattrs', '0/0/0', '0/0/1', '0/1/0', '1/.zarray', '1/0/0', '01/data'],
  ...['scale0/.zarray', 'scale0/0/0/0', 'scale1/.zarray', 'a/b/c', 'a'],
];
const FILTERS = [
  ...['metadata', 'glob:**/.z*', 'glob:**/zarr.json', 'glob:0/*', 'glob:0/0/0', 'glob:**'],
  ...['glob:scale*/.zarray', 'glob:*/*/0', 'glob:**/0', 'glob:a/**', 'glob:?/0/[01]', 'glob:*'],
  ...['path:0/0/0', 'path:0', 'path:0/0', 'path:1', 'path:0/', 'path:a/b', 'path:none'],
];

describe('the table', () => {
  test('has every row', () => {
    expect(CLIENT_ROWS.map(({ row }) => row)).toEqual(
      Array.from({ length: 61 }, (_, at) => at + 1),
    );
  });

  test('each row is asserted, or says why it does not apply; a difference is explained', () => {
    for (const row of CLIENT_ROWS) {
      const { parse = [], download = [], command = [], digest = [], asserted = [] } = row;
      const cases = parse.length + download.length + command.length + digest.length;
      if (row.we === '–') expect(row.note, `row ${row.row}`).toBeDefined();
      else expect(cases + asserted.length, `row ${row.row}`).toBeGreaterThan(0);
      if (row.we === '≠') expect([row.note, row.help], `row ${row.row}`).not.toContain(undefined);
      for (const [file, title] of asserted) {
        const tests = readFileSync(path.join(repository, file), 'utf8');
        expect(tests, `row ${row.row}: ${title}`).toContain(title);
      }
    }
  });

  test('--help says where we differ on purpose', async () => {
    for (const verb of ['download', 'ls']) {
      const { stdout } = await runCli(verb, '--help');
      for (const { row, help } of CLIENT_ROWS)
        if (help?.[0] === verb) expect(stdout, `row ${row}`).toMatch(help[1]);
    }
  });
});

/** What our parser says, as the table says it. */
function parsedHere(text: string, isGlob: boolean): Named | 'error' {
  const parsed = parseResource(text, isGlob);
  if (parsed.kind !== 'resource') return 'error';
  const { archive: at, prefix, number, version, part } = parsed.resource;
  const known = [...DANDI_SITES].find(([, { api }]) => api === at)?.[0];
  const isHere = at?.startsWith(archive.here) === true;
  const instance = isHere ? 'lab' : (known ?? prefix ?? '').toLowerCase();
  const place = { all: null, id: 'id', glob: 'pattern' }[part.kind as 'all'] as string | null;
  const own = part as unknown as Record<string, string>;
  return {
    instance,
    number: number ?? null,
    version: version ?? null,
    kind: part.kind,
    path: place === null ? null : (own[place ?? 'path'] ?? null),
  };
}

describe('dandiset', () => {
  test.each(PARSES)('%s', (_, { text, isGlob = false, names }) => {
    expect(parsedHere(filledIn(text, archive), isGlob)).toEqual(names);
  });

  async function downloaded(given: DownloadCase, output: string): Promise<boolean> {
    const { existing, preserveTree, only, zarr, sync, isGlob, urls, twice, says } = given;
    const filter = zarrFilter(zarr ?? []);
    const settings = {
      ...(existing === undefined ? {} : { existing }),
      ...(preserveTree === undefined ? {} : { preserveTree }),
      ...(only === undefined ? {} : { only }),
      ...(filter === undefined ? {} : { zarr: filter }),
      ...(sync === undefined ? {} : { sync }),
    };
    const texts = urls.map((url) => filledIn(url, archive));
    const options = { settings, isGlob: isGlob === true };
    try {
      if (twice === true) await runDownload(archive.here, output, texts, options);
      return (await runDownload(archive.here, output, texts, options)).code === 0;
    } catch (error) {
      if (says !== undefined) expect((error as Error).message).toMatch(says);
      return false;
    }
  }

  test.each(DOWNLOADS)('%s', async (_, given) => {
    const output = temporaryFolder();
    writeBefore(output, given.before ?? {}, archive);
    const ok = await downloaded(given, output);
    expect({ ok, files: outcomeIn(output) }).toEqual({
      ok: given.ok,
      files: given.files.toSorted(),
    });
  });

  test.each(COMMANDS)('%s', async (_, { args, files = {}, code, says }: CommandCase) => {
    const folder = temporaryFolder(files);
    const places: Record<string, string> = {
      CONTENT: archive.content,
      OUTPUT: path.join(folder, 'output'),
    };
    const script = path.join(repository, 'scripts', 'dandiset.mjs');
    const words = [script, ...args.map((one) => places[one] ?? one)];
    const line = ['-c', 'cd "$0" && exec "$@"', folder, process.execPath, ...words];
    const result = await runProgram('bash', line);
    expect([result.code, result.stdout + result.stderr]).toEqual([
      code,
      expect.stringMatching(says),
    ]);
  });

  test.each(DIGESTS)('%s', async (_, { files, path: place, digests }) => {
    const target = path.join(folderOf(temporaryFolder(), files), place);
    const names = Object.keys(digests) as DigestAlgorithm[];
    expect(await digestsOfPath(target, names)).toEqual(digests);
  });

  test.each([
    [2, 0, 'names no Dandiset'],
    [9, 2, 'could not be asked in 5 attempts'],
  ])('row 9: an address that redirects after %i failures', async (failures, code, message) => {
    const target = `${archive.here}dandiset/000001/draft`;
    const server = await loopbackServer({
      answer: () => undefined,
      fault: (_, count) => (count <= failures ? 'reset' : { redirect: target }),
    });
    onTestFinished(() => server.close());
    const result = await runCli('ls', `${server.url}short`);
    if (code === 0) expect([result.stderr, result.code]).toEqual(['', 0]);
    else expect([result.code, result.stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(server.requests).toHaveLength(Math.min(failures + 1, 5));
  });

  test.each(TARGETS)('row 13: targets: %j of %j', (selection, asset, target) => {
    expect(targetOf(asset, { kind: 'prefix', path: selection }, false)).toBe(target);
  });

  test('row 58: the files of a Zarr that zarr 2 has written', () => {
    const files: [path: string, size: number, md5: string][] = [
      ['.zgroup', 24, 'e20297935e73dd0154104d4ea53040ab'],
      ['arr_0/.zarray', 315, '9e30a0a1a465e24220d4132fdd544634'],
      ['arr_0/0', 431, 'ed4e934a474f1d2096846c6248f18c00'],
      ['arr_1/.zarray', 315, '9e30a0a1a465e24220d4132fdd544634'],
      ['arr_1/0', 431, 'fba4dee03a51bde314e9713b00284a93'],
    ];
    const listed = files.map(([name, size, md5]) => ({ path: name, size, md5 }));
    expect(zarrChecksum(listed)).toBe('4313ab36412db2981c3ed391b38604d6-5--1516');
  });

  test.each([
    [[], '481a2f77ab786a0f45aafd5db0971caa-0--0'],
    [[['bar', 'a', 1]], 'f21b9b4bf53d7ce1167bcfae76371e59-1--1'],
    [
      [
        ['baz', 'b', 2],
        ['bar', 'a', 1],
      ],
      '4e67de4393d14c1e9c472438f0f1f8b1-2--3',
    ],
  ] as [[string, string, number][], string][])('row 60: listings: %j', (files, checksum) => {
    const listed = files.map(([name, digit, size]) => ({
      path: name,
      size,
      md5: digit.repeat(32),
    }));
    expect(zarrChecksum(listed)).toBe(checksum);
  });
});

/** Writes files, and folders for the names that end in `/`. */
function folderOf(folder: string, files: Record<string, string>): string {
  const written: Files = {};
  for (const [name, text] of Object.entries(files)) {
    if (name.endsWith('/')) mkdirSync(path.join(folder, name), { recursive: true });
    else written[name] = text;
  }
  writeFiles(folder, written);
  return folder;
}

/** Asks the Python client everything at once: it takes seconds to start. */
async function askPython(questions: readonly object[]): Promise<unknown[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'dandi-home-'));
  const script = path.join(import.meta.dirname, 'client_rows.py');
  try {
    return await new Promise((resolve, reject) => {
      const env = { ...process.env, HOME: home, DANDI_NO_ET: '1', DANDI_CACHE: 'ignore' };
      const child = spawn(python.path, [script, archive.here], { env: { ...env, no_proxy: '*' } });
      let [out, err] = ['', ''];
      child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
      child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve(JSON.parse(out) as unknown[]) : reject(new Error(err)),
      );
      child.stdin.end(JSON.stringify(questions));
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const PYTHON_KINDS: Record<string, Named['kind']> = {
  DandisetURL: 'all',
  AssetFolderURL: 'folder',
  AssetItemURL: 'path',
  AssetZarrEntryURL: 'path',
  AssetPathPrefixURL: 'prefix',
  AssetGlobURL: 'glob',
  AssetIDURL: 'id',
  BaseAssetIDURL: 'id',
};

describeWith(python, 'the Python client', () => {
  const run = DOWNLOADS.filter(([, { python: theirs }]) => theirs !== false);
  const outputs: string[] = [];
  const digestsAsked: [DigestCase, string, string][] = [];
  let work = '';
  const answers = new Map<object | string, unknown>();

  beforeAll(async () => {
    work = mkdtempSync(path.join(tmpdir(), 'client-rows-python-'));
    const asked: [object | string, object][] = PARSES.map(([, one]) => [
      one,
      { parse: filledIn(one.text, archive), glob: one.isGlob === true },
    ]);
    for (const [at, [, one]] of run.entries()) {
      const into = path.join(work, String(at));
      mkdirSync(into);
      outputs.push(into);
      writeBefore(into, one.before ?? {}, archive);
      const question = {
        download: {
          urls: one.urls.map((url) => filledIn(url, archive)),
          into,
          existing: one.existing ?? 'error',
          path_type: one.isGlob === true ? 'glob' : 'exact',
          preserve_tree: one.preserveTree === true,
          get_metadata: one.only !== 'assets',
          get_assets: one.only !== 'metadata',
          zarr_filters: one.zarr ?? [],
          sync: one.sync === true ? 'do' : null,
        },
      };
      if (one.twice === true) asked.push(['', question]);
      asked.push([one, question]);
    }
    for (const [at, [, one]] of DIGESTS.entries()) {
      const folder = folderOf(path.join(work, `digest-${at}`), one.files);
      for (const algorithm of Object.keys(one.digests)) {
        const target = path.join(folder, one.path);
        digestsAsked.push([one, algorithm, `${at} ${algorithm}`]);
        asked.push([`${at} ${algorithm}`, { digest: target, algorithm }]);
      }
    }
    for (const [at, target] of TARGETS.entries())
      asked.push([`target ${at}`, { target: target.slice(0, 2) }]);
    for (const filter of FILTERS) asked.push([filter, { zarr: filter, paths: INNER }]);
    asked.push(['zarrs', { zarrs: work }]);
    for (const version of [2, 3])
      asked.push([
        `zarr ${version}`,
        { digest: path.join(work, `v${version}.zarr`), algorithm: 'zarr-checksum' },
      ]);
    const given = await askPython(asked.map(([, question]) => question));
    for (const [at, [name]] of asked.entries()) answers.set(name, given[at]);
  }, 300_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test.each(PARSES)('%s', (_, one) => {
    const found = answers.get(one) as (Omit<Named, 'kind'> & { kind: string }) | { error: string };
    if ('error' in found) expect(one.names, found.error).toBe('error');
    else expect({ ...found, kind: PYTHON_KINDS[found.kind] }).toEqual(one.names);
  });

  test.each(run)('%s', (_, one) => {
    const { ok, message } = answers.get(one) as { ok: boolean; message?: string };
    const theirs = one.python === false ? undefined : one.python;
    const { ok: isOk, files } = theirs ?? one;
    const output = outputs[run.findIndex(([, other]) => other === one)]!;
    expect({ ok, files: outcomeIn(output) }, message).toEqual({
      ok: isOk,
      files: files.toSorted(),
    });
  });

  test('digests are those of the table', () => {
    for (const [{ digests }, algorithm, name] of digestsAsked)
      expect(answers.get(name), name).toBe(digests[algorithm]);
  });

  test.each(TARGETS.map((one, at) => [...one, at] as const))(
    'row 13: targets: %j of %j',
    (_, __, target, at) => {
      expect(answers.get(`target ${at}`)).toBe(target);
    },
  );

  test.each(FILTERS)('row 43: filters of Zarrs: %s', (filter) => {
    const isWanted = zarrFilter([filter])!;
    expect(INNER.filter(isWanted)).toEqual(answers.get(filter));
  });

  test.each([2, 3])('row 58: Zarrs that zarr has written, version %i', async (version) => {
    const place = path.join(work, `v${version}.zarr`);
    const checksum = answers.get(`zarr ${version}`);
    // Another release of zarr writes other bytes.
    if (version === 3) expect(checksum).toBe('00157f091c9a6295e89eb3c4c2efaeff-5--3935');
    expect(await digestsOfPath(place, ['zarr-checksum'])).toEqual({ 'zarr-checksum': checksum });
  });
});

describeWith([python, demoBytes], 'published versions', () => {
  test('row 15: the newest published version is the default of both clients', async () => {
    const dist = temporaryFolder();
    const server = await serveProgramFiles(demoContent, dist);
    onTestFinished(() => server.close());
    const address = `http://localhost:${server.port}/dandiset/000001`;
    const list = readFileSync(
      path.join(demoContent, 'dandisets/000/000001/0.250702.1411/assets.jsonl'),
    );
    const [ours, theirs] = [temporaryFolder(), temporaryFolder()];
    await runDownload(address, ours, [address]);
    await dandiDownload(address, theirs);
    for (const folder of [ours, theirs])
      expect(wrongFiles(list, path.join(folder, '000001'))).toEqual([]);
  });
});
