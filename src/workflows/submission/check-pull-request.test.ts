// Which parts of an archive the check of a pull request reads. The rules themselves are tested by the hostile
// pull requests in tests/commands.

import { expect, test } from 'vitest';
import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import { memoryTree } from '../../adapters/content-files/memory-tree.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { withDeletion } from '../../core/publishing/edit-status.ts';
import type { PullRequestAuthor } from '../../core/submission/pull-request.ts';
import { reportText } from '../../core/submission/report-text.ts';
import { DRAFT, STATUS, TestArchive } from '../../../tests/support/broken/test-archive.ts';
import { mergeBetween } from '../../../tests/support/forge/merge-of.ts';
import { describePullRequest } from './describe-pull-request.ts';
import { checkPullRequest, type PullRequestCheck } from './check-pull-request.ts';

type Edit = (archive: TestArchive) => void;

/** The tree, and the paths that were read in it. */
function watched(tree: ContentTree): { tree: ContentTree; read: Set<string> } {
  const read = new Set<string>();
  const watch = async (path: string): Promise<Uint8Array | undefined> => {
    read.add(path);
    return tree.read(path);
  };
  return { tree: { ...tree, read: watch }, read };
}

interface CheckedBeside {
  before?: Edit;
  author?: PullRequestAuthor;
}

async function checked(
  change: Edit,
  { before = () => {}, author }: CheckedBeside = {},
): Promise<PullRequestCheck & { read: string[] }> {
  const [base, head] = [new TestArchive(), new TestArchive()];
  for (const archive of [base, head]) before(archive);
  change(head);
  const [from, to] = [watched(memoryTree(base.files)), watched(memoryTree(head.files))];
  const result = await checkPullRequest({
    base: from.tree,
    result: to.tree,
    content: 'content/',
    ...(author === undefined ? {} : { author }),
    changes: mergeBetween(base, head),
  });
  return { ...result, read: [...new Set([...from.read, ...to.read])].sort() };
}

const rename: Edit = (archive) =>
  archive.edit(`${DRAFT}/dandiset.json`, (record) => (record['name'] = 'Other'));

test('only the folder it touches is read, and the settings', async () => {
  const many: Edit = ({ files }) => {
    for (let index = 100; index < 400; index += 1) {
      const folder = dandisetFolder(`000${index}` as DandisetNumber);
      files[`${folder}/draft/dandiset.json`] = 'broken, and none of its business';
    }
  };
  const { problems, read, counts } = await checked(rename, { before: many });
  expect(problems).toEqual([]);
  expect(counts).toEqual({ dandisets: 1, versions: 1, assets: 3 });
  expect(read).toEqual([
    'archive.json',
    `${DRAFT}/assets.jsonl`,
    `${DRAFT}/dandiset.json`,
    `${DRAFT}/release.json`,
    STATUS,
    'vocabularies/approaches.json',
    'vocabularies/species.json',
    'vocabularies/techniques.json',
  ]);
});

test('one that changes nothing is refused; an owner and a curator may request another status', async () => {
  const empty = await checked(() => {});
  expect(empty.problems.map(({ rule }) => rule)).toEqual(['pull-request-empty']);

  const [ancestor, head] = [new TestArchive(), new TestArchive()];
  head.edit(STATUS, (status) => (status['owners'] = ['ada', 'grace']));
  const changes = mergeBetween(ancestor, head);
  const asked = async (login: string, isCurator = false): Promise<string[]> => {
    const result = await checkPullRequest({
      base: ancestor.tree(),
      result: head.tree(),
      content: 'content/',
      changes,
      author: { login, isCurator },
    });
    return result.problems.map(({ rule }) => rule);
  };
  expect(await asked('ADA')).toEqual([]);
  expect(await asked('curator', true)).toEqual([]);
  expect(await asked('mallory')).toEqual(['pull-request-status']);
});

test('a draft that was never published is deleted by an owner or a curator, who gives a reason', async () => {
  const home = 'dandisets/000/000003';
  const before: Edit = (archive) => {
    const draft = archive.text('dandisets/000/000002/draft/dandiset.json');
    archive.files[`${home}/draft/dandiset.json`] = draft.replaceAll('000002', '000003');
    archive.files[`${home}/draft/assets.jsonl`] = '';
    archive.files[`${home}/status.json`] = '{"owners":["ada"]}\n';
  };
  const deleted: Edit = ({ files }) => {
    for (const name of Object.keys(files))
      if (name.startsWith(`${home}/draft/`)) delete files[name];
  };
  const recorded: Edit = (archive) => {
    const deletion = { reason: 'Twice.', date: '2026-05-01', by: 'ada' };
    const path = `${home}/status.json`;
    const status = path in archive.files ? archive.text(path) : undefined;
    archive.files[path] = withDeletion(status, deletion);
  };
  const both: Edit = (archive) => {
    deleted(archive);
    recorded(archive);
  };
  const rulesFor = async (change: Edit, login: string, isCurator = false): Promise<string[]> => {
    const { problems } = await checked(change, { before, author: { login, isCurator } });
    return problems.map(({ rule }) => rule);
  };
  expect(await rulesFor(both, 'ada')).toEqual([]);
  expect(await rulesFor(both, 'grace', true)).toEqual([]);
  const check = await checked(both, { before, author: { login: 'grace', isCurator: true } });
  const about = { check, changed: [], head: 'c'.repeat(40), today: '2026-05-01' };
  const { report } = await describePullRequest(about);
  const preview = 'https://forge.example/tree/c';
  const setting = { site: 'https://archive.example/', waitingHours: 24, preview };
  const text = reportText(report, setting);
  expect(text).not.toContain(preview);
  expect(text).toContain('Deletes a draft: `TEST-DANDI:000003`');
  expect(text).toContain('Reason: `Twice.`');
  expect(text).toContain('a number that was given is not given again');
  expect(await rulesFor(both, 'mallory')).toEqual(['pull-request-status']);
  expect(await rulesFor(deleted, 'ada')).toContain('pull-request-removal');
  // The status alone does not delete it, and a deleted number is not reused.
  expect(await rulesFor(recorded, 'ada')).toEqual(['dandiset-without-version']);
  const again = await checked(before, { before: both, author: { login: 'ada', isCurator: true } });
  expect(again.problems.map(({ rule }) => rule)).toContain('pull-request-number');
});
