import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { commitTime, git } from '../../../tests/support/forge/git-server.ts';
import { temporaryFolder, writeFiles } from '../../../tests/support/temporary-folder.ts';
import { contributorClone, type ContributorClone } from './contributor-clone.ts';
import { writeProposedCommit, type CommitProposal } from './proposed-commit.ts';

const FILES = {
  'content/archive.json': '{}\n',
  'content/dandisets/000/000004/draft/dandiset.json': '{"a": 1}\n',
  'content/dandisets/000/000004/draft/release.json': '{}\n',
  'content/submissions/only/dandiset.json': '{}\n',
  'content/submissions.md': 'sorts before the folder\n',
  'README.md': 'x',
};
const AUTHOR = { name: 'ada', email: '7+ada@users.noreply.lab.example' };
const TIME = new Date('2026-03-04T05:06:07.890Z');

async function repository(): Promise<{ folder: string; base: string; clone: ContributorClone }> {
  const folder = temporaryFolder(FILES);
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  git(folder, ['add', '--all']);
  git(folder, ['update-index', '--chmod=+x', 'README.md']);
  git(folder, ['commit', '--quiet', '--message=Base']);
  const clone = await contributorClone(path.join(folder, 'content'));
  if (clone === undefined) throw new Error('there is no clone');
  return { folder, base: git(folder, ['rev-parse', 'HEAD']), clone };
}

/** The same commit by the system's git. */
function commitByGit(folder: string, { base, files, message }: CommitProposal): string {
  const work = path.join(temporaryFolder(), 'work');
  git(folder, ['worktree', 'add', '--quiet', '--detach', work, base]);
  for (const { path: name, text } of files) {
    if (text === null) git(work, ['rm', '--quiet', '--ignore-unmatch', name]);
    else {
      writeFiles(work, { [name]: text });
      git(work, ['add', '--chmod=-x', name]);
    }
  }
  const env = {
    ...process.env,
    ...commitTime(TIME.toISOString()),
    GIT_AUTHOR_NAME: AUTHOR.name,
    GIT_AUTHOR_EMAIL: AUTHOR.email,
    GIT_COMMITTER_NAME: AUTHOR.name,
    GIT_COMMITTER_EMAIL: AUTHOR.email,
  };
  const tree = git(work, ['write-tree']);
  const args = ['-C', work, 'commit-tree', tree, '-p', base, '-F', '-'];
  return execFileSync('git', args, { env, input: message }).toString().trim();
}

const DRAFT = 'content/dandisets/000/000004/draft';

test.each<[string, Record<string, string | null>, string[]]>([
  ['a changed file', { [`${DRAFT}/dandiset.json`]: '{"ä": 2}\n' }, [`${DRAFT}/dandiset.json`]],
  [
    'new folders in a folder',
    { 'content/submissions/new/dandiset.json': '{}', 'content/submissions/new/assets.jsonl': '' },
    ['content/submissions/new/dandiset.json', 'content/submissions/new/assets.jsonl'],
  ],
  [
    'one changed, one as it was, one taken away',
    {
      [`${DRAFT}/dandiset.json`]: '{"a": 2}\n',
      'content/archive.json': FILES['content/archive.json'],
      [`${DRAFT}/release.json`]: null,
    },
    [`${DRAFT}/dandiset.json`, `${DRAFT}/release.json`],
  ],
  [
    'the last file of a folder taken away',
    { 'content/submissions/only/dandiset.json': null },
    ['content/submissions/only/dandiset.json'],
  ],
  ['a file that was executable', { 'README.md': 'x' }, ['README.md']],
  ['nothing that differs', { 'content/archive.json': '{}\n', 'content/none.json': null }, []],
])('%s gives the commit that git gives', async (_, changes, changed) => {
  const { folder, base, clone } = await repository();
  const files = Object.entries(changes).map(([name, text]) => ({ path: name, text }));
  const order = { base, files, message: 'A change\n\nOf “this”.', author: AUTHOR, time: TIME };
  const before = git(folder, ['count-objects']);
  const beside = temporaryFolder();
  vi.stubEnv('TMPDIR', beside);
  const written = await writeProposedCommit(clone, order);
  vi.unstubAllEnvs();
  // Nothing is left in the clone, or next to it.
  expect(git(folder, ['count-objects'])).toBe(before);
  expect(readdirSync(beside)).toEqual([]);
  expect([...(written?.changed ?? [])]).toEqual(changed);
  expect(written?.tree === written?.baseTree).toBe(changed.length === 0);
  expect(written?.id).toBe(commitByGit(folder, order));
});

test('a message and an author are normalised as every git stores them', async () => {
  const { base, clone } = await repository();
  const order = {
    base,
    files: [],
    message: '\n\nA change\r\n\r\nMore.\n\n',
    author: AUTHOR,
    time: TIME,
  };
  const odd = { name: 'a <b>\nc ', email: '<x@lab.example>' };
  expect(await writeProposedCommit(clone, { ...order, author: odd })).toMatchObject({
    message: 'A change\n\nMore.',
    author: { name: 'a bc', email: 'x@lab.example' },
    time: new Date('2026-03-04T05:06:07Z'),
  });
  expect(await writeProposedCommit(clone, { ...order, base: 'a'.repeat(40) })).toBeUndefined();
});
