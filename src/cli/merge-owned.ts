// The part of dandiset registrar --merge: pull requests of owners at the forge.

import { commitChanges, fetchBranch, fetchPullRequest } from '../adapters/git/commit-changes.ts';
import { commitTree, placeInRepository } from '../adapters/git/commit-tree.ts';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { gitHubForge } from '../adapters/forge/github-forge.ts';
import { parseRepository, tokenFor } from '../adapters/forge/repository-address.ts';
import { ArchiveError } from '../core/error.ts';
import { checkPullRequest } from '../workflows/check-pull-request.ts';
import { describePullRequest } from '../workflows/describe-pull-request.ts';
import { mergeOwned, type MergeDecision } from '../workflows/merge-owned.ts';
import { listsBeside } from './lists-beside.ts';
import { askStoresBeside } from './stores-beside.ts';

/** How merging is asked for. */
export interface MergeOptions {
  /** The content folder of a clone whose `origin` is the archive's repository. */
  content: string;
  branch: string;
  hours: number;
  dryRun: boolean;
}

/** Merges what owners changed in their drafts; what was decided about each open pull request. */
export async function mergeOwnedPulls(options: MergeOptions): Promise<MergeDecision[]> {
  const { content, branch, hours, dryRun } = options;
  const archive = await readArchive(folderTree(content));
  const address = parseRepository(archive.repository);
  const token = tokenFor(address, process.env);
  if (token === undefined) {
    throw new ArchiveError('usage', `There is no token for ${address.host}.`, {
      hint: 'Set DANDISET_TOKEN to one that may merge, or leave --merge out.',
    });
  }
  const now = new Date();
  return mergeOwned({
    forge: gitHubForge({ address, token }),
    now,
    hours,
    dryRun,
    async checkOf({ number, head: expected, author: login }) {
      // Anew for each: the merge before has moved the branch.
      const baseRef = await fetchBranch(content, branch);
      const changes = await commitChanges(
        content,
        baseRef,
        await fetchPullRequest(content, number),
      );
      if (changes.head !== expected) return undefined;
      const base = await commitTree(content, changes.base);
      const head = await commitTree(content, changes.head);
      try {
        const author = { login, isCurator: false };
        const place = await placeInRepository(content);
        const listsOf = listsBeside(content);
        const check = await checkPullRequest({
          base,
          head,
          changes,
          content: place,
          author,
          listsOf,
        });
        const described = await describePullRequest({
          check,
          changed: changes.changes.map(({ path }) => path),
          head: changes.head,
          author,
          today: now.toISOString().slice(0, 10),
          lists: listsBeside(content),
          askBytes: askStoresBeside(content),
        });
        return { check, problems: described.problems };
      } finally {
        base.close();
        head.close();
      }
    },
  });
}
