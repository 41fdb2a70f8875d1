import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contentTreeContract } from '../../../tests/support/records/content-tree-contract.ts';
import {
  temporaryFolder,
  writeFiles,
  type Files,
} from '../../../tests/support/temporary-folder.ts';
import { commitTree, type CommitTree } from './commit-tree.ts';

function git(folder: string, ...args: string[]): void {
  const settings = ['user.name=T', 'user.email=t@lab.example', 'commit.gpgsign=false'];
  const options = ['-C', folder, ...settings.flatMap((setting) => ['-c', setting])];
  execFileSync('git', [...options, ...args], { stdio: 'pipe' });
}

/** A repository on `main` with these files; links are created before the commit. */
function repositoryOf(files: Files, links: Record<string, string> = {}): string {
  const folder = temporaryFolder(files);
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(folder, name));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, '-c', 'core.autocrlf=false', 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=Base');
  return folder;
}

async function opened(folder: string, ref: string): Promise<CommitTree> {
  const tree = await commitTree(folder, ref);
  onTestFinished(() => tree.close());
  return tree;
}

contentTreeContract('a commit', (files) => opened(repositoryOf(files), 'main'));

test('the tree is that of the commit, whatever the folder holds now', async () => {
  const folder = repositoryOf({ 'content/a.json': 'old' });
  writeFiles(folder, { 'content/a.json': 'new', 'content/b.json': '' });
  const tree = await opened(path.join(folder, 'content'), 'HEAD');
  expect(await tree.list('')).toEqual([{ path: 'a.json', kind: 'file', size: 3 }]);
  expect(Buffer.from((await tree.read('a.json')) ?? []).toString()).toBe('old');
});

test('a link in a commit is not a file and is not read', async () => {
  const folder = repositoryOf({ 'a.json': '{}' }, { 'b.json': 'a.json' });
  const tree = await opened(folder, 'main');
  expect((await tree.list('')).map(({ path: name, kind }) => [name, kind])).toEqual([
    ['a.json', 'file'],
    ['b.json', 'other'],
  ]);
  expect(await tree.read('b.json')).toBeUndefined();
});

test('a large object arrives whole', async () => {
  const bytes = new Uint8Array(5_000_000).map((_, index) => index % 251);
  const tree = await opened(repositoryOf({ 'large.bin': bytes }), 'main');
  expect(Buffer.compare((await tree.read('large.bin')) ?? new Uint8Array(), bytes)).toBe(0);
});

test.each(['', '--output=x', 'main:content', 'a b', 'x\ny'])(
  '%j is not taken as the name of a commit',
  async (ref) => {
    const folder = repositoryOf({ 'a.json': '{}' });
    await expect(commitTree(folder, ref)).rejects.toMatchObject({ code: 'usage' });
  },
);
