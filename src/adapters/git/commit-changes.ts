// What a branch changes, from git's own objects: nothing is checked out, so that no file of a
// stranger ever lies in a working copy.

import type { FileChange } from '../../core/submissions/pull-request.ts';
import { resolveCommit } from './commit-tree.ts';
import { runGit } from './run-git.ts';

/** Differences of two commits since their common ancestor. */
export interface CommitChanges {
  base: string;
  head: string;
  /** The common ancestor; undefined where the two share no history. */
  ancestor: string | undefined;
  /** What the head changes. */
  changes: FileChange[];
  /** What the base changed meanwhile. */
  baseChanges: FileChange[];
}

const ABSENT = '000000';

function toChanges(listing: Buffer): FileChange[] {
  const parts = listing.toString('utf8').split('\0');
  const changes: FileChange[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, before, after, beforeId, afterId] =
      /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) \w/.exec(parts[at] ?? '') ?? [];
    if (before === undefined || after === undefined) continue;
    changes.push({
      path: parts[at + 1] ?? '',
      ...(before === ABSENT ? {} : { before: { mode: before, id: beforeId ?? '' } }),
      ...(after === ABSENT ? {} : { after: { mode: after, id: afterId ?? '' } }),
    });
  }
  return changes;
}

async function difference(folder: string, from: string, to: string): Promise<FileChange[]> {
  const options = ['-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--no-commit-id'];
  return toChanges(await runGit(folder, ['diff-tree', ...options, from, to, '--']));
}

/**
 * What a commit changes beside a base, and what the base changed since the two parted. Paths are
 * relative to the repository.
 *
 * @throws ArchiveError `git-failed` where a commit is not there, `usage` for a text that names none.
 */
export async function commitChanges(
  folder: string,
  baseRef: string,
  headRef: string,
): Promise<CommitChanges> {
  const base = await resolveCommit(folder, baseRef);
  const head = await resolveCommit(folder, headRef);
  const found = await runGit(folder, ['merge-base', base, head]).catch(() => undefined);
  const ancestor = found?.toString('latin1').trim().split('\n')[0];
  if (ancestor === undefined || ancestor === '') {
    const changes = await difference(folder, base, head);
    return { base, head, ancestor: undefined, changes, baseChanges: [] };
  }
  return {
    base,
    head,
    ancestor,
    changes: await difference(folder, ancestor, head),
    baseChanges: await difference(folder, ancestor, base),
  };
}

/** Fetches one ref of `origin`, objects only, and keeps it by a name here. */
async function fetchFrom(folder: string, ref: string, name: string): Promise<void> {
  const options = ['--quiet', '--no-tags', '--no-recurse-submodules'];
  await runGit(folder, ['fetch', ...options, 'origin', `+${ref}:${name}`]);
}

/**
 * Fetches the head of a pull request as the forge keeps it, objects only; the name to reach it by.
 *
 * @throws ArchiveError `git-failed` where the forge has no such pull request.
 */
export async function fetchPullRequest(folder: string, number: number): Promise<string> {
  const name = `refs/pull-requests/${number}`;
  await fetchFrom(folder, `refs/pull/${number}/head`, name);
  return name;
}

/** The newest commit that two refs share; undefined where there is none, or no repository. */
export async function commonCommit(
  folder: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  const refs = ['--end-of-options', one, other];
  const found = await runGit(folder, ['merge-base', ...refs]).catch(() => undefined);
  return found?.toString('latin1').trim().split('\n')[0] || undefined;
}

/** Fetches a branch of `origin`; the name to reach it by. */
export async function fetchBranch(folder: string, branch: string): Promise<string> {
  const name = `refs/remotes/origin/${branch}`;
  await fetchFrom(folder, `refs/heads/${branch}`, name);
  return name;
}
