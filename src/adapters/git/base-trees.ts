// The trees of commits, as far as a new commit on top of one needs them: in a clone, or at a forge.

/** An entry of a tree, as in git. */
export interface TreeEntry {
  /** `100644`, `040000`. */
  mode: string;
  name: string;
  /** The id of the object. */
  id: string;
  type: 'blob' | 'tree' | 'commit';
}

/** Where the trees of a commit are read from. */
export interface BaseTrees {
  /** The tree of a commit; undefined if the commit does not exist there. */
  treeOf(commit: string): Promise<string | undefined>;
  /**
   * The entries of a tree that an existing commit names, without those of its folders.
   *
   * @throws ArchiveError if it cannot be read.
   */
  entries(tree: string): Promise<TreeEntry[]>;
}
