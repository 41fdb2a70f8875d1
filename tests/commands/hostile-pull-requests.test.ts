// Malicious pull requests, at a forge on loopback: each is refused with a reason, none runs anything, none
// leaves a file in the clone that checks it, none is merged, and no secret near the check or the report gets
// out.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { expect, test, vi } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../src/adapters/content-files/read-archive.ts';
import { gitHubForge } from '../../src/adapters/forge/github-forge.ts';
import { parseRepository } from '../../src/adapters/forge/repository-address.ts';
import { systemRepository } from '../../src/adapters/git/system-repository.ts';
import { PULL_REQUEST_RULES } from '../../src/core/submission/pull-request-rules.ts';
import type { JudgedPullRequest } from '../../src/cli/support/judge-pull-request.ts';
import { checkedApart } from '../support/process/apart.ts';
import { archiveAtForge } from '../support/forge/archive-at-forge.ts';
import type { ForgeDouble } from '../support/forge/forge-double.ts';
import type { ForgePull } from '../support/forge/forge-state.ts';
import { hostilePulls } from '../support/forge/hostile-pulls.ts';
import { propose } from '../support/forge/propose.ts';
import { checkAndReport, workflowRunner } from '../support/forge/workflow-runner.ts';
import { git } from '../support/forge/git-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { mergeOwned } from '../../src/workflows/submission/merge-owned.ts';
import { postReport } from '../../src/workflows/submission/post-report.ts';

const CANARY = 'canary-5f1d7a';
/** What a careless runner could have in the environment of checking untrusted files. */
const SECRETS = {
  GITHUB_TOKEN: `ghs_${CANARY}`,
  ACTIONS_RUNTIME_TOKEN: CANARY,
  DATACITE_USER: `LAB.${CANARY}`,
  DATACITE_PASSWORD: CANARY,
};
/** Those that would run something, or read a file, if any part of them were treated as more than data. */
const REACHING = [
  'a link',
  'a linked folder',
  'a submodule with a command',
  'a script of npm',
  'a filter of git',
  'a hook of git',
  'a page with code',
  'the settings',
  'a list that is a secret',
  'a Zarr that is a secret',
];

interface Attack {
  forge: ForgeDouble;
  clone: string;
  /** A file that each attack would make if it could run anything. */
  mark: string;
  cases: ReturnType<typeof hostilePulls>;
}

async function attack(): Promise<Attack> {
  const mark = path.join(temporaryFolder(), 'it-ran');
  const secret = path.join(temporaryFolder({ 'credentials.json': CANARY }), 'credentials.json');
  const { forge, clone } = await archiveAtForge();
  return { forge, clone, mark, cases: hostilePulls(forge, mark, secret) };
}

function filesOf(clone: string): unknown[] {
  const all = readdirSync(clone, { recursive: true });
  return all.filter((name) => !String(name).startsWith('.git/'));
}

function comments(pull: ForgePull): string {
  return pull.comments.map(({ body }) => body).join('\n');
}

// Some sixty pull requests, each by real git: minutes on a busy machine.
const SLOW = { timeout: 600_000 };

test('each is refused with a reason, and has no effect', SLOW, async () => {
  const { forge, clone, mark, cases } = await attack();
  const before = filesOf(clone);
  expect(Object.keys(cases).length).toBeGreaterThanOrEqual(30);
  for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value);
  const address = parseRepository(forge.repository);
  const bot = gitHubForge({ address, token: forge.token('github-actions[bot]') });
  const archive = await readArchive(folderTree(path.join(clone, 'content')));

  const found: Record<string, string> = {};
  const checked = new Map<number, Pick<JudgedPullRequest, 'facts'>>();
  const seen = new Set<string>();
  const markdown = new MarkdownIt({ html: true, linkify: true });
  for (const [name, [rule, proposal]] of Object.entries(cases)) {
    const pull = await propose(forge, 'mallory', `attack-${Object.keys(found).length}`, proposal);
    const author = { login: 'mallory', isCurator: false };
    const looked = await checkedApart(clone, pull.number, author).catch((error: unknown) => {
      found[name] = String(error);
    });
    // One that was not judged fails separately, at the end.
    if (looked === undefined) continue;
    checked.set(pull.number, looked);
    const { problems, report } = looked;
    const errors = problems.filter(({ severity }) => severity === 'error');
    const reason = errors.find((problem) => problem.rule === rule);
    found[name] =
      reason?.rule ?? `only ${[...new Set(errors.map((problem) => problem.rule))].join(', ')}`;
    expect.soft(reason?.message ?? '', name).toMatch(/\S/);
    expect.soft(reason?.hint ?? '', name).toMatch(/\S/);
    for (const problem of problems) seen.add(problem.rule);

    // The comment says so, and no text of the author is markup in it.
    const facts = Buffer.from(JSON.stringify(report));
    await postReport({ forge: bot, archive, facts, head: pull.head.sha });
    const text = comments(pull);
    expect.soft(text, name).toContain(`[${rule}](`);
    const html = markdown.render(text).replace(/<code[^>]*>[\s\S]*?<\/code>/g, '');
    expect.soft(html, name).not.toMatch(/<script|<img|@everyone|evil\.example/);
    expect.soft(`${facts.toString()}${text}`, name).not.toContain(CANARY);
  }
  expect(found).toEqual(
    Object.fromEntries(Object.entries(cases).map(([name, [rule]]) => [name, rule])),
  );

  expect(existsSync(mark)).toBe(false);
  expect(git(clone, ['status', '--porcelain'])).toBe('');
  expect(filesOf(clone)).toEqual(before);

  // A month later none was merged automatically either.
  const main = forge.archive.git.commit('main');
  const mallory = await bot.accountOf('mallory');
  const repository = systemRepository({
    folder: clone,
    address: forge.folder,
    branch: 'main',
    content: 'content',
  });
  const decisions = await mergeOwned({
    forge: bot,
    repository,
    author: { name: 'Registrar', email: 'registrar@lab.example' },
    // As if she owned something: each is judged.
    ownersAt: async () => [mallory!],
    judge: async ({ number }) => ({ ...checked.get(number)!.facts, owners: [mallory!] }),
    now: new Date(forge.state.now().getTime() + 30 * 24 * 3_600_000),
    hours: 24,
  });
  expect(decisions).toHaveLength(Object.keys(cases).length);
  expect(decisions.filter(({ action }) => action !== 'leave')).toEqual([]);
  expect(forge.archive.git.commit('main')).toBe(main);
  expect(forge.sent.join('\n')).not.toContain(CANARY);

  const untried = PULL_REQUEST_RULES.map(({ id }) => id).filter((id) => !seen.has(id));
  // These need another history or a whole process: they have separate tests.
  expect(untried).toEqual([
    'pull-request-empty',
    'pull-request-too-large',
    'pull-request-merge-commits',
    'pull-request-conflict',
  ]);
});

test(
  'none reaches a secret, in the check or in the report, by the lines of the workflows',
  SLOW,
  async () => {
    const { forge, clone, mark, cases } = await attack();
    const runner = workflowRunner(forge, clone);
    const said: string[] = [];
    for (const [at, name] of REACHING.entries()) {
      const [rule, proposal] = cases[name] ?? ['there is none', {}];
      const { number } = await propose(forge, 'mallory', `attack-${at}`, proposal);
      const { checked, reported, pull } = await checkAndReport(forge, runner, number, SECRETS);
      expect.soft(checked.code, name).toBe(1);
      expect.soft(reported, name).toMatchObject({ code: 0, stderr: '' });
      expect.soft(comments(pull!), name).toContain(`[${rule}](`);
      const facts = readFileSync(path.join(runner.temporary, 'report', 'report.json'), 'utf8');
      said.push(facts, comments(pull!));
      for (const { stdout, stderr } of [checked, reported]) said.push(stdout, stderr);
    }
    const everything = [...said, ...forge.sent].join('\n');
    expect(everything).not.toContain(CANARY);
    // The report's own token is a secret too: it goes to the forge as a header and nowhere else.
    expect(everything).not.toContain(forge.token('github-actions[bot]'));
    expect(existsSync(mark)).toBe(false);
    expect(git(clone, ['status', '--porcelain'])).toBe('');
  },
);
