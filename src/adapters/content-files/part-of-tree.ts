// A part of a content tree, for operations that must leave the rest alone.

import type { ContentTree } from './content-tree.ts';

/** The tree with only the files whose path passes; nothing else is listed or read. */
export function partOfTree(tree: ContentTree, isPart: (path: string) => boolean): ContentTree {
  return {
    name: tree.name,
    list: async (folder) => (await tree.list(folder)).filter(({ path }) => isPart(path)),
    read: async (path) => (isPart(path) ? tree.read(path) : undefined),
  };
}
