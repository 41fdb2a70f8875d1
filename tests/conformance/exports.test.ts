// Exports of the demo. Those of the corpus are in tests/large.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../src/core/exports/index.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { pythonExports } from '../support/process/python.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { publishedExports } from '../support/sites/published-exports.ts';
import { DEMANDS, ELSEWHERE, exportSuite, referenceSuite, verdicts } from './export-suites.ts';

test('each export has its requirements here, and a row in the table of the handbook', () => {
  const handbook = readFileSync(path.join(repository, 'content/pages/identifiers.mdx'), 'utf8');
  const rows = handbook.split('\n').filter((line) => line.startsWith('| `'));
  const known = [...DEMANDS.map(({ file }) => file), ...ELSEWHERE];
  for (const { name, file } of EXPORT_FORMATS) {
    expect(known, name).toContain(file('', '').replace(/^-+/, ''));
    const row = rows.find((line) => line.includes(`\`${file('000004', '0.220126.1852')}\``));
    expect(row, name).toBeDefined();
  }
});

describe('exports of the demo', () => {
  exportSuite(() => publishedExports(demoContent), 13);
});

describeWith(pythonExports, 'exports of the demo and the tools of the field', () => {
  referenceSuite(() => publishedExports(demoContent), 13);

  test('errors are found', async () => {
    const [one] = await publishedExports(demoContent);
    const paths = new Map(
      [...one!.paths].map(([file, text]) => [
        file,
        text
          .replace('"conformsTo": "http://mlcommons', '"conforms": "http://mlcommons')
          .replace('"localPath"', '"unknownTerm"')
          .replace('cff-version', 'cff-edition'),
      ]),
    );
    const found = await verdicts([{ ...one!, paths }]);
    for (const [tool, { errors }] of Object.entries(found)) expect(errors, tool).not.toEqual([]);
  }, 60_000);
});
