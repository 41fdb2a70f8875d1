// The trees of commits, as far as a new commit on top of one has to know them: in a clone, or at a
// forge.

/** An entry of a tree, as git has it. */
export interface TreeEntry {
  /** `100644`, `040000`. */
  mode: string;
  name: string;
  /** The id of the object. */
  id: string;
  type: 'blob' | 'tree' | 'commit';
}

/** Where the trees of a commit are read. */
export interface BaseTrees {
  /** The tree of a commit; undefined where the commit is not there. */
  treeOf(commit: string): Promise<string | undefined>;
  /**
   * The entries of a tree that a commit there names, without those of its folders.
   *
   * @throws ArchiveError where it cannot be read.
   */
  entries(tree: string): Promise<TreeEntry[]>;
}
