import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bareRepository, git } from '../../../tests/support/forge/git-server.ts';
import { temporaryFolder, writeFiles } from '../../../tests/support/temporary-folder.ts';
import { contributorClone, type DraftBase, type DraftPlace } from './contributor-clone.ts';

const BRANCH = 'origin/main';
const DRAFT = 'dandisets/000/000004/draft';

async function draftBase(
  content: string,
  folder: string,
  place: DraftPlace,
): Promise<DraftBase | undefined> {
  return (await contributorClone(content))?.draftBase(folder, place);
}

test('a draft is read as it was when the clone and the archive last agreed', async () => {
  const files = { [`content/${DRAFT}/dandiset.json`]: '{"a": "ä"}\n', 'README.md': 'x' };
  const bare = bareRepository(temporaryFolder(), 'a.git', files);
  const clone = temporaryFolder();
  git(clone, ['clone', '--quiet', bare, '.']);
  const content = path.join(clone, 'content');
  const root = git(clone, ['rev-parse', 'HEAD']);
  // Own commits since then, and a working copy that differs from both.
  writeFiles(clone, { [`content/${DRAFT}/dandiset.json`]: '{"a": "mine"}\n' });
  git(clone, ['commit', '--quiet', '--all', '--message=Mine']);
  writeFiles(clone, { [`content/${DRAFT}/dandiset.json`]: '{"a": "not committed"}\n' });
  const texts = new Map([[`${DRAFT}/dandiset.json`, '{"a": "ä"}\n']]);
  expect(await draftBase(content, DRAFT, { branch: BRANCH })).toEqual({ commit: root, texts });
  // The form git stores it in after a while.
  git(clone, ['gc', '--quiet']);
  expect(await draftBase(content, DRAFT, { branch: BRANCH })).toEqual({ commit: root, texts });
  const own = git(clone, ['rev-parse', 'HEAD']);
  const named = await draftBase(content, DRAFT, { commit: own, branch: BRANCH });
  expect(named?.texts.get(`${DRAFT}/dandiset.json`)).toBe('{"a": "mine"}\n');
  const none = 'dandisets/000/000005/draft';
  expect(await draftBase(content, none, { branch: BRANCH })).toEqual({
    commit: root,
    texts: new Map(),
  });
});

test('without a clone, a branch or the commit there is no base', async () => {
  const folder = temporaryFolder({ 'content/archive.json': '{}' });
  const content = path.join(folder, 'content');
  expect(await draftBase(content, DRAFT, { branch: BRANCH })).toBeUndefined();
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  expect(await draftBase(content, DRAFT, { branch: BRANCH })).toBeUndefined();
  git(folder, ['add', '--all']);
  git(folder, ['commit', '--quiet', '--message=x']);
  const commit = 'a'.repeat(40);
  expect(await draftBase(content, DRAFT, { commit, branch: BRANCH })).toBeUndefined();
  expect(await draftBase(content, DRAFT, { branch: BRANCH })).toBeUndefined();
});

describe('a clone', () => {
  const TEXTS = new Map([[`${DRAFT}/dandiset.json`, '2']]);

  /** A repository with two commits, and a clone of it made with these options. */
  function cloned(...options: string[]): { bare: string; clone: string; commit: string } {
    const file = `content/${DRAFT}/dandiset.json`;
    const bare = bareRepository(temporaryFolder(), 'a.git', { [file]: '1', 'README.md': 'x' });
    const second = temporaryFolder();
    git(second, ['clone', '--quiet', bare, '.']);
    writeFiles(second, { [file]: '2' });
    git(second, ['commit', '--quiet', '--all', '--message=Second']);
    git(second, ['push', '--quiet', 'origin', 'main']);
    const clone = path.join(temporaryFolder(), 'clone');
    // By its URL: git ignores these options for a local path.
    git('.', ['clone', '--quiet', ...options, `file://${bare}`, clone]);
    return { bare, clone, commit: git(clone, ['rev-parse', 'HEAD']) };
  }

  const baseIn = (clone: string): Promise<DraftBase | undefined> =>
    draftBase(path.join(clone, 'content'), DRAFT, { branch: BRANCH });

  function commitOwn(clone: string): void {
    writeFiles(clone, { [`content/${DRAFT}/dandiset.json`]: 'mine' });
    git(clone, ['commit', '--quiet', '--all', '--message=Mine']);
  }

  test('that is shallow is read as far as its history reaches', async () => {
    const { clone, commit } = cloned('--depth=1');
    expect(await baseIn(clone)).toEqual({ commit, texts: TEXTS });
    commitOwn(clone);
    expect(await baseIn(clone)).toEqual({ commit, texts: TEXTS });
  });

  test('that is too shallow to know what it shares is refused', async () => {
    const { bare, clone } = cloned('--depth=1');
    const other = temporaryFolder();
    git(other, ['clone', '--quiet', bare, '.']);
    commitOwn(other);
    git(other, ['push', '--quiet', 'origin', 'main']);
    git(clone, ['fetch', '--quiet', '--depth=1']);
    await expect(baseIn(clone)).rejects.toMatchObject({
      code: 'git-failed',
      hint: expect.stringContaining('--unshallow') as string,
    });
  });

  test('may be a worktree of another, on a branch or on none, with packed branches', async () => {
    const { clone, commit } = cloned();
    const worktree = path.join(temporaryFolder(), 'worktree');
    git(clone, ['worktree', 'add', '--quiet', '-b', 'mine', worktree]);
    commitOwn(worktree);
    // The clone itself is at another commit.
    git(clone, ['checkout', '--quiet', '--detach', 'HEAD^']);
    expect(await baseIn(worktree)).toEqual({ commit, texts: TEXTS });
    git(clone, ['pack-refs', '--all']);
    expect(await baseIn(worktree)).toEqual({ commit, texts: TEXTS });
    git(worktree, ['checkout', '--quiet', '--detach']);
    expect(await baseIn(worktree)).toEqual({ commit, texts: TEXTS });
    const older = await baseIn(clone);
    expect(older?.commit).toBe(git(clone, ['rev-parse', 'HEAD']));
  });

  test('that shows some of its files has all of them', async () => {
    const { clone, commit } = cloned();
    git(clone, ['sparse-checkout', 'set', 'content/submissions']);
    expect(existsSync(path.join(clone, 'content', DRAFT))).toBe(false);
    writeFiles(clone, { 'content/archive.json': '{}' });
    expect(await baseIn(clone)).toEqual({ commit, texts: TEXTS });
  });

  test('that lacks objects is refused, and says why', async () => {
    const { clone, commit } = cloned('--filter=blob:none', '--no-checkout');
    writeFiles(clone, { 'content/archive.json': '{}' });
    const refusal = { code: 'git-failed', hint: expect.stringContaining('partial') as string };
    await expect(baseIn(clone)).rejects.toMatchObject(refusal);
    // Reads that need no text of it still work.
    const opened = await contributorClone(path.join(clone, 'content'));
    expect(await opened?.treeOf(commit)).toBe(git(clone, ['rev-parse', `${commit}^{tree}`]));
    const borrowing = path.join(temporaryFolder(), 'borrowing');
    git('.', ['clone', '--quiet', '--shared', cloned().clone, borrowing]);
    await expect(baseIn(borrowing)).rejects.toMatchObject(refusal);
  });

  test('of a form that cannot be read is refused, and says which', async () => {
    const folder = temporaryFolder({ 'content/archive.json': '{}' });
    git(folder, ['init', '--quiet', '--object-format=sha256']);
    await expect(baseIn(folder)).rejects.toThrow(/objectformat sha256/);
  });
});
