// The forge that holds the archive's repository: pull requests, what is said of them, who merges.

import type { BaseTrees } from '../git/base-trees.ts';
import type { CommitAuthor } from '../git/records-repository.ts';

/** A branch of somebody's copy of the repository. */
export interface ForgeBranch {
  /** Login of the owner of the copy. */
  owner: string;
  branch: string;
}

/** Somebody's account: the number stays, the login can change hands. */
export interface ForgeAccount {
  id: number;
  login: string;
}

/** One commit to be proposed. */
export interface ProposedChange {
  /** Name of the branch; one that is there already is replaced. */
  branch: string;
  /** The commit it was made against; by default the newest of the main branch. */
  base?: string;
  message: string;
  /** Paths relative to the repository; a text of null takes the file away. */
  files: readonly { path: string; text: string | null }[];
  /** The commit that must come of it, with who made it and when; by default the token's user, now. */
  commit?: { id: string; tree: string; author: CommitAuthor; time: Date };
}

/** A pull request that is open. */
export interface PullRequest {
  number: number;
  title: string;
  /** Who opened it; undefined where the account is gone. */
  author: ForgeAccount | undefined;
  /** Whether the author says that it is not ready. */
  isDraft: boolean;
  /** The commit it proposes. */
  head: string;
  /** The branch it is for. */
  base: string;
  /** When anything last happened to it, as the forge saw it: ISO date-time. */
  updatedAt: string;
  url: string;
}

/** A path that a pull request changes, as the forge sees it. */
export interface ChangedPath {
  /** Relative to the repository. */
  path: string;
  isRemoved: boolean;
}

/** Something a person wrote at a pull request. */
export interface Remark {
  author: string;
  /** Whether a program wrote it. */
  isBot: boolean;
  at: string;
  text: string;
}

/** A repository at a forge, seen with one token or with none. */
export interface Forge extends BaseTrees {
  /** The web address of the repository. */
  readonly name: string;
  /**
   * The token's user, and the address that the forge keeps for commits which are to show none;
   * undefined for the token of a program, which is no user's.
   */
  ownAccount(): Promise<(ForgeAccount & { email: string }) | undefined>;
  /** The main branch and its newest commit. */
  mainBranch(): Promise<{ name: string; commit: string }>;
  /**
   * Commits a change on a branch, in a fork of the user's where they may not write themselves.
   *
   * @throws ArchiveError `forge-failed` where another commit came of it than was asked for; the branch
   * is then as it was.
   */
  propose(change: ProposedChange): Promise<ForgeBranch>;
  /** Opens a pull request, or finds the one there is; undefined where the token may not. */
  openPull(
    head: ForgeBranch,
    words: { title: string; body: string },
  ): Promise<{ number: number; url: string; isNew: boolean } | undefined>;
  /** Every open pull request for the main branch. */
  openPulls(): Promise<PullRequest[]>;
  /** A pull request that is open; undefined for one that is not. */
  openPullAt(number: number): Promise<PullRequest | undefined>;
  /** Paths that a pull request changes: the first hundred, and no more. */
  changedPaths(number: number): Promise<ChangedPath[]>;
  /** Comments and reviews with words, oldest first. */
  remarks(number: number): Promise<Remark[]>;
  /** Those, programs aside, whose pull request a commit of the main branch merged. */
  authorsOf(commit: string): Promise<ForgeAccount[]>;
  /** Whose login it is now; undefined where nobody has it. */
  accountOf(login: string): Promise<ForgeAccount | undefined>;
  /** What the forge's own checks say of a commit. */
  checksOf(commit: string): Promise<'none' | 'running' | 'green' | 'red'>;
  /** Writes the comment that begins with a mark, or replaces it. */
  say(number: number, mark: string, text: string): Promise<void>;
  /** Adds labels. */
  label(number: number, labels: readonly string[]): Promise<void>;
}
