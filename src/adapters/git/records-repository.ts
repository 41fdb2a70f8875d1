// The repository that holds an archive's records, as the programs that publish use it: they read a
// branch, write commits on top of it without any working copy, and push all of them or none.

import type { CommitTree } from './commit-tree.ts';

/** A commit on the line of the branch. */
export interface CommitFacts {
  id: string;
  /** When it came onto the branch: the committer's time, UTC. */
  time: Date;
}

/** A file of a commit, by its path below the content folder; without bytes it is removed. */
export interface RecordChange {
  path: string;
  bytes: Uint8Array | undefined;
}

/** Who makes a commit. */
export interface CommitAuthor {
  name: string;
  email: string;
}

export interface CommitOrder {
  message: string;
  author: CommitAuthor;
  time: Date;
  changes: readonly RecordChange[];
}

/** A commit of a whole tree that is here already. */
export interface MergeOrder {
  /** The commit of the branch that was judged, and the one that was judged beside it. */
  parents: readonly [base: string, head: string];
  tree: string;
  message: string;
  author: CommitAuthor;
  time: Date;
}

/** What a push sets; a tag must be new, the branch may only go forward. */
export interface PushOrder {
  /** The commit the branch was at when the work began. */
  from: string;
  /** The commit it is to be at. */
  to: string;
  /** Names of tags below `refs/tags/` and the commits they name. */
  tags: ReadonlyMap<string, string>;
}

/**
 * Every method throws an ArchiveError `git-failed` where git or the other side failed, and leaves
 * nothing half done there: what was pushed is there, anything else is as it was.
 */
export interface RecordsRepository {
  /** What messages call it: its address without credentials. */
  readonly name: string;
  /** Brings the newest commit of the branch here; its id. */
  fetch(): Promise<string>;
  /** Names of all tags there, without `refs/tags/`. */
  tags(): Promise<string[]>;
  /** All files below the content folder at a commit: path → object id, by which equal files are told. */
  files(commit: string): Promise<Map<string, string>>;
  /** The content folder at a commit; to be closed when it was read. */
  contentAt(commit: string): Promise<CommitTree>;
  /**
   * The newest commit of the branch's own line that changed this file or folder below the content
   * folder: the merge that brought it there as it is. Undefined if it is not there.
   */
  lastChange(commit: string, path: string): Promise<CommitFacts | undefined>;
  /** Writes commits, each on top of the one before; their ids. They are known only here until pushed. */
  commit(parent: string, orders: readonly CommitOrder[]): Promise<string[]>;
  /** Brings the newest commit of a pull request here, as the forge keeps it; its id. */
  fetchPull(number: number): Promise<string>;
  /** Writes the commit that merges one into the other as that tree; its id, known only here until pushed. */
  merge(order: MergeOrder): Promise<string>;
  /**
   * Pushes branch and tags together; `refused` if the branch is no longer at the commit that the work
   * began with.
   */
  push(order: PushOrder): Promise<'pushed' | 'refused'>;
}

/** Which repository, and how it is reached. */
export interface RepositoryPlace {
  /** A clone of it, or a folder to keep what is fetched in; made if it is not there. */
  folder: string;
  /** Where it is fetched from and pushed to: an address or a path. */
  address: string;
  branch: string;
  /** The content folder from the top of the repository, `content`. */
  content: string;
  /** A token of the forge, for addresses of http and https. */
  token?: string;
}

/** So many commits are fetched at first, and so many more whenever the line ends too early. */
export const HISTORY_STEP = 50;

/** The address without user, password and token. */
export function addressForShow(address: string): string {
  return address.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}

/** The header that tells the forge whose token it is; undefined without one. */
export function authorizationOf({ address, token }: RepositoryPlace): string | undefined {
  if (token === undefined || !/^https?:\/\//.test(address)) return undefined;
  return `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}
