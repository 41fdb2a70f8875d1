// The contract of every content tree, wherever it is. Each adapter runs this suite.

import { describe, expect, test } from 'vitest';
import { readText, type ContentTree } from '../../../src/adapters/content-files/content-tree.ts';
import type { Files } from '../temporary-folder.ts';

/** The files a tree under test is made of. */
export const CONTRACT_FILES: Files = {
  'archive.json': '{}\n',
  'dandisets/000/000001/draft/dandiset.json': '{"name": "é 😀"}\n',
  'dandisets/000/000001/draft/assets.jsonl': '',
  'dandisets-not/x.json': 'x',
  'pages/\uff5e.mdx': new Uint8Array([0, 255, 10, 13]),
  'pages/😀 #?%.mdx': 'y\r\n',
};

/** Describes a tree that `make` builds from files; `make` is called inside a test. */
export function contentTreeContract(
  title: string,
  make: (files: Files) => Promise<ContentTree> | ContentTree,
): void {
  describe(`${title} is a content tree`, () => {
    test('lists every file with its size, in the order of UTF-8 bytes', async () => {
      const entries = await (await make(CONTRACT_FILES)).list('');
      expect(entries).toEqual([
        { path: 'archive.json', kind: 'file', size: 3 },
        { path: 'dandisets-not/x.json', kind: 'file', size: 1 },
        { path: 'dandisets/000/000001/draft/assets.jsonl', kind: 'file', size: 0 },
        { path: 'dandisets/000/000001/draft/dandiset.json', kind: 'file', size: 20 },
        { path: 'pages/\uff5e.mdx', kind: 'file', size: 4 },
        { path: 'pages/😀 #?%.mdx', kind: 'file', size: 3 },
      ]);
    });

    test('lists a folder, not what merely has it as a prefix', async () => {
      const tree = await make(CONTRACT_FILES);
      const paths = async (folder: string): Promise<string[]> =>
        (await tree.list(folder)).map(({ path }) => path);
      expect(await paths('dandisets')).toEqual([
        'dandisets/000/000001/draft/assets.jsonl',
        'dandisets/000/000001/draft/dandiset.json',
      ]);
      expect(await paths('nowhere')).toEqual([]);
    });

    test('reads the exact bytes, and nothing where there is no file', async () => {
      const tree = await make(CONTRACT_FILES);
      const bytes = await tree.read('pages/\uff5e.mdx');
      expect([...(bytes ?? [])]).toEqual([0, 255, 10, 13]);
      expect(await readText(tree, 'pages/😀 #?%.mdx')).toBe('y\r\n');
      expect(await readText(tree, 'dandisets/000/000001/draft/assets.jsonl')).toBe('');
      expect(await tree.read('dandisets')).toBeUndefined();
      expect(await tree.read('dandisets/000/000002/draft/dandiset.json')).toBeUndefined();
    });

    test('reads many files at the same time', async () => {
      const tree = await make(CONTRACT_FILES);
      const paths = (await tree.list('')).map(({ path }) => path);
      const requested = [...paths, ...paths, ...paths];
      const sizes = await Promise.all(
        requested.map(async (path) => (await tree.read(path))?.length),
      );
      expect(sizes).toEqual([3, 1, 0, 20, 4, 3, 3, 1, 0, 20, 4, 3, 3, 1, 0, 20, 4, 3]);
    });
  });
}
