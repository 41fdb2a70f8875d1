// Pull requests of somebody who means harm, at a forge on loopback: each is refused with a reason,
// none runs anything, none leaves a file in the clone that checks it, and none is merged.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { gitHubForge } from '../../src/adapters/forge/github-forge.ts';
import { parseRepository } from '../../src/adapters/forge/repository-address.ts';
import { PULL_REQUEST_RULES } from '../../src/core/submissions/pull-request-rules.ts';
import { reportText } from '../../src/core/submissions/report-text.ts';
import {
  archiveAtForge,
  checkedPull,
  type CheckedPull,
} from '../../src/testing/forge-double/archive-at-forge.ts';
import { hostilePulls } from '../../src/testing/forge-double/hostile-pulls.ts';
import { propose } from '../../src/testing/forge-double/propose.ts';
import { git } from '../../src/testing/git-server.ts';
import { temporaryFolder } from '../../src/testing/temporary-folder.ts';
import { mergeOwned } from '../../src/workflows/merge-owned.ts';

test('each is refused with a reason, and nothing of it happens', async () => {
  const mark = path.join(temporaryFolder(), 'it-ran');
  const { forge, clone } = await archiveAtForge();
  const before = readdirSync(clone, { recursive: true }).filter(
    (name) => !String(name).startsWith('.git/'),
  );
  const cases = hostilePulls(forge, mark);
  expect(Object.keys(cases).length).toBeGreaterThanOrEqual(30);

  const found: Record<string, string> = {};
  const checked = new Map<number, CheckedPull>();
  const seen = new Set<string>();
  const markdown = new MarkdownIt({ html: true, linkify: true });
  for (const [name, [rule, proposal]] of Object.entries(cases)) {
    const pull = await propose(forge, 'mallory', `attack-${Object.keys(found).length}`, proposal);
    const author = { login: 'mallory', isCurator: false };
    const looked = await checkedPull(clone, pull.number, author);
    checked.set(pull.number, looked);
    const { problems, report } = looked;
    const errors = problems.filter(({ severity }) => severity === 'error');
    const reason = errors.find((problem) => problem.rule === rule);
    found[name] =
      reason?.rule ?? `only ${[...new Set(errors.map((problem) => problem.rule))].join(', ')}`;
    expect.soft(reason?.message ?? '', name).toMatch(/\S/);
    expect.soft(reason?.hint ?? '', name).toMatch(/\S/);
    for (const problem of problems) seen.add(problem.rule);

    // The report says so, and no word of the stranger is markup in it.
    const text = reportText(report, { site: 'https://archive.example/', waitingHours: 24 });
    expect.soft(text, name).toContain(`[${rule}](`);
    const html = markdown.render(text).replace(/<code[^>]*>[\s\S]*?<\/code>/g, '');
    expect.soft(html, name).not.toMatch(/<script|<img|@everyone|evil\.example/);
  }
  expect(found).toEqual(
    Object.fromEntries(Object.entries(cases).map(([name, [rule]]) => [name, rule])),
  );

  expect(existsSync(mark)).toBe(false);
  expect(git(clone, ['status', '--porcelain'])).toBe('');
  const after = readdirSync(clone, { recursive: true }).filter(
    (name) => !String(name).startsWith('.git/'),
  );
  expect(after).toEqual(before);

  // A month later none was merged by itself either.
  const main = forge.archive.git.commit('main');
  const address = parseRepository(forge.repository);
  const decisions = await mergeOwned({
    forge: gitHubForge({ address, token: forge.token('github-actions[bot]') }),
    now: new Date(forge.state.now().getTime() + 30 * 24 * 3_600_000),
    hours: 24,
    checkOf: async ({ number }) => checked.get(number),
  });
  expect(decisions).toHaveLength(Object.keys(cases).length);
  expect(decisions.filter(({ action }) => action !== 'leave')).toEqual([]);
  expect(forge.archive.git.commit('main')).toBe(main);

  const untried = PULL_REQUEST_RULES.map(({ id }) => id).filter((id) => !seen.has(id));
  // The other two need more than one pull request: they have tests of their own.
  expect(untried).toEqual(['pull-request-empty', 'pull-request-conflict']);
});
