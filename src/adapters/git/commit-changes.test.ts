import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { bareRepository, commitTime, git } from '../../../tests/support/forge/git-server.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { commitChanges, MOST_CHANGED_PATHS, type CommitChanges } from './commit-changes.ts';
import { gitResult } from './run-git.ts';

type Change = Record<string, string | null>;

/** A bare repository, and commits in it that need no working copy. */
class History {
  readonly bare: string;
  readonly root: string;
  private second = 0;

  constructor(files: Record<string, string>) {
    this.bare = bareRepository(temporaryFolder(), 'a.git', files);
    this.root = git(this.bare, ['rev-parse', 'main']);
  }

  /** A commit whose tree is that of the first parent, changed. */
  commit(parents: string[], change: Change): string {
    const env = { GIT_INDEX_FILE: path.join(temporaryFolder(), 'index') };
    git(this.bare, ['read-tree', parents[0] ?? this.root], env);
    for (const [name, text] of Object.entries(change)) {
      if (text === null) git(this.bare, ['rm', '--quiet', '--cached', name], env);
      else {
        const file = path.join(temporaryFolder({ x: text }), 'x');
        const id = git(this.bare, ['hash-object', '-w', file]);
        git(this.bare, ['update-index', '--add', '--cacheinfo', `100644,${id},${name}`], env);
      }
    }
    return this.commitTree(git(this.bare, ['write-tree'], env), parents);
  }

  commitTree(tree: string, parents: string[]): string {
    this.second += 1;
    const time = commitTime(new Date(1_700_000_000_000 + this.second * 1000).toISOString());
    return git(
      this.bare,
      ['commit-tree', tree, ...parents.flatMap((one) => ['-p', one]), '-m', 'x'],
      time,
    );
  }

  /** A tree of these entries, in the format that `git mktree` reads. */
  tree(...entries: string[]): string {
    const input = entries.map((entry) => `${entry}\n`).join('');
    const options = { input, stdio: 'pipe' } as const;
    return execFileSync('git', ['-C', this.bare, 'mktree'], options).toString().trim();
  }

  judge(base: string, head: string): Promise<CommitChanges> {
    return commitChanges(this.bare, base, head);
  }
}

const paths = ({ changes }: CommitChanges): string[] => changes.map(({ path: name }) => name);

test('what both sides changed is a conflict, unless it is the same change', async () => {
  const history = new History({ 'a.json': '1\n2\n3\n4\n5\n6\n7\n8\n9\n', 'b.json': '1' });
  const head = history.commit([history.root], { 'b.json': '2' });
  const other = history.commit([history.root], { 'b.json': '3' });
  expect(await history.judge(other, head)).toMatchObject({ conflicts: ['b.json'] });
  const same = history.commit([history.root], { 'b.json': '2', 'a.json': '' });
  expect(await history.judge(same, head)).toMatchObject({ conflicts: [], changes: [] });
  // Git could merge these two, but nobody has seen the result.
  const top = history.commit([history.root], { 'a.json': '0\n2\n3\n4\n5\n6\n7\n8\n9\n' });
  const end = history.commit([history.root], { 'a.json': '1\n2\n3\n4\n5\n6\n7\n8\n0\n' });
  expect(await history.judge(top, end)).toMatchObject({ conflicts: ['a.json'] });
});

test('only what merging would change is judged, however the histories cross', async () => {
  const history = new History({ 'mine.json': '1', 'yours.json': '1' });
  const mine = history.commit([history.root], { 'mine.json': '2' });
  const yours = history.commit([history.root], { 'yours.json': '2' });
  const main = history.commit([yours, mine], { 'mine.json': '2' });
  // Both are parents, and nothing of the second is in the tree.
  const head = history.commit([mine, yours], { 'mine.json': '3' });
  const judged = await history.judge(main, head);
  expect(paths(judged)).toEqual(['mine.json', 'yours.json']);
  expect(judged.history).toBe('crossed');
  // A head that merged the newest state in, as the button of a forge does, changes one file.
  const updated = history.commit([history.commit([mine], { 'mine.json': '4' }), main], {
    'yours.json': '2',
  });
  const plain = await history.judge(main, updated);
  expect(paths(plain)).toEqual(['mine.json']);
  expect(plain.history).toBe('merges');
  const rebased = history.commit([main], { 'mine.json': '4' });
  expect(await history.judge(main, rebased)).toMatchObject({ history: 'plain', conflicts: [] });
});

test('a file that one side moved and the other changed is a conflict', async () => {
  const text = 'a long enough text to be found again\n'.repeat(9);
  const history = new History({ 'submissions/x.json': text });
  const moved = history.commit([history.root], { 'submissions/x.json': null, 'y.json': text });
  const head = history.commit([history.root], { 'submissions/x.json': `${text}!` });
  const judged = await history.judge(moved, head);
  expect(judged.conflicts).toEqual(['submissions/x.json']);
  // Whatever git makes of it, the path it would end up at is reported.
  expect(judged.changes.every(({ path: name }) => /^(submissions\/x|y)\.json$/.test(name))).toBe(
    true,
  );
  const apart = history.commitTree(git(history.bare, ['rev-parse', `${head}^{tree}`]), []);
  expect(await history.judge(moved, apart)).toMatchObject({ isRelated: false });
});

test.each(['files', 'folders'])(
  'a few objects that name 10 to the 8th %s are too many',
  async (what) => {
    const history = new History({ 'a.json': '1' });
    const blob = git(history.bare, ['rev-parse', `${history.root}:a.json`]);
    let tree = what === 'files' ? history.tree(`100644 blob ${blob}\tx`) : history.tree();
    for (let level = 0; level < 8; level += 1) {
      const entries = Array.from({ length: 10 }, (_, at) => `040000 tree ${tree}\t${at}`);
      tree = history.tree(...entries);
    }
    const head = history.commitTree(tree, [history.root]);
    const judged = await history.judge(history.root, head);
    expect(judged).toMatchObject({ isTooLarge: true, changes: [], tree: history.root });
  },
);

test('as many files as may be changed are judged', async () => {
  const history = new History({ 'a.json': '1' });
  const blob = git(history.bare, ['rev-parse', `${history.root}:a.json`]);
  const names = Array.from({ length: MOST_CHANGED_PATHS - 1 }, (_, at) => `${at}`.padStart(5, '0'));
  const files = names.map((name) => `100644 blob ${blob}\t${name}`);
  const head = history.commitTree(history.tree(...files), [history.root]);
  // One goes, the others come.
  expect(paths(await history.judge(history.root, head))).toHaveLength(MOST_CHANGED_PATHS);
});

/** Replaces git with another program. */
function otherGit(script: string): string {
  const folder = temporaryFolder({ git: `#!/bin/sh\n${script}\n` });
  chmodSync(path.join(folder, 'git'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  return folder;
}

test('a git that is too old is named', async () => {
  otherGit('echo git version 2.37.7');
  await expect(commitChanges('.', 'a', 'b')).rejects.toMatchObject({
    message: expect.stringContaining('git 2.38 or newer') as string,
  });
  vi.unstubAllEnvs();
});

test('a git that takes too long is ended with all that it started', async () => {
  const folder = otherGit('sleep 600 &\necho $! > "$(dirname "$0")/pid"\nwait');
  const run = gitResult('.', ['log'], { timeLimit: 2000 });
  await expect(run).rejects.toMatchObject({ code: 'git-failed' });
  vi.unstubAllEnvs();
  const pid = readFileSync(path.join(folder, 'pid'), 'utf8').trim();
  const isThere = (): boolean =>
    existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
  await vi.waitFor(() => expect(isThere()).toBe(false));
});
