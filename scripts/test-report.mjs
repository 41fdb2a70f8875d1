// Counts of a test run, from the JSON report of vitest.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Without a report nothing is known: the run ended before it could be written. */
const NOTHING = { testResults: [] };

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return NOTHING;
  }
}

/** The title that says why a test was skipped: the outermost one that gives a reason. */
function reasonOf({ ancestorTitles, title, fullName }) {
  return [...ancestorTitles, title].find((text) => text.includes('(skipped: ')) ?? fullName;
}

/**
 * The outcome of a run: exit code, the last line to print, what was skipped and why, and what could not run
 * at all. `exitCode` is vitest's own: a failure missing from its counts is still counted here.
 */
export function readReport(file, exitCode) {
  let passed = 0;
  let failed = 0;
  const skipped = new Map();
  const unrun = [];
  for (const { name, status, message, assertionResults } of readJson(file).testResults) {
    const failedBefore = failed;
    for (const result of assertionResults) {
      if (result.status === 'passed') passed += 1;
      else if (result.status === 'failed') failed += 1;
      else skipped.set(reasonOf(result), (skipped.get(reasonOf(result)) ?? 0) + 1);
    }
    // A file that does not load and a hook that throws fail without a failed test.
    if (status === 'failed' && failed === failedBefore) {
      unrun.push(
        `${path.relative(process.cwd(), name)} ${String(message ?? '').split('\n')[0]}`.trim(),
      );
    }
  }
  failed += unrun.length;
  if (failed === 0 && (exitCode !== 0 || passed === 0)) {
    unrun.push(
      passed === 0 ? 'no test passed' : `the test runner ended with exit code ${exitCode}`,
    );
    failed += 1;
  }
  const count = [...skipped.values()].reduce((sum, number) => sum + number, 0);
  return {
    code: failed === 0 ? 0 : exitCode || 1,
    line: `${passed} passed, ${failed} failed${count === 0 ? '' : `, ${count} skipped`}`,
    skipped: [...skipped].map(([title, number]) => ({ title, count: number })),
    unrun,
  };
}
