import { expect, test } from 'vitest';
import { bareRepository, git, startGitServer } from './git-server.ts';
import { runProgram } from '../process/run-cli.ts';
import { temporaryFolder, writeFiles } from '../temporary-folder.ts';

test('a repository is cloned and pushed to, and history is not rewritten', async () => {
  const root = temporaryFolder();
  const bare = bareRepository(root, 'lab/archive.git', { 'a.txt': 'one' });
  const address = await startGitServer(root);
  const clone = temporaryFolder();
  // The server runs in this process: git has to run concurrently, not block it.
  const inClone = (...args: string[]) => runProgram('git', ['-C', clone, ...args]);
  expect((await inClone('clone', '--quiet', `${address}/lab/archive.git`, '.')).code).toBe(0);
  writeFiles(clone, { 'b.txt': 'two' });
  git(clone, ['add', '--all']);
  git(clone, ['commit', '--quiet', '--message=Second']);
  expect((await inClone('push', '--quiet', 'origin', 'main')).code).toBe(0);
  expect(git(bare, ['log', '--format=%s', 'main'])).toBe('Second\nBase');
  git(clone, ['commit', '--quiet', '--amend', '--message=Rewritten']);
  expect((await inClone('push', '--quiet', '--force', 'origin', 'main')).code).not.toBe(0);
});

test('a user without push permission is refused', async () => {
  const root = temporaryFolder();
  bareRepository(root, 'archive.git', { 'a.txt': 'one' });
  const address = await startGitServer(root, (_, { service }) =>
    service === 'read' ? 'guest' : undefined,
  );
  const read = await fetch(`${address}/archive.git/info/refs?service=git-upload-pack`);
  const write = await fetch(`${address}/archive.git/info/refs?service=git-receive-pack`);
  expect([read.status, write.status]).toEqual([200, 401]);
});
