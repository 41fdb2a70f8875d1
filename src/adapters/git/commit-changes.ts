// What merging one commit into another would change, from git's own objects: nothing is checked out, so no
// file of a stranger is ever in a working copy.

import { ArchiveError } from '../../core/error.ts';
import type { FileChange } from '../../core/submission/pull-request.ts';
import { resolveCommit } from './commit-tree.ts';
import { ObjectReader } from './object-reader.ts';
import { gitResult, requireGit, runGit } from './run-git.ts';
import { treeDifference, type TreeDifference } from './tree-difference.ts';

/** A pull request that changes more files and folders than this is not judged any further. */
export const MOST_CHANGED_PATHS = 5000;

/** What a merge of two commits would do. */
export interface CommitChanges {
  base: string;
  head: string;
  /** Whether the two share any history. */
  isRelated: boolean;
  /**
   * `plain`: one common ancestor and no merge among the head's own commits; only such a head shows by itself
   * what its author changed. `merges` and `crossed` need a person to look at them.
   */
  history: 'plain' | 'merges' | 'crossed';
  /** Whether the head changes more than is looked at; the rest is then empty. */
  isTooLarge: boolean;
  /** The tree of the merge; it must not be committed if there are conflicts. */
  tree: string;
  /** What differs between the base and that tree. */
  changes: FileChange[];
  /** Paths that both sides changed in different ways. */
  conflicts: string[];
}

async function commonAncestors(folder: string, base: string, head: string): Promise<string[]> {
  const { code, stdout, said } = await gitResult(folder, ['merge-base', '--all', base, head]);
  // Exit code 1 without output: they share no history.
  if (code > 1) throw new ArchiveError('git-failed', `git merge-base failed: ${said}`);
  return stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

async function hasMerges(folder: string, base: string, head: string): Promise<boolean> {
  const list = ['rev-list', '--min-parents=2', '--max-count=1', head, `^${base}`, '--'];
  return (await runGit(folder, list)).length > 0;
}

/** The tree of a merge, and the paths that git itself could not merge. */
async function mergedTree(
  folder: string,
  base: string,
  head: string,
): Promise<{ tree: string; conflicts: string[] }> {
  // Detecting renames would compare every pair of files; a file that one side moved is a conflict.
  const settings = ['merge.renameLimit=1', 'merge.directoryRenames=false'];
  const merge = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head];
  const args = [...settings.flatMap((setting) => ['-c', setting]), ...merge];
  const { code, stdout, said } = await gitResult(folder, args);
  const [tree = '', ...conflicts] = stdout
    .toString()
    .split('\0')
    .filter((piece) => piece !== '');
  if (code > 1 || !/^[0-9a-f]{40,64}$/.test(tree)) {
    throw new ArchiveError('git-failed', `git merge-tree failed: ${said}`);
  }
  return { tree, conflicts };
}

/** Compares the trees of two commits, or of a commit and a tree. */
type Comparison = (from: string, to: string, most: number) => Promise<TreeDifference>;

function comparison(folder: string, objects: ObjectReader): Comparison {
  const treeOf = async (id: string): Promise<string> =>
    (await runGit(folder, ['rev-parse', '--verify', `${id}^{tree}`])).toString().trim();
  return async (from, to, most) =>
    treeDifference(objects, await treeOf(from), await treeOf(to), most);
}

/** Paths that the head changes and that the base has changed in another way since the two diverged. */
async function changedByBoth(
  compare: Comparison,
  ancestor: string,
  base: string,
  ofHead: readonly FileChange[],
): Promise<string[]> {
  // Not bounded: it is the archive's own history.
  const { changes } = await compare(ancestor, base, Number.POSITIVE_INFINITY);
  const meanwhile = new Map(changes.map((change) => [change.path, change.after]));
  return ofHead
    .filter(({ path, after }) => {
      if (!meanwhile.has(path)) return false;
      const other = meanwhile.get(path);
      return other?.id !== after?.id || other?.mode !== after?.mode;
    })
    .map(({ path }) => path);
}

/**
 * Judges what merging `headRef` into `baseRef` would change there. Paths are relative to the repository. The
 * work is bounded, whatever the head's trees are like.
 *
 * @throws ArchiveError `git-failed` if a commit does not exist or cannot be read in time, or git is older
 * than 2.38; `usage` for a text that names no commit.
 */
export async function commitChanges(
  folder: string,
  baseRef: string,
  headRef: string,
): Promise<CommitChanges> {
  await requireGit();
  const base = await resolveCommit(folder, baseRef);
  const head = await resolveCommit(folder, headRef);
  const ancestors = await commonAncestors(folder, base, head);
  const [ancestor] = ancestors;
  const isRelated = ancestor !== undefined;
  const nothing = { changes: [], conflicts: [], tree: base };
  const history =
    ancestors.length > 1
      ? 'crossed'
      : isRelated && (await hasMerges(folder, base, head))
        ? 'merges'
        : 'plain';
  const told = { base, head, isRelated, history } as const;
  const objects = new ObjectReader(folder);
  const compare = comparison(folder, objects);
  try {
    // What the head changes comes first: merging would walk through all of it.
    const own = await compare(ancestor ?? base, head, MOST_CHANGED_PATHS);
    if (own.isTooLarge) return { ...told, ...nothing, isTooLarge: true };
    if (!isRelated) return { ...told, ...own, conflicts: [], tree: head };
    const { tree, conflicts } = await mergedTree(folder, base, head);
    const { changes, isTooLarge } = await compare(base, tree, MOST_CHANGED_PATHS);
    if (isTooLarge) return { ...told, ...nothing, isTooLarge };
    const both = await changedByBoth(compare, ancestor, base, own.changes);
    const all = [...new Set([...conflicts, ...both])].sort();
    return { ...told, isTooLarge, tree, changes, conflicts: all };
  } finally {
    objects.close();
  }
}
