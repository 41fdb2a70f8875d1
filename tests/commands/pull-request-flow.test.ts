// From a local folder to a number in the archive, by exactly the commands that the workflows run; and an
// owner's change, merged without a curator.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { REPORT_MARK } from '../../src/core/submission/report-text.ts';
import { DRAFT, SUBMISSION, TestArchive } from '../support/broken/test-archive.ts';
import { archiveAtForge } from '../support/forge/archive-at-forge.ts';
import { mergePull } from '../support/forge/merge-pull.ts';
import { propose } from '../support/forge/propose.ts';
import { checkAndReport, lineOf, workflowRunner } from '../support/forge/workflow-runner.ts';

function withoutRelease(): TestArchive {
  const archive = new TestArchive();
  delete archive.files[`${DRAFT}/release.json`];
  return archive;
}

test('a folder is submitted, checked, reported, fixed, merged, and gets its number', async () => {
  const { forge, clone } = await archiveAtForge(withoutRelease());
  const runs = workflowRunner(forge, clone);
  const valid = new TestArchive();
  valid.edit(`${SUBMISSION}/dandiset.json`, (record) => (record['name'] = 'Grid cells'));
  const wrong = JSON.parse(valid.text(`${SUBMISSION}/dandiset.json`)) as Record<string, unknown>;
  delete wrong['license'];
  const files = {
    'content/submissions/place-cells/dandiset.json': `${JSON.stringify(wrong, null, 2)}\n`,
    'content/submissions/place-cells/assets.jsonl': valid.text(`${SUBMISSION}/assets.jsonl`),
  };
  // By the forge's own pages, so with an error in it.
  await propose(forge, 'ada', 'patch-1', { files });
  const first = await checkAndReport(forge, runs, 1);
  expect(first.checked.code).toBe(1);
  expect(first.reported).toMatchObject({ code: 0, stdout: 'Reported in #1.\n' });
  expect(first.pull?.comments).toMatchObject([{ user: 'github-actions[bot]' }]);
  expect(first.pull?.comments[0]?.body).toContain(`${REPORT_MARK}\n## Not yet: 1 error to fix`);
  expect(first.pull?.labels).toEqual(['new dandiset']);

  // Somebody else writes the marker too: only the program's own comment is replaced.
  const comment = {
    id: 0,
    user: 'mallory',
    body: `${REPORT_MARK} all is well`,
    at: '2026-01-01T00:00:00Z',
  };
  first.pull?.comments.unshift(comment);
  const fork = forge.state.repositories.get('ada/archive');
  const fixed = fork?.git.writeBlob(Buffer.from(valid.text(`${SUBMISSION}/dandiset.json`))) ?? '';
  const head = fork?.git.commit('patch-1') ?? '';
  const entry = {
    path: 'content/submissions/place-cells/dandiset.json',
    mode: '100644',
    sha: fixed,
  };
  const tree = fork?.git.writeTree(fork.git.treeOf(head), [entry]) ?? '';
  fork?.git.setRef(
    'refs/heads/patch-1',
    fork.git.writeCommit(tree, [head], 'Fixed', 'ada', new Date()),
  );
  const second = await checkAndReport(forge, runs, 1);
  expect(second.checked).toMatchObject({ code: 0, stderr: '' });
  expect(second.pull?.comments.map(({ user }) => user)).toEqual(['mallory', 'github-actions[bot]']);
  expect(second.pull?.comments[0]).toEqual(comment);
  expect(second.pull?.comments[1]?.body).toContain('## Can be merged');
  expect(second.pull?.comments[1]?.body).toContain('Mus musculus');

  // Merging takes the reviewed commit, and no other.
  expect(await mergePull(forge, 'curator', { number: 1, sha: head })).toBe(false);
  const sha = second.pull?.head.sha ?? '';
  expect(await mergePull(forge, 'curator', { number: 1, sha })).toBe(true);
  const token = forge.token('github-actions[bot]');
  const registrar = await runs.run(lineOf('registrar', 'registrar'), { GITHUB_TOKEN: token });
  expect(registrar).toMatchObject({ code: 0, stderr: '' });
  const paths = forge.archive.git.run([
    'ls-tree',
    '-r',
    '--name-only',
    'main',
    'content/dandisets',
  ]);
  expect(paths).toContain('content/dandisets/000/000003/draft/dandiset.json');
  // The submitter owns it.
  const status = forge.archive.git.run(['show', 'main:content/dandisets/000/000003/status.json']);
  expect(JSON.parse(status)).toMatchObject({ owners: [{ login: 'ada' }] });
});

test('a report left by an untrusted run affects nothing but the wording of a failure', async () => {
  const { forge, clone } = await archiveAtForge();
  const runs = workflowRunner(forge, clone);
  const files = { [`content/${SUBMISSION}/assets.jsonl`]: '' };
  const pull = await propose(forge, 'mallory', 'x', { files });
  const token = forge.token('github-actions[bot]');
  const line = lineOf('report', 'report');
  const forged = {
    schema: 'dandiset-report-1',
    kind: 'other',
    about: '` <img src=x> @everyone',
    head: 'f'.repeat(40),
  };
  for (const facts of [JSON.stringify(forged), '{', 'x'.repeat(600_000), undefined]) {
    await runs.run('rm -rf "$RUNNER_TEMP/report"; mkdir "$RUNNER_TEMP/report"', {});
    if (facts !== undefined)
      writeFileSync(path.join(runs.temporary, 'report', 'report.json'), facts);
    const env = { HEAD: pull.head.sha, GITHUB_TOKEN: token };
    expect(await runs.run(line, env)).toMatchObject({ code: 0 });
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain('could not finish');
    expect(pull.labels).toEqual([]);
  }
  const nobody = await runs.run(line, { HEAD: 'a'.repeat(40), GITHUB_TOKEN: token });
  expect(nobody).toMatchObject({ code: 0, stdout: 'No open pull request has this commit.\n' });
  const injected = await runs.run(line, { HEAD: '; touch x', GITHUB_TOKEN: token });
  expect(injected.code).toBe(2);
});

test('the registrar merges what an owner changes in a draft, and leaves everything else', async () => {
  const { forge, clone } = await archiveAtForge(withoutRelease());
  const { run } = workflowRunner(forge, clone);
  const name = `content/${DRAFT}/dandiset.json`;
  const changed = (title: string): Record<string, string> => {
    const archive = new TestArchive();
    archive.edit(`${DRAFT}/dandiset.json`, (record) => (record['name'] = title));
    return { [name]: archive.text(`${DRAFT}/dandiset.json`) };
  };
  const now = Date.now();
  forge.state.now = () => new Date(now - 48 * 3_600_000);
  await propose(forge, 'ada', 'mine', { files: changed('Better') });
  await propose(forge, 'mallory', 'foreign', { files: changed('Worse') });
  const spoken = await propose(forge, 'ada', 'spoken', { files: changed('Disputed') });
  spoken.comments.push({
    id: 1,
    user: 'curator',
    body: 'Are you sure?',
    at: '2026-01-01T00:00:00Z',
  });
  const [pulls, token] = [forge.archive.pulls, forge.token('github-actions[bot]')];
  pulls[0]?.comments.push({
    id: 2,
    user: 'github-actions[bot]',
    body: 'Report',
    at: '2026-01-01T00:00:00Z',
  });
  await propose(forge, 'ada', 'wrong', { files: { [name]: '{}\n' } });
  forge.state.now = () => new Date(now);
  await propose(forge, 'ada', 'new', { files: changed('Newest') });

  const { code, stdout, stderr } = await run(lineOf('registrar', 'registrar'), {
    GITHUB_TOKEN: token,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { merges } = JSON.parse(stdout) as {
    merges: { number: number; action: string; reason: string }[];
  };
  expect(merges.map(({ number, action }) => [number, action])).toEqual([
    [1, 'merge'],
    [2, 'leave'],
    [3, 'leave'],
    [4, 'leave'],
    // Made before the first was merged, it now changes what that one changed.
    [5, 'leave'],
  ]);
  expect(merges.map(({ reason }) => reason).slice(1)).toEqual([
    'its author does not own a Dandiset',
    'curator commented on it',
    'the check finds errors',
    'the check finds errors',
  ]);
  expect(pulls[0]?.merged).toMatchObject({ by: 'Registrar' });
  expect(forge.archive.git.run(['show', `main:${name}`])).toContain('"Better"');
});
