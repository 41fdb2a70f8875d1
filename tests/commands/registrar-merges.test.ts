// What the registrar merges by itself, by the line of its workflow: the result of the merge is what
// was judged, and a pull request that cannot be read stops no other.

import { expect, test } from 'vitest';
import { DRAFT, STATUS, TestArchive } from '../../src/testing/broken/test-archive.ts';
import { archiveAtForge } from '../../src/testing/forge-double/archive-at-forge.ts';
import type { ForgeDouble } from '../../src/testing/forge-double/forge-double.ts';
import { propose } from '../../src/testing/forge-double/propose.ts';
import { lineOf, workflowRunner } from '../../src/testing/forge-double/workflow-runner.ts';

const HOUR = 3_600_000;
const MALLORYS = 'dandisets/000/000002/draft/dandiset.json';

/** An archive in which ada owns 000001 and mallory 000002, with nothing that waits. */
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

/** A curator's commit on main beside what mallory proposed: a withdrawal and another owner. */
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

test('an owner’s merge commit takes nothing of the others back', async () => {
  const { forge, clone } = await archiveAtForge(twoOwners());
  const { git } = forge.archive;
  const now = Date.now();
  forge.state.now = () => new Date(now - 72 * HOUR);
  const root = git.commit('main') ?? '';
  // Her first change, dated ahead, is merged beside the curator's: two ways back to the root.
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
  // Her second has both as parents, and of the tree of the curator's nothing.
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
