// Every problem that check lists for the real records of the corpus is one that an independent
// Python script finds in them too, and none is missing.

import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { corpusFolder, importedCorpus } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runCli, runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';

const script = `${import.meta.dirname}/expected_problems.py`;

interface Report {
  checked: Record<string, number>;
  problems: Problem[];
}

/** `rule severity path` → number of problems; a record that fails its schema counts once. */
function counted(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity, path, count = 1 } of problems) {
    const key = `${rule} ${severity} ${path}`;
    counts.set(key, rule === 'record-schema' ? 1 : (counts.get(key) ?? 0) + count);
  }
  return counts;
}

describeWith([shared, python], 'check on the corpus', () => {
  let report: Report;
  let expected: Map<string, number>;

  beforeAll(async () => {
    const content = await importedCorpus();
    const checked = await runCli('check', content, '--json');
    expect(checked.stderr).toBe('');
    report = JSON.parse(checked.stdout) as Report;
    const args = [script, corpusFolder, `${shared.path}/dandi-schema`, content];
    const { stdout, stderr, code } = await runProgram(python.path, args);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expected = new Map(Object.entries(JSON.parse(stdout) as Record<string, number>));
  });

  test('everything was checked', () => {
    expect(report.checked).toEqual({ dandisets: 295, versions: 457, assets: 37_857 });
  });

  test('an independent reader finds the same problems, no more and no less', () => {
    const found = counted(report.problems);
    const differences = [...new Set([...expected.keys(), ...found.keys()])]
      .filter((key) => expected.get(key) !== found.get(key))
      .map((key) => `${key}: expected ${expected.get(key) ?? 0}, found ${found.get(key) ?? 0}`);
    expect(differences).toEqual([]);
  });

  test('the 23 lists that the corpus does not hold are warnings', () => {
    const absent = report.problems.filter(({ rule }) => rule === 'asset-list-absent');
    expect(absent.map(({ severity }) => severity)).toEqual(Array(23).fill('warning'));
  });
});
