// The repository that holds an archive's records, as the publishing programs use it: they read a branch,
// write commits on top of it without any working copy, and push all of them or none.

import type { CommitTree } from './commit-tree.ts';

/** A commit on the first-parent line of the branch. */
export interface CommitFacts {
  id: string;
  /** When it arrived on the branch: the committer's time, UTC. */
  time: Date;
}

/** A file of a commit, by its path below the content folder; without bytes it is removed. */
export interface RecordChange {
  path: string;
  bytes: Uint8Array | undefined;
}

/** Author and committer of a commit. */
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

/** A commit of an existing tree. */
export interface MergeOrder {
  /** The commit of the branch that was judged, and the one that was judged against it. */
  parents: readonly [base: string, head: string];
  tree: string;
  message: string;
  author: CommitAuthor;
  time: Date;
}

/** What a push sets; a tag must be new, the branch may only move forward. */
export interface PushOrder {
  /** The commit the branch was at when the work began. */
  from: string;
  /** The commit it is to move to. */
  to: string;
  /** Names of tags below `refs/tags/` and the commits they name. */
  tags: ReadonlyMap<string, string>;
}

/**
 * Every method throws an ArchiveError `git-failed` if git or the remote failed, and leaves nothing half done
 * there: a push takes effect as a whole or not at all.
 */
export interface RecordsRepository {
  /** The name that messages use for it: its address without credentials. */
  readonly name: string;
  /** Fetches the newest commit of the branch; returns its id. */
  fetch(): Promise<string>;
  /** Names of all tags of the remote, without `refs/tags/`. */
  tags(): Promise<string[]>;
  /** All files below the content folder at a commit: path → object id, which identifies equal files. */
  files(commit: string): Promise<Map<string, string>>;
  /** The content folder at a commit; close it after reading. */
  contentAt(commit: string): Promise<CommitTree>;
  /**
   * The newest commit of the branch's first-parent line that changed this file or folder below the content
   * folder: the merge that brought in its present state. Undefined if it does not exist.
   */
  lastChange(commit: string, path: string): Promise<CommitFacts | undefined>;
  /**
   * Writes commits, each on top of the previous one; returns their ids. They exist only here until pushed.
   */
  commit(parent: string, orders: readonly CommitOrder[]): Promise<string[]>;
  /** Fetches the newest commit of a pull request, as the forge stores it; returns its id. */
  fetchPull(number: number): Promise<string>;
  /**
   * Writes the commit that merges one into the other with that tree; returns its id. It exists only here
   * until pushed.
   */
  merge(order: MergeOrder): Promise<string>;
  /**
   * Pushes branch and tags together; `refused` if the branch is no longer at the commit that the work
   * began with.
   */
  push(order: PushOrder): Promise<'pushed' | 'refused'>;
}

/** Which repository, and how to reach it. */
export interface RepositoryPlace {
  /** A clone of it, or a folder for what is fetched; created if missing. */
  folder: string;
  /** Where to fetch from and push to: an address or a path. */
  address: string;
  branch: string;
  /** The content folder from the top of the repository, `content`. */
  content: string;
  /** A token of the forge, for http and https addresses. */
  token?: string;
}

/** Number of commits fetched initially, and again whenever the history ends too early. */
export const HISTORY_STEP = 50;

/** The address without user, password and token. */
export function addressForShow(address: string): string {
  return address.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}

/** The header that authenticates at the forge; undefined without a token. */
export function authorizationOf({ address, token }: RepositoryPlace): string | undefined {
  if (token === undefined || !/^https?:\/\//.test(address)) return undefined;
  return `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}
