// Every rule has one archive that breaks it, made from a valid one by a single change.

import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/core/checks/index.ts';
import { BROKEN_ARCHIVES, spoiled } from '../../src/testing/broken/broken-archives.ts';
import { TestArchive } from '../../src/testing/broken/test-archive.ts';
import { checkArchive, type CheckReport } from '../../src/workflows/check-archive.ts';

function check(archive: TestArchive, base?: TestArchive): Promise<CheckReport> {
  return checkArchive({
    tree: archive.tree(),
    listsOf: () => archive.listStore(),
    ...(base === undefined ? {} : { base: base.tree() }),
  });
}

test('a valid archive has no problems, also beside itself', async () => {
  const report = await check(new TestArchive(), new TestArchive());
  expect(report.problems).toEqual([]);
  expect(report.counts).toEqual({ dandisets: 2, versions: 5, assets: 15 });
});

test('every rule has a broken archive, and every broken archive a rule', () => {
  expect([...BROKEN_ARCHIVES.keys()].sort()).toEqual(RULES.map(({ id }) => id).sort());
});

describe('each rule is reported', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const broken = BROKEN_ARCHIVES.get(id);
    if (broken === undefined) throw new Error(`src/testing/broken has no archive for ${id}`);
    const base = broken.withBase === true ? new TestArchive() : undefined;
    const { problems } = await check(spoiled(broken), base);

    const found = problems.find((problem) => problem.rule === id);
    expect(found, `problems: ${JSON.stringify(problems)}`).toMatchObject({
      severity: rule.severity,
      path: broken.path,
    });
    expect(found?.message).toMatch(/\S.*[.)]$/s);
    expect(found?.hint).toMatch(/\S/);
    const rules = [...new Set(problems.map((problem) => problem.rule))].sort();
    expect(rules).toEqual([id, ...(broken.also ?? [])].sort());
  });
});
