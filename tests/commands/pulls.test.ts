// What a curator sees of the open pull requests, and what the report says of one in relation to the others.

import path from 'node:path';
import { expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../src/adapters/content-files/read-archive.ts';
import { gitHubForge } from '../../src/adapters/forge/github-forge.ts';
import { parseRepository } from '../../src/adapters/forge/repository-address.ts';
import { DRAFT, STATUS, SUBMISSION, TestArchive } from '../support/broken/test-archive.ts';
import { archiveAtForge, checkedPull } from '../support/forge/archive-at-forge.ts';
import { propose } from '../support/forge/propose.ts';
import { runCliWith } from '../support/process/run-cli.ts';
import type { PullLine } from '../../src/workflows/submission/open-pulls.ts';
import { postReport } from '../../src/workflows/submission/post-report.ts';

function archiveOfAda(): TestArchive {
  const archive = new TestArchive();
  delete archive.files[`${DRAFT}/release.json`];
  archive.edit(STATUS, (status) => (status['owners'] = ['ada']));
  return archive;
}

function titled(title: string): Record<string, string> {
  const archive = archiveOfAda();
  archive.edit(`${DRAFT}/dandiset.json`, (record) => (record['name'] = title));
  return { [`content/${DRAFT}/dandiset.json`]: archive.text(`${DRAFT}/dandiset.json`) };
}

function submission(text: string): Record<string, string> {
  return { 'content/submissions/mine/dandiset.json': text };
}

test('one line for each open pull request: kind, errors, next, conflicts', async () => {
  const { forge, clone } = await archiveAtForge(archiveOfAda());
  const record = archiveOfAda().text(`${SUBMISSION}/dandiset.json`);
  await propose(forge, 'ada', 'one', { files: titled('One') });
  await propose(forge, 'mallory', 'two', { files: titled('Two') });
  await propose(forge, 'mallory', 'three', { files: submission('{}\n') });
  await propose(forge, 'ada', 'four', { files: submission(record) });
  const lost = await propose(forge, 'mallory', 'five', { files: { 'README.md': 'x\n' } });
  // As at a forge that does not serve the commit.
  forge.archive.git.run(['update-ref', '-d', `refs/pull/${lost.number}/head`]);

  const env = { DANDISET_TOKEN: forge.token('curator') };
  const content = path.join(clone, 'content');
  const ran = await runCliWith(env, 'pulls', content, '--json');
  expect(ran.stderr).toBe('');
  const { pulls } = JSON.parse(ran.stdout) as { pulls: PullLine[] };
  const byNumber = Object.fromEntries(pulls.map((pull) => [pull.number, pull]));
  expect(byNumber[1]).toMatchObject({
    kind: 'draft',
    about: 'the draft of 000001',
    errors: 0,
    conflicts: [2],
    author: 'ada',
  });
  expect(byNumber[2]).toMatchObject({ kind: 'draft', errors: 0, conflicts: [1] });
  expect(byNumber[2]?.next).toMatch(/^a curator decides: its author does not own/);
  expect(byNumber[3]).toMatchObject({
    kind: 'submission',
    about: 'submissions/mine',
    next: 'the author fixes the errors',
    conflicts: [4],
  });
  expect(byNumber[3]?.errors).toBeGreaterThan(0);
  expect(byNumber[4]).toMatchObject({ kind: 'submission', conflicts: [3] });
  expect(byNumber[5]?.errors).toBeUndefined();
  expect(byNumber[5]?.next).toMatch(/^a curator looks at it: it cannot be judged: \S/);

  const plain = await runCliWith(env, 'pulls', content);
  expect(plain.code).toBe(0);
  const lines = plain.stdout.trim().split('\n');
  expect(lines).toHaveLength(5);
  expect(plain.stdout).toMatch(
    /^#1 +draft \(the draft of 000001\) +0 errors .* conflicts with #2/m,
  );
});

test('the report names open pull requests about the same draft or the same name', async () => {
  const { forge, clone } = await archiveAtForge(archiveOfAda());
  const record = archiveOfAda().text(`${SUBMISSION}/dandiset.json`);
  const proposals = [titled('One'), titled('Two'), submission(record), submission('{}\n')];
  const pulls = [];
  for (const [at, files] of proposals.entries()) {
    pulls.push(await propose(forge, 'mallory', `branch-${at}`, { files }));
  }
  const address = parseRepository(forge.repository);
  const bot = gitHubForge({ address, token: forge.token('github-actions[bot]') });
  const archive = await readArchive(folderTree(path.join(clone, 'content')));
  for (const { number, head } of pulls) {
    const { report } = await checkedPull(clone, number);
    const facts = Buffer.from(JSON.stringify(report));
    expect(await postReport({ forge: bot, archive, facts, head: head.sha })).toEqual([number]);
  }
  const said = pulls.map(({ comments }) => /about the same: (.*?)\. /.exec(comments[0]!.body)?.[1]);
  expect(said).toEqual(['#2', '#1', '#4', '#3']);
});
