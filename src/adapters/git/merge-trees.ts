// The content folder before and after a merge, as trees to read.

import { withPathsOf, type ContentTree } from '../content-files/content-tree.ts';
import type { CommitChanges } from './commit-changes.ts';
import { placeInRepository, treeOfCommit, type CommitTree } from './commit-tree.ts';

/** Both trees; close them after reading. */
export interface MergeTrees {
  /** Where the content folder is in the repository: `content/`. */
  content: string;
  base: ContentTree;
  /** The result of the merge. Files on which the two sides conflict are as in the head. */
  result: ContentTree;
  close(): void;
}

/**
 * Opens the trees of a merge in the repository that contains a content folder. A merge that is too large to
 * be judged changes nothing here.
 *
 * @throws ArchiveError `git-failed` if the folder is in no repository.
 */
export async function mergeTrees(folder: string, changes: CommitChanges): Promise<MergeTrees> {
  const content = await placeInRepository(folder);
  const inside = content.replace(/\/$/, '');
  const opened: CommitTree[] = [];
  const open = async (tree: string, name: string): Promise<CommitTree> => {
    const one = await treeOfCommit(folder, tree, inside, name);
    opened.push(one);
    return one;
  };
  const base = await open(changes.base, `${changes.base}:${content}`);
  let result: ContentTree = await open(changes.tree, `${changes.head}:${content}`);
  const conflicts = changes.conflicts.filter((path) => path.startsWith(content));
  if (conflicts.length > 0) {
    const head = await open(changes.head, `${changes.head}:${content}`);
    // Git writes both sides into such a file.
    const disputed = new Set(conflicts.map((path) => path.slice(content.length)));
    result = withPathsOf(result, head, disputed);
  }
  return { content, base, result, close: () => opened.forEach((tree) => tree.close()) };
}
