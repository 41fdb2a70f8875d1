// The client of GitHub's API, with the real octokit, against the double, which checks every request and every
// response against GitHub's own description of the API.

import { rmSync } from 'node:fs';
import path from 'node:path';
import { Octokit } from '@octokit/rest';
import { expect, test } from 'vitest';
import { archiveAtForge } from '../../../tests/support/forge/archive-at-forge.ts';
import type { BareRepository } from '../../../tests/support/forge/bare-repository.ts';
import type { ForgeDouble } from '../../../tests/support/forge/forge-double.ts';
import { mergePull } from '../../../tests/support/forge/merge-pull.ts';
import { describedRoute } from '../../../tests/support/forge/github-description.ts';
import { writeProposedCommit } from '../git/proposed-commit.ts';
import type { Forge } from './forge.ts';
import { gitHubForge } from './github-forge.ts';
import { parseRepository } from './repository-address.ts';

const PLACE = 'content/submissions/mine/dandiset.json';

function seenBy(forge: ForgeDouble, login: string): Forge {
  const address = parseRepository(forge.repository);
  return gitHubForge({ address, token: forge.token(login), pause: 1 });
}

/** Separates a fork from the objects of its parent, so that it lacks the parent's newer commits. */
function standAlone(fork: BareRepository): void {
  fork.run(['repack', '-a', '-d', '--quiet']);
  rmSync(path.join(fork.folder, 'objects', 'info', 'alternates'));
}

test('each method requests only what GitHub describes, and gets it as described', async () => {
  const { forge } = await archiveAtForge();
  // Nothing here is about time, and a second must not pass in between.
  const now = new Date();
  forge.state.now = () => now;
  const [ada, curator] = [seenBy(forge, 'ada'), seenBy(forge, 'curator')];
  const bot = seenBy(forge, 'github-actions[bot]');
  expect((await ada.ownAccount())?.login).toBe('ada');
  expect(await bot.ownAccount()).toBeUndefined();
  const base = (await ada.mainBranch()).commit;
  const files = [{ path: PLACE, text: '{}\n' }];
  await ada.propose({ branch: 'mine', message: 'Mine', files });
  standAlone(forge.state.repositories.get('ada/archive')!.git);

  // The archive moves on, so that the fork lacks a commit, and the next base is an older one.
  const trees = { root: (await ada.treeOf(base)) ?? '', none: await ada.treeOf('a'.repeat(40)) };
  expect(trees).toEqual({ root: forge.archive.git.treeOf(base), none: undefined });
  expect(await ada.entries(trees.root)).toEqual([
    {
      mode: '040000',
      name: 'content',
      type: 'tree',
      id: forge.archive.git.ask(['rev-parse', `${base}:content`]),
    },
  ]);

  const own = { branch: 'other', message: 'Other', files: [{ path: 'content/x.json', text: '' }] };
  const moved = await curator.openPull(await curator.propose(own), { title: 'Other', body: '' });
  forge.state.refreshAll();
  const [first] = forge.archive.pulls;
  const other = { number: moved!.number, sha: first!.head.sha };
  expect(await mergePull(forge, 'curator', other)).toBe(true);
  const large = [...files, { path: 'content/large.json', text: ' '.repeat(1_100_000) }];
  await ada.propose({ branch: 'mine', message: 'On main', files: large });
  const branch = await ada.propose({ branch: 'mine', base, message: 'On the older', files });

  const opened = await ada.openPull(branch, { title: 'Mine', body: 'Please.' });
  expect(opened).toMatchObject({ number: 2, isNew: true });
  expect(await ada.openPull(branch, { title: 'Mine', body: '' })).toMatchObject({ isNew: false });
  const [pull] = await bot.openPulls();
  expect(pull).toMatchObject({ number: 2, author: { login: 'ada' }, base: 'main', isDraft: false });
  await bot.say(2, '<!-- mark -->', '<!-- mark -->\nOne');
  await bot.say(2, '<!-- mark -->', '<!-- mark -->\nTwo');
  await bot.label(2, ['new dandiset']);
  const review = {
    owner: 'lab',
    repo: 'archive',
    pull_number: 2,
    event: 'REQUEST_CHANGES',
  } as const;
  const rest = new Octokit({ baseUrl: `${forge.web}/api/v3`, auth: forge.token('curator') });
  await rest.pulls.createReview({ ...review, body: 'Units.' });
  expect(await bot.remarks(2)).toMatchObject([
    { author: 'github-actions[bot]', isBot: true, text: '<!-- mark -->\nTwo' },
    { author: 'curator', isBot: false, text: 'Units.' },
  ]);
  expect(await bot.changedPaths(2)).toEqual([{ path: PLACE, isRemoved: false }]);
  const run = { id: 1, name: 'check', commit: pull!.head, status: 'completed' };
  expect(await bot.checksOf(pull!.head)).toBe('none');
  forge.archive.checkRuns.push({ ...run, conclusion: 'success' });
  expect(await bot.checksOf(pull!.head)).toBe('green');
  const { data } = await rest.pulls.get({ owner: 'lab', repo: 'archive', pull_number: 2 });
  expect(data).toMatchObject({ mergeable: true, head: { repo: { full_name: 'ada/archive' } } });
  expect(await bot.openPullAt(2)).toEqual(pull);
  expect(await mergePull(forge, 'github-actions[bot]', { number: 2, sha: pull!.head })).toBe(true);
  expect(await bot.openPullAt(2)).toBeUndefined();
  const authors = await bot.authorsOf((await bot.mainBranch()).commit);
  expect(authors).toEqual([pull!.author]);
  expect(await bot.accountOf('ADA')).toEqual(pull!.author);
  expect(await bot.accountOf('nobody')).toBeUndefined();

  expect([...forge.routes].sort()).toEqual([
    'GET /repos/{owner}/{repo}',
    'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    'GET /repos/{owner}/{repo}/compare/{basehead}',
    'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
    'GET /repos/{owner}/{repo}/git/ref/{ref}',
    'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    'GET /repos/{owner}/{repo}/pulls',
    'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    'GET /user',
    'GET /users/{username}',
    'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    'POST /repos/{owner}/{repo}/forks',
    'POST /repos/{owner}/{repo}/git/blobs',
    'POST /repos/{owner}/{repo}/git/commits',
    'POST /repos/{owner}/{repo}/git/refs',
    'POST /repos/{owner}/{repo}/git/trees',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
    'POST /repos/{owner}/{repo}/merge-upstream',
    'POST /repos/{owner}/{repo}/pulls',
    'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge',
  ]);
});

test('a commit other than the expected one is not proposed', async () => {
  const { forge } = await archiveAtForge();
  const ada = seenBy(forge, 'ada');
  const base = (await ada.mainBranch()).commit;
  const author = { name: 'ada', email: 'ada@lab.example' };
  const change = { branch: 'mine', base, message: 'Mine', files: [{ path: PLACE, text: '{}\n' }] };
  const order = {
    ...change,
    author,
    time: new Date('2026-03-04T05:06:07Z'),
  };
  const commit = await writeProposedCommit(ada, order);
  if (commit === undefined) throw new Error('the base is not there');

  const others = [{ id: 'a'.repeat(40) }, { tree: 'b'.repeat(40) }, { time: new Date(0) }];
  const fork = (): BareRepository | undefined => forge.state.repositories.get('ada/archive')?.git;
  for (const other of others) {
    const asked = ada.propose({ ...change, commit: { ...commit, ...other } });
    await expect(asked).rejects.toMatchObject({ code: 'forge-failed' });
    expect(fork()?.commit('refs/heads/mine')).toBeUndefined();
  }
  await ada.propose({ ...change, commit });
  expect(fork()?.commit('refs/heads/mine')).toBe(commit.id);
});

test('lists are read to their last page', async () => {
  const { forge } = await archiveAtForge();
  const ada = seenBy(forge, 'ada');
  const files = [{ path: PLACE, text: '{}\n' }];
  await ada.openPull(await ada.propose({ branch: 'mine', message: 'Mine', files }), {
    title: 'Mine',
    body: '',
  });
  const at = '2026-01-01T00:00:00Z';
  for (let id = 1; id <= 101; id += 1) {
    forge.archive.pulls[0]?.comments.push({ id, user: 'curator', body: `No. ${id}`, at });
  }
  expect(await ada.remarks(1)).toHaveLength(101);
});

test('what is not as described is a fault, in requests and in responses', async () => {
  const route = describedRoute('POST', '/repos/lab/archive/pulls');
  expect(route?.name).toBe('POST /repos/{owner}/{repo}/pulls');
  const query = new URLSearchParams();
  expect(route?.faultsOfRequest(query, { head: 'ada:x', base: 'main' })).toEqual([]);
  expect(route?.faultsOfRequest(query, { head: 'ada:x', bases: 'main' })).toEqual([
    "asked with  must have required property 'base'",
    'asked with  must NOT have additional properties bases',
  ]);
  expect(
    route?.faultsOfRequest(new URLSearchParams('page=2'), { head: 'x', base: 'main' }),
  ).toEqual(['asked with ?page']);
  expect(route?.faultsOfAnswer(418, {})).toEqual(['answered 418']);
  expect(route?.faultsOfAnswer(201, { number: '1' })).toContain(
    'answered with /number must be integer',
  );
  expect(describedRoute('GET', '/repos/lab/archive/pulls/comments')?.name).toBe(
    'GET /repos/{owner}/{repo}/pulls/comments',
  );
  expect(describedRoute('GET', '/repos/lab/archive/merge')).toBeUndefined();

  // The caller sees the fault, and the test fails unless it removes it.
  const { forge } = await archiveAtForge();
  const asked = await fetch(`${forge.web}/api/v3/repos/lab/archive/pulls?heads=x`);
  expect(asked.status).toBe(500);
  expect(forge.faults.splice(0)).toEqual(['GET /repos/{owner}/{repo}/pulls asked with ?heads']);
  expect((await fetch(`${forge.web}/api/v3/repos/lab/archive/merge`)).status).toBe(404);
  expect(forge.faults).toEqual([]);
});

test('a forge that cannot be reached is said to be so, and not to have refused', async () => {
  const address = parseRepository('http://127.0.0.1:9/lab/archive');
  await expect(gitHubForge({ address, token: '', pause: 1 }).mainBranch()).rejects.toMatchObject({
    code: 'forge-failed',
    message: expect.not.stringContaining('(500)') as string,
    hint: expect.stringContaining('could not be reached') as string,
  });
});
