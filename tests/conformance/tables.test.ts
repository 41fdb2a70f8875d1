// The archive as data, made from the corpus: read with DuckDB and pandas and compared with the records, which
// Python reads independently; and the JSON checked against its schema.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { loadCatalog } from '../../src/site/catalog/catalog.ts';
import { tableFiles } from '../../src/site/tables/table-files.ts';
import { corpusFolder, importedCorpus } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';

interface Found {
  rows: Record<string, number>;
  types: Record<string, string>;
  bytes: number;
  answer: [species: string, bytes: number][];
  faults: string[];
}

describeWith([shared, python], 'the corpus as data', () => {
  let folder: string;
  let found: Found;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'tables-'));
    const tree = folderTree(await importedCorpus());
    const catalog = await loadCatalog({ tree, base: '/', readStoredList: async () => undefined });
    for await (const { path: name, contents } of tableFiles(catalog)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), contents);
    }
    const script = path.join(import.meta.dirname, 'check_tables.py');
    const run = await runProgram(python.path, [script, path.join(folder, 'search'), corpusFolder]);
    expect(run.stderr).toBe('');
    found = JSON.parse(run.stdout) as Found;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('says what the records say, in each of the three forms, and no e-mail address', () => {
    expect(found.faults).toEqual([]);
    expect(found.rows).toEqual({ csv: 295, json: 295, parquet: 164 });
  });

  test('has types, and answers what no page does', () => {
    expect(found.types).toMatchObject({
      name: 'VARCHAR',
      species: 'VARCHAR[]',
      bytes: 'BIGINT',
      counts_are_claimed: 'BOOLEAN',
      published: 'TIMESTAMP',
      day: 'DATE',
    });
    expect(found.answer.map(([species]) => species)).toEqual([
      'Mus musculus',
      'Rattus norvegicus',
      'Homo sapiens',
    ]);
  });

  test('JSON conforms to its schema', () => {
    const read = (name: string): unknown =>
      JSON.parse(readFileSync(path.join(folder, 'search', name), 'utf8'));
    const ajv = new Ajv2020({ strict: true });
    formats.default(ajv);
    const holds = ajv.compile(read('dandisets.schema.json') as object);
    holds(read('dandisets.json'));
    expect(holds.errors).toBeNull();
    const [first] = read('dandisets.json') as Record<string, unknown>[];
    expect(holds([{ ...first, bytes: 'many' }])).toBe(false);
  });
});
