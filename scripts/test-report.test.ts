import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../tests/support/needed-part.ts';
import { readReport } from './test-report.mjs';

let folder: string;

beforeAll(() => {
  // Inside the repository, where the test runner is found.
  const cache = path.join(repository, '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(path.join(cache, 'report-'));
  writeFileSync(path.join(folder, 'vitest.config.mjs'), 'export default {};');
});

afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = "import { beforeAll, describe, expect, test } from 'vitest';\n";

/** The report of a real run over one file of tests. */
function reportOf(name: string, source: string): ReturnType<typeof readReport> {
  writeFileSync(path.join(folder, `${name}.test.mjs`), HEAD + source);
  const file = path.join(folder, `${name}.json`);
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(repository, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--root', folder, '--reporter=json', `--outputFile.json=${file}`, `${name}.test`],
    ],
    { cwd: folder, timeout: 60_000, stdio: 'ignore' },
  );
  return readReport(file, status ?? 1);
}

test.each([
  ['good', "test('a', () => {}); test('b', () => {});", '2 passed, 0 failed', 0],
  ['bad', "test('a', () => {}); test('b', () => expect(1).toBe(2));", '1 passed, 1 failed', 1],
  ['empty', '', '0 passed, 1 failed', 1],
  ['unloadable', "import './none.mjs';", '0 passed, 1 failed', 1],
  [
    'hook',
    "describe('s', () => { beforeAll(() => { throw new Error(); }); test('a', () => {}); });",
    '0 passed, 1 failed, 1 skipped',
    1,
  ],
  ['stray', "test('a', () => {}); Promise.reject(new Error('late'));", '1 passed, 1 failed', 1],
  [
    'skipping',
    "test('a', () => {}); describe.skip('s (skipped: no moon)', () => { test('b', () => {}); test('c', () => {}); });",
    '1 passed, 0 failed, 2 skipped',
    0,
  ],
  ['onlySkipped', "test.skip('a', () => {});", '0 passed, 1 failed, 1 skipped', 1],
])('a %s run', (name, source, line, code) => {
  const report = reportOf(name, source);
  expect([report.line, report.code], JSON.stringify(report)).toEqual([line, code]);
  if (name === 'skipping')
    expect(report.skipped).toEqual([{ title: 's (skipped: no moon)', count: 2 }]);
});

test('a run that left no report has failed', () => {
  expect(readReport(path.join(folder, 'none.json'), 0)).toMatchObject({
    code: 1,
    line: '0 passed, 1 failed',
  });
});
