// The import of every record of the corpus, compared with the source by a script in another language.

import path from 'node:path';
import { expect, it } from 'vitest';
import { corpusFolder, importedCorpus } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runCli, runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';

const comparison = path.join(import.meta.dirname, 'compare_import.py');

describeWith([shared, python], 'import of the corpus', () => {
  it('keeps every record as it is at the source', async () => {
    const content = await importedCorpus();
    const compared = await runProgram(python.path, [comparison, corpusFolder, content]);
    expect(compared.stderr).toBe('');
    const { counts, differences } = JSON.parse(compared.stdout) as Record<string, unknown>;
    expect(differences).toEqual([]);
    expect(counts).toEqual({
      dandisets: 295,
      versions: 457,
      assets: 37_857,
      frozen: 164,
      withoutList: 23,
    });
  });

  it('finds nothing to do the second time', async () => {
    const content = await importedCorpus();
    const again = await runCli('import', corpusFolder, '--into', content, '--dry-run', '--json');
    const report = JSON.parse(again.stdout) as {
      settings: unknown;
      totals: Record<string, number>;
    };
    expect(report.settings).toEqual([]);
    expect(report.totals).toMatchObject({
      versions: 457,
      unchanged: 457,
      added: 0,
      updated: 0,
      leftOut: 0,
    });
  });
});
