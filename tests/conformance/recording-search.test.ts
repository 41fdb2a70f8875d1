// The search for recordings against Python, which reads nothing but the table of recordings: over the demo, and
// over lists with many files.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { listKeyPath } from '../../src/core/records/asset-list.ts';
import { parseRecordingQuery } from '../../src/core/recordings/recording-query.ts';
import { RecordingSearch } from '../../src/core/recordings/recording-search.ts';
import type { RecordingsHead } from '../../src/core/recordings/recording-index.ts';
import { loadCatalog, type Catalog } from '../../src/site/catalog/catalog.ts';
import { recordingFiles } from '../../src/site/tables/recording-files.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { manyRecordings } from '../support/records/many-recordings.ts';

interface Answer {
  query: string;
  expected: string[];
}

/** What is wrong with the answers to the queries, and how many there are. */
async function compare(
  catalog: Catalog,
): Promise<{ wrong: unknown[]; asked: number; found: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recordings-'));
  const files = new Map<string, string | Uint8Array>();
  for await (const file of recordingFiles(catalog)) files.set(file.path, file.contents);
  const table = path.join(folder, 'recordings.parquet');
  writeFileSync(table, files.get('search/recordings.parquet') ?? '');
  const script = path.join(import.meta.dirname, 'recording_queries.py');
  const run = await runProgram(python.path, [script, table]);
  rmSync(folder, { recursive: true });
  expect(run.stderr).toBe('');

  const read = (name: string): unknown =>
    JSON.parse(files.get(`search/recordings/${name}`) as string);
  const head = read('index.json') as RecordingsHead;
  const search = new RecordingSearch(head, async (name) => read(`${head.state}/${name}`));
  const wrong: unknown[] = [];
  const answers = JSON.parse(run.stdout) as Answer[];
  for (const { query, expected } of answers) {
    const { rows, problems } = await search.find(parseRecordingQuery(query));
    const shown = await search.shown(rows);
    const found = shown.map((one) => `${one.number} ${one.version} ${one.path}`).sort();
    if (found.join('\n') !== expected.join('\n') || problems.length > 0)
      wrong.push({ query, found: found.slice(0, 3), expected: expected.slice(0, 3), problems });
  }
  const found = answers.filter(({ expected }) => expected.length > 0).length;
  return { wrong, asked: answers.length, found };
}

describeWith(python, 'queries for recordings find what Python finds', () => {
  describe('in the table', () => {
    test('of the demo', async () => {
      const catalog = await loadCatalog({
        tree: folderTree(demoContent),
        base: '/',
        readStoredList: async (sha256) =>
          gunzipSync(await readFile(path.join(repository, 'storage', listKeyPath(sha256)))),
      });
      const { wrong, asked, found } = await compare(catalog);
      expect(wrong).toEqual([]);
      expect(asked).toBeGreaterThanOrEqual(20);
      expect(found).toBeGreaterThanOrEqual(15);
    });

    test('of 3,000 files', async () => {
      const { wrong, asked, found } = await compare(await manyRecordings(3000));
      expect(wrong).toEqual([]);
      expect(asked).toBeGreaterThanOrEqual(20);
      expect(found).toBeGreaterThanOrEqual(20);
    });
  });
});
