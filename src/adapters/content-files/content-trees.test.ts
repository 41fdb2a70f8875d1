import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { contentTreeContract } from '../../../tests/support/records/content-tree-contract.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { folderTree } from './folder-tree.ts';
import { memoryTree } from './memory-tree.ts';

contentTreeContract('a folder', (files) => folderTree(temporaryFolder(files)));
contentTreeContract('memory', (files) => memoryTree(files));

test('a folder never follows a link, and nothing outside it is opened', async () => {
  const outside = temporaryFolder({ 'secret.txt': 'x' });
  const folder = temporaryFolder({ 'a.json': '{}' });
  symlinkSync(path.join(outside, 'secret.txt'), path.join(folder, 'file.json'));
  symlinkSync(outside, path.join(folder, 'linked'));
  const tree = folderTree(folder);
  expect((await tree.list('')).map(({ path: name, kind }) => [name, kind])).toEqual([
    ['a.json', 'file'],
    ['file.json', 'other'],
    ['linked', 'other'],
  ]);
  expect(await tree.read('file.json')).toBeUndefined();
  expect(await tree.read('linked/secret.txt')).toBeUndefined();
  await expect(tree.read('../secret.txt')).rejects.toMatchObject({ code: 'content-not-found' });
});
