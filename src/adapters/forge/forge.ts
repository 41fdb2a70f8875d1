// The forge that hosts the archive's repository: pull requests, their comments and checks, who merges.

import type { BaseTrees } from '../git/base-trees.ts';
import type { CommitAuthor } from '../git/records-repository.ts';

/** A branch of somebody's fork of the repository. */
export interface ForgeBranch {
  /** Login of the owner of the fork. */
  owner: string;
  branch: string;
}

/** An account: its number is permanent, its login can pass to somebody else. */
export interface ForgeAccount {
  id: number;
  login: string;
}

/** A single commit to propose. */
export interface ProposedChange {
  /** Name of the branch; an existing one is replaced. */
  branch: string;
  /** The commit to build on; by default the newest of the main branch. */
  base?: string;
  message: string;
  /** Paths relative to the repository; a text of null removes the file. */
  files: readonly { path: string; text: string | null }[];
  /** The commit that must result, with its author and time; by default the token's user, now. */
  commit?: { id: string; tree: string; author: CommitAuthor; time: Date };
}

/** An open pull request. */
export interface PullRequest {
  number: number;
  title: string;
  /** Who opened it; undefined if the account no longer exists. */
  author: ForgeAccount | undefined;
  /** Whether the author marked it as not ready. */
  isDraft: boolean;
  /** The commit it proposes. */
  head: string;
  /** The branch it targets. */
  base: string;
  /** When anything last happened to it, according to the forge: ISO date-time. */
  updatedAt: string;
  url: string;
}

/** A path that a pull request changes, according to the forge. */
export interface ChangedPath {
  /** Relative to the repository. */
  path: string;
  isRemoved: boolean;
}

/** Something a person wrote on a pull request. */
export interface Remark {
  author: string;
  /** Whether a program wrote it. */
  isBot: boolean;
  at: string;
  text: string;
}

/** A repository at a forge, accessed with a token or without. */
export interface Forge extends BaseTrees {
  /** The web address of the repository. */
  readonly name: string;
  /**
   * The token's user, with the no-reply address that the forge reserves for commits; undefined for the token
   * of a program, which belongs to no user.
   */
  ownAccount(): Promise<(ForgeAccount & { email: string }) | undefined>;
  /** The main branch and its newest commit. */
  mainBranch(): Promise<{ name: string; commit: string }>;
  /**
   * Commits a change on a branch, in a fork of the user's if they may not write to the repository.
   *
   * @throws ArchiveError `forge-failed` if the resulting commit is not the expected one; the branch is then
   * left as it was.
   */
  propose(change: ProposedChange): Promise<ForgeBranch>;
  /** Opens a pull request, or finds the existing one; undefined if the token may not. */
  openPull(
    head: ForgeBranch,
    words: { title: string; body: string },
  ): Promise<{ number: number; url: string; isNew: boolean } | undefined>;
  /** Every open pull request for the main branch. */
  openPulls(): Promise<PullRequest[]>;
  /** An open pull request; undefined if it is not open. */
  openPullAt(number: number): Promise<PullRequest | undefined>;
  /** Paths that a pull request changes: at most the first hundred. */
  changedPaths(number: number): Promise<ChangedPath[]>;
  /** Comments and reviews that have a text, oldest first. */
  remarks(number: number): Promise<Remark[]>;
  /** Authors, bots excluded, of the pull requests that a commit of the main branch merged. */
  authorsOf(commit: string): Promise<ForgeAccount[]>;
  /** The account that currently has this login; undefined if there is none. */
  accountOf(login: string): Promise<ForgeAccount | undefined>;
  /** What the forge's own checks report for a commit. */
  checksOf(commit: string): Promise<'none' | 'running' | 'green' | 'red'>;
  /** Writes the comment that begins with a mark, or replaces it. */
  say(number: number, mark: string, text: string): Promise<void>;
  /** Adds labels. */
  label(number: number, labels: readonly string[]): Promise<void>;
}
