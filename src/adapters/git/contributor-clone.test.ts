import path from 'node:path';
import { expect, test } from 'vitest';
import { bareRepository, git } from '../../../tests/support/forge/git-server.ts';
import { temporaryFolder, writeFiles } from '../../../tests/support/temporary-folder.ts';
import { draftBase } from './draft-base.ts';

const BRANCH = 'origin/main';
const DRAFT = 'dandisets/000/000004/draft';

test('a draft is read as it was where the clone and the archive last agreed', async () => {
  const files = { [`content/${DRAFT}/dandiset.json`]: '{"a": "ä"}\n', 'README.md': 'x' };
  const bare = bareRepository(temporaryFolder(), 'a.git', files);
  const clone = temporaryFolder();
  git(clone, ['clone', '--quiet', bare, '.']);
  const content = path.join(clone, 'content');
  const root = git(clone, ['rev-parse', 'HEAD']);
  // Own commits since, and a working copy that differs from both.
  writeFiles(clone, { [`content/${DRAFT}/dandiset.json`]: '{"a": "mine"}\n' });
  git(clone, ['commit', '--quiet', '--all', '--message=Mine']);
  writeFiles(clone, { [`content/${DRAFT}/dandiset.json`]: '{"a": "not committed"}\n' });
  const texts = new Map([[`${DRAFT}/dandiset.json`, '{"a": "ä"}\n']]);
  expect(await draftBase(content, DRAFT, { branch: BRANCH })).toEqual({ commit: root, texts });
  // As git keeps it after a while.
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
