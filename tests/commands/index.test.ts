// `dandiset index`: makes indexes and lists of recordings in a store, checks them, and describes single files.

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeChunkTable, encodeChunkTable } from '../../src/core/file-index/chunk-table.ts';
import { parseFileIndex, type FileIndex } from '../../src/core/file-index/file-index.ts';
import { demoBytes, describeWith, repository } from '../support/needed-part.ts';
import { runCli, type CliResult } from '../support/process/run-cli.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const content = path.join(repository, 'content');

/** The demo's records and bytes, without anything derived. */
function demoCopy(): string {
  const folder = temporaryFolder();
  cpSync(path.join(content, 'archive.json'), path.join(folder, 'content/archive.json'));
  cpSync(path.join(content, 'dandisets'), path.join(folder, 'content/dandisets'), {
    recursive: true,
    filter: (name) => !name.endsWith('derived.json'),
  });
  for (const kind of ['blobs', 'zarr'])
    cpSync(path.join(demoBytes.path, kind), path.join(folder, 'storage', kind), {
      recursive: true,
    });
  return folder;
}

function index(folder: string, ...args: string[]): Promise<CliResult> {
  return runCli('index', '--content', path.join(folder, 'content'), ...args);
}

interface Line {
  path: string;
  sha256: string;
  size: number;
  outcome: string;
  wrong?: string[];
  counts?: Record<string, number>;
}

const linesOf = ({ stdout }: CliResult): Line[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const documentOf = (folder: string, { sha256 }: Line): string =>
  path.join(folder, 'storage/indexes', `${sha256}.json.gz`);

function readIndex(folder: string, file: Line): FileIndex {
  const text = gunzipSync(readFileSync(documentOf(folder, file))).toString();
  const parsed = parseFileIndex(text, file);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.index;
}

describeWith(demoBytes, 'the indexes of an archive', () => {
  test('are made once, agree with their files, and give the lists that derived.json names', async () => {
    const folder = demoCopy();
    const first = await index(folder, '--json');
    expect([first.code, first.stderr]).toEqual([0, '']);
    const made = linesOf(first).filter(({ outcome }) => outcome === 'made');
    expect(made.length).toBeGreaterThan(20);
    for (const file of made)
      expect(readIndex(folder, file).file).toMatchObject({ size: file.size });

    const again = await index(folder, '--json');
    expect(linesOf(again).at(-1)?.counts).toEqual({ there: made.length });
    // A clone has the records and none of what is derived: the lists that they name are made.
    const lists = path.join(folder, 'storage/lists');
    const before = readdirSync(lists);
    rmSync(lists, { recursive: true });
    expect((await index(folder, '--recordings')).code).toBe(0);
    expect(readdirSync(lists)).toEqual(before);
    const checked = await index(folder, '--check', 'all', '--json');
    expect([checked.code, linesOf(checked).at(-1)?.counts]).toEqual([0, { right: made.length }]);

    // The committed lists are those that these bytes give.
    const derived = (at: string): Record<string, string> =>
      Object.fromEntries(
        [...filesBelow(path.join(at, 'dandisets'))].filter(([name]) =>
          name.endsWith('derived.json'),
        ),
      );
    expect(derived(path.join(folder, 'content'))).toEqual(derived(content));
    const { recordings } = JSON.parse(derived(content)['000/000003/derived.json']!) as {
      recordings: string;
    };
    const list = gunzipSync(readFileSync(path.join(folder, `storage/lists/${recordings}.gz`)));
    expect(list.toString()).toContain('"type":"CurrentClampSeries"');
    expect(await runCli('check', path.join(folder, 'content'))).toMatchObject({ code: 0 });
  });

  test('are divided between the jobs of a matrix', async () => {
    const folder = demoCopy();
    const parts: string[][] = [];
    for (const part of ['1/3', '2/3', '3/3']) {
      const lines = linesOf(await index(folder, '--shard', part, '--dry-run', '--json'));
      parts.push(lines.slice(0, -1).map(({ sha256 }) => sha256));
    }
    const all = linesOf(await index(folder, '--dry-run', '--json')).slice(0, -1);
    expect(parts.flat().sort()).toEqual(all.map(({ sha256 }) => sha256).sort());
    expect(readdirSync(path.join(folder, 'storage'))).not.toContain('indexes');
    expect(await index(folder, '--shard', '4/3')).toMatchObject({ code: 2 });
  });

  test('that are wrong are found: offsets, a changed file, damage', async () => {
    const folder = demoCopy();
    const made = linesOf(await index(folder, '000008', '--json')).filter(
      ({ outcome }) => outcome === 'made',
    );
    const [moved, changed, damaged, absent] = made as [Line, Line, Line, Line];

    // One chunk of a table is moved, and the document names the new table.
    const { tree, ...rest } = readIndex(folder, moved);
    const chunked = tree.objects.flatMap((one) =>
      one.kind === 'dataset' && one.storage.chunks !== undefined ? [one.storage.chunks] : [],
    );
    const place = chunked[0]!;
    const tables = path.join(folder, 'storage/indexes', `${moved.sha256}.chunks`);
    const bytes = readFileSync(tables);
    const old = bytes.subarray(place.from, place.from + place.length);
    const table = decodeChunkTable(old, place.count, moved.size)!;
    table.offsets[0]! += 8;
    table.lengths[0]! -= 8;
    const planted = encodeChunkTable(table);
    const all = Buffer.concat([planted, bytes.subarray(place.length)]);
    const shift = planted.length - place.length;
    for (const [at, one] of chunked.entries())
      Object.assign(one, at === 0 ? { length: planted.length } : { from: one.from + shift });
    const { createHash } = await import('node:crypto');
    const chunksFile = { size: all.length, sha256: createHash('sha256').update(all).digest('hex') };
    writeFileSync(tables, all);
    const text = JSON.stringify({ ...rest, tree, chunksFile });
    writeFileSync(documentOf(folder, moved), gzipSync(`${text}\n`));

    const blob = (sha256: string): string =>
      path.join(folder, 'storage/blobs', sha256.slice(0, 3), sha256.slice(3, 6), sha256);
    writeFileSync(blob(changed.sha256), readFileSync(blob(changed.sha256)).subarray(0, -1));
    writeFileSync(documentOf(folder, damaged), gzipSync('{"schema": "file-index"}'));
    rmSync(documentOf(folder, absent));

    const found = await index(folder, '000008', '--check', 'all', '--json');
    expect(found.code).toBe(1);
    const outcome = (file: Line): Line | undefined =>
      linesOf(found).find(({ sha256 }) => sha256 === file.sha256);
    expect(outcome(moved)).toMatchObject({
      outcome: 'wrong',
      wrong: [expect.stringMatching(/^Chunk 0 of \/.* is not at \d+\.$/)],
    });
    expect(outcome(changed)?.wrong?.[0]).toMatch(/^The file has \d+ bytes, not \d+\.$/);
    expect(outcome(damaged)?.wrong?.[0]).toMatch(/cannot be used/);
    expect(outcome(absent)?.outcome).toBe('missing');

    // A file that is not what its record says gets no index.
    const anew = await index(folder, '000008', '--again', '--json');
    expect(anew.code).toBe(1);
    expect(linesOf(anew).find(({ sha256 }) => sha256 === changed.sha256)).toMatchObject({
      outcome: 'failed',
      code: 'bytes-changed',
    });
  });

  test('a file by itself is described; another one is refused in words', async () => {
    const [file] = linesOf(await index(demoCopy(), '000003', '--dry-run', '--json'));
    const { sha256 } = file!;
    const place = path.join(
      demoBytes.path,
      'blobs',
      sha256.slice(0, 3),
      sha256.slice(3, 6),
      sha256,
    );
    const described = await runCli('index', place);
    expect(described).toMatchObject({ code: 0, stderr: '' });
    expect(described.stdout).toMatch(/5 current-clamp sweeps of 500 ms each at 10 kHz/);
    const other = path.join(temporaryFolder(), 'text.nwb');
    writeFileSync(other, 'no HDF5 at all');
    const refused = await runCli('index', other);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is no HDF5 file')]);
    expect(await runCli('index', place, '000003')).toMatchObject({ code: 2 });
  });
});
