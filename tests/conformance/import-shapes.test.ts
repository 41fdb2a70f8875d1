// The other shapes of a source, written by the tools that write them in the field, compared with the corpus.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { corpusFolder } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runCli, runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';

const script = path.join(import.meta.dirname, 'source_shapes.py');

describeWith([shared, python], 'import of records in other shapes', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'source-shapes-'));
    const made = await runProgram(python.path, [script, 'make', corpusFolder, folder]);
    expect(made.stderr).toBe('');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['datalad', { versions: 143, assets: 143 }],
    ['yaml', { versions: 177, assets: 267 }],
    ['json', { versions: 177, assets: 267 }],
  ])('keeps every record of %s as it is at the source', async (shape, counts) => {
    const content = path.join(folder, 'content', shape);
    const imported = await runCli(
      'import',
      path.join(folder, shape),
      '--into',
      content,
      '--no-check',
    );
    expect([imported.code, imported.stderr]).toEqual([0, '']);
    const compared = await runProgram(python.path, [
      script,
      'compare',
      corpusFolder,
      folder,
      shape,
      content,
    ]);
    expect(compared.stderr).toBe('');
    expect(JSON.parse(compared.stdout)).toEqual({ ...counts, differences: [] });
  });
});
