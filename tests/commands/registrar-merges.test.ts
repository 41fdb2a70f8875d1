// What the registrar merges automatically, by the line of its workflow: the result of the merge is what was
// judged, and a pull request that cannot be read does not stop the others.

import path from 'node:path';
import { expect, test } from 'vitest';
import { gitHubForge } from '../../src/adapters/forge/github-forge.ts';
import { parseRepository } from '../../src/adapters/forge/repository-address.ts';
import { systemRepository } from '../../src/adapters/git/system-repository.ts';
import { judgePullRequest } from '../../src/cli/support/judge-pull-request.ts';
import { assetLinesOf } from '../support/forge/archive-in-git.ts';
import { DRAFT, STATUS, SUBMISSION, TestArchive } from '../support/broken/test-archive.ts';
import { archiveAtForge, checkedPull } from '../support/forge/archive-at-forge.ts';
import type { ForgeDouble } from '../support/forge/forge-double.ts';
import { propose } from '../support/forge/propose.ts';
import { mergeOwned } from '../../src/workflows/submission/merge-owned.ts';
import { ownersAt } from '../../src/workflows/publishing/resolve-owners.ts';
import { lineOf, workflowRunner } from '../support/forge/workflow-runner.ts';

const HOUR = 3_600_000;
const MALLORYS = 'dandisets/000/000002/draft/dandiset.json';

/** An archive in which ada owns 000001 and mallory 000002, with nothing pending. */
function twoOwners(): TestArchive {
  const archive = new TestArchive();
  delete archive.files[`${DRAFT}/release.json`];
  archive.files['dandisets/000/000002/status.json'] = '{\n  "owners": ["mallory"]\n}\n';
  return archive;
}

/** The record of a Dandiset under another title. */
function titled(path: string, title: string): string {
  const archive = twoOwners();
  archive.edit(path, (record) => (record['name'] = title));
  return archive.text(path);
}

function shown(forge: ForgeDouble, path: string): string {
  return forge.archive.git.run(['show', `main:content/${path}`]);
}

async function runRegistrar(forge: ForgeDouble, clone: string) {
  const ran = await workflowRunner(forge, clone).run(lineOf('registrar', 'registrar'), {
    GITHUB_TOKEN: forge.token('github-actions[bot]'),
  });
  const { merges = [], waiting = [] } = JSON.parse(ran.stdout || '{}') as {
    merges?: { number: number; action: string; reason: string }[];
    waiting?: string[];
  };
  return { ...ran, merges, waiting };
}

/** A curator's commit on main in parallel to what mallory proposed: a withdrawal and another owner. */
function curatorsCommit(forge: ForgeDouble, parent: string): string {
  const archive = twoOwners();
  archive.edit(STATUS, (status) => {
    status['owners'] = ['ada', 'grace'];
    (status['withdrawals'] as Record<string, unknown>)['0.250201.1200'] = {
      reason: 'Wrong animals.',
      date: '2026-05-01',
      by: 'curator',
    };
  });
  const { git } = forge.archive;
  const sha = git.writeBlob(Buffer.from(archive.text(STATUS)));
  const entry = { path: `content/${STATUS}`, mode: '100644', sha };
  const tree = git.writeTree(git.treeOf(parent), [entry]);
  return git.writeCommit(tree, [parent], 'Withdraw', 'curator', forge.state.now());
}

test('an owner’s merge commit reverts nothing of the others', async () => {
  const { forge, clone } = await archiveAtForge(twoOwners());
  const { git } = forge.archive;
  const now = Date.now();
  forge.state.now = () => new Date(now - 72 * HOUR);
  const root = git.commit('main') ?? '';
  // Her first change, dated ahead, is merged along with the curator's: two paths back to the root.
  forge.state.now = () => new Date(now + 72 * HOUR);
  const first = await propose(forge, 'mallory', 'one', {
    files: { [`content/${MALLORYS}`]: titled(MALLORYS, 'One') },
  });
  const mine = first.head.sha;
  forge.state.now = () => new Date(now - 72 * HOUR);
  const curators = curatorsCommit(forge, root);
  const merged = git.mergedTree(curators, mine) ?? '';
  const commit = git.writeCommit(merged, [curators, mine], 'Merge', 'curator', forge.state.now());
  git.setRef('refs/heads/main', commit);
  first.state = 'closed';
  first.merged = { by: 'curator', at: forge.state.time(), commit };
  // Her second has both as parents, and nothing of the curator's tree.
  const blob = (): string => git.writeBlob(Buffer.from(titled(MALLORYS, 'Two')));
  const entry = { path: `content/${MALLORYS}`, mode: '100644', sha: blob() };
  const second = await propose(forge, 'mallory', 'two', {
    parents: [mine, curators],
    tree: () => git.writeTree(git.treeOf(mine), [entry]),
  });
  expect(git.run(['merge-base', '--all', 'main', second.head.sha]).trim().split('\n')).toHaveLength(
    2,
  );
  const before = shown(forge, STATUS);
  expect(before).toContain('grace');
  forge.state.now = () => new Date(now);

  const { merges, stderr } = await runRegistrar(forge, clone);
  expect(shown(forge, STATUS)).toContain('grace');
  expect(shown(forge, STATUS)).toContain('Wrong animals.');
  expect(merges).toMatchObject([{ number: 2, action: 'leave' }]);
  expect(merges[0]?.reason).toMatch(/merge commit|common ancestor/);
  expect(stderr).toBe('');
});

/** Changes of the draft that mallory owns, and her account as the forge numbers it. */
const hers = (title: string): Record<string, string> => ({
  [`content/${MALLORYS}`]: titled(MALLORYS, title),
});

/** Trees that only a program could make, in the fork of mallory. */
function treeWith(forge: ForgeDouble, path: string[], make: (file: string) => string): string {
  const mallory = [...forge.state.users.values()].find(({ login }) => login === 'mallory')!;
  const { git } = forge.state.fork(forge.archive, mallory);
  const file = git.writeBlob(Buffer.from('{}'));
  let id = make(file);
  for (const name of path.reverse()) {
    id = git.run(['mktree'], { input: `040000 tree ${id}\t${name}\n` }).trim();
  }
  const base = git.run(['ls-tree', 'main']);
  return git.run(['mktree'], { input: `${base}040000 tree ${id}\tz\n` }).trim();
}

test('one that cannot be read is left, and stops no other', async () => {
  const waiting = new TestArchive();
  waiting.edit(`${SUBMISSION}/dandiset.json`, (record) => (record['name'] = 'First light'));
  waiting.files['dandisets/000/000002/status.json'] = '{"owners":["mallory"]}\n';
  const { forge, clone } = await archiveAtForge(waiting);
  const { git } = forge.archive;
  const now = Date.now();
  forge.state.now = () => new Date(now - 72 * HOUR);
  const lost = await propose(forge, 'mallory', 'lost', { files: hers('Lost') });
  const mallory = forge.state.repositories.get('mallory/archive')!.git;
  // 20,000 nested folders.
  const deep = (): string => {
    const place = `${'a/'.repeat(20_000)}x`;
    const commands = `commit refs/heads/made\ncommitter x <x@lab.example> 0 +0000\ndata 0\nM 100644 inline ${place}\ndata 0\n\ndone\n`;
    mallory.run(['fast-import', '--quiet', '--done'], { input: commands });
    return treeWith(forge, [], () => mallory.treeOf('refs/heads/made'));
  };
  await propose(forge, 'mallory', 'deep', { tree: deep });
  // 100 million files in nine objects.
  const many = (): string =>
    treeWith(forge, [], (file) => {
      let [kind, id] = ['100644 blob', file];
      for (let level = 0; level < 8; level += 1) {
        const input = [...'0123456789'].map((name) => `${kind} ${id}\t${name}\n`).join('');
        [kind, id] = ['040000 tree', mallory.run(['mktree'], { input }).trim()];
      }
      return id;
    });
  await propose(forge, 'mallory', 'many', { tree: many });
  await propose(forge, 'mallory', 'good', { files: hers('Good') });
  git.run(['update-ref', '-d', `refs/pull/${lost.number}/head`]);
  forge.state.now = () => new Date(now);

  const { merges, code } = await runRegistrar(forge, clone);
  expect(merges.map(({ number, action }) => [number, action])).toEqual([
    [1, 'leave'],
    [2, 'leave'],
    [3, 'leave'],
    [4, 'merge'],
  ]);
  expect(merges[0]?.reason).toMatch(/could not be judged/);
  expect(merges[2]?.reason).toMatch(/no change to one draft/);
  expect(shown(forge, MALLORYS)).toContain('"Good"');
  // What was merged before has its number.
  expect(git.run(['tag', '--list'])).toMatch(/TEST-DANDI-000003\/draft/);
  expect(code).toBeLessThan(2);
}, 600_000);

test('owners are accounts: a login that changes owner owns nothing', async () => {
  const { forge, clone } = await archiveAtForge(twoOwners());
  const now = Date.now();
  forge.state.now = () => new Date(now - 72 * HOUR);
  await runRegistrar(forge, clone);
  const status = (): unknown => JSON.parse(shown(forge, 'dandisets/000/000002/status.json'));
  expect(status()).toEqual({ owners: [{ id: expect.any(Number) as number, login: 'mallory' }] });
  await propose(forge, 'mallory', 'mine', { files: hers('Mine') });
  // Somebody else has the login now.
  forge.state.accounts.set('mallory', 424242);
  forge.state.now = () => new Date(now);
  const { merges } = await runRegistrar(forge, clone);
  expect(merges).toMatchObject([{ action: 'leave', reason: 'its author does not own a Dandiset' }]);
});

test('what an owner may not decide alone is left to a curator', async () => {
  const archive = twoOwners();
  archive.files['dandisets/000/000002/draft/assets.jsonl'] = archive.text(
    'dandisets/000/000002/0.240101.1200/assets.jsonl',
  );
  const others = assetLinesOf('others.nwb');
  archive.files[`${DRAFT}/assets.jsonl`] = others;
  const { forge, clone } = await archiveAtForge(archive);
  const now = Date.now();
  forge.state.now = () => new Date(now - 72 * HOUR);
  const list = `content/dandisets/000/000002/draft/assets.jsonl`;
  await propose(forge, 'mallory', 'empty', { files: { [list]: '' } });
  await propose(forge, 'mallory', 'gone', { files: { [list]: null } });
  await propose(forge, 'mallory', 'foreign', { files: { [list]: others } });
  forge.state.now = () => new Date(now);
  const { merges } = await runRegistrar(forge, clone);
  expect(merges.map(({ reason }) => reason)).toEqual([
    'the draft would have no files any more',
    'the draft would have no files any more',
    'it lists bytes that only other Dandisets have listed so far',
  ]);
});

test.each<[string, (forge: ForgeDouble) => void, RegExp]>([
  [
    'a comment',
    ({ archive, state }) =>
      archive.pulls[0]!.comments.push({ id: 9, user: 'ada', body: 'No.', at: state.time() }),
    /ada commented/,
  ],
  ['the word that it is not ready', ({ archive }) => (archive.pulls[0]!.draft = true), /not ready/],
  ['its end', ({ archive }) => (archive.pulls[0]!.state = 'closed'), /no longer open/],
  [
    'another commit',
    ({ archive, state }) => {
      const { git } = state.repositories.get('mallory/archive')!;
      const old = archive.pulls[0]!.head.sha;
      const more = git.writeCommit(git.treeOf(old), [old], 'More', 'mallory', state.now());
      git.setRef('refs/heads/late', more);
    },
    /changed just now/,
  ],
])('%s at the last moment prevents the merge', async (_, happens, reason) => {
  const archive = twoOwners();
  const id = 31;
  archive.files['dandisets/000/000002/status.json'] =
    `${JSON.stringify({ owners: [{ id, login: 'mallory' }] })}\n`;
  const { forge, clone } = await archiveAtForge(archive);
  forge.state.accounts.set('mallory', id);
  await propose(forge, 'mallory', 'late', { files: hers('Late') });
  const main = forge.archive.git.commit('main');
  const place = { folder: clone, address: forge.folder, branch: 'main', content: 'content' };
  const repository = systemRepository(place);
  const [decision] = await mergeOwned({
    forge: gitHubForge({
      address: parseRepository(forge.repository),
      token: forge.token('github-actions[bot]'),
    }),
    repository,
    author: { name: 'Registrar', email: 'registrar@lab.example' },
    ownersAt: (commit) => ownersAt(repository, commit),
    async judge({ number }, base) {
      const content = path.join(clone, 'content');
      const head = await repository.fetchPull(number);
      const { facts } = await judgePullRequest(content, base, head, { today: '2026-11-24' });
      happens(forge);
      return facts;
    },
    now: new Date(Date.now() + HOUR),
    hours: 0,
  });
  expect(decision?.action).not.toBe('merge');
  expect(decision?.reason).toMatch(reason);
  expect(forge.archive.git.commit('main')).toBe(main);
});

test('the report says who merges: the registrar, or a curator', async () => {
  const archive = twoOwners();
  const owner = { id: 31, login: 'mallory' };
  archive.files['dandisets/000/000002/status.json'] = `${JSON.stringify({ owners: [owner] })}\n`;
  const { forge, clone } = await archiveAtForge(archive);
  const author = { ...owner, isCurator: false };
  const plain = await propose(forge, 'mallory', 'plain', { files: hers('Plain') });
  const one = await checkedPull(clone, plain.number, author);
  expect(one.report).toMatchObject({ ownedByAuthor: true, counts: { error: 0 } });
  // The same with a merge commit, such as the forge's button makes.
  const root = forge.archive.git.commit('main') ?? '';
  const merge = await propose(forge, 'mallory', 'merge', {
    files: hers('Merged'),
    parents: [plain.head.sha, root],
  });
  const other = await checkedPull(clone, merge.number, author);
  expect(other.report).toMatchObject({ ownedByAuthor: false, counts: { error: 0, hint: 1 } });
  expect(other.problems[0]?.rule).toBe('pull-request-merge-commits');
});
