// The content folder before a merge and after it, as trees to read.

import { withPathsOf, type ContentTree } from '../content-files/content-tree.ts';
import type { CommitChanges } from './commit-changes.ts';
import { placeInRepository, treeOfCommit, type CommitTree } from './commit-tree.ts';

/** Both trees; to be closed when they were read. */
export interface MergeTrees {
  /** Where the content folder is in the repository: `content/`. */
  content: string;
  base: ContentTree;
  /** What merging gives. Files on which the two sides conflict are as the head has them. */
  result: ContentTree;
  close(): void;
}

/**
 * Opens the trees of a merge in the repository that a content folder is in. One that is too large to
 * be judged changes nothing here.
 *
 * @throws ArchiveError `git-failed` where the folder is in no repository.
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
    // Into such a file git writes both sides.
    const disputed = new Set(conflicts.map((path) => path.slice(content.length)));
    result = withPathsOf(result, head, disputed);
  }
  return { content, base, result, close: () => opened.forEach((tree) => tree.close()) };
}
