// The part of dandiset registrar --merge that merges pull requests of owners at the forge.

import { folderTree } from '../../adapters/content-files/folder-tree.ts';
import { readArchive } from '../../adapters/content-files/read-archive.ts';
import { gitHubForge } from '../../adapters/forge/github-forge.ts';
import { parseRepository, tokenFor } from '../../adapters/forge/repository-address.ts';
import type { CommitAuthor, RecordsRepository } from '../../adapters/git/records-repository.ts';
import { ArchiveError, isArchiveError } from '../../core/error.ts';
import type { Problem } from '../../core/problem.ts';
import { mergeOwned, type MergeDecision } from '../../workflows/submission/merge-owned.ts';
import { ownersAt } from '../../workflows/publishing/resolve-owners.ts';
import { judgeApart } from './judge-apart.ts';

/** The options of merging. */
export interface MergeOptions {
  /** The content folder of the clone that holds the repository's objects. */
  content: string;
  repository: RecordsRepository;
  author: CommitAuthor;
  hours: number;
  dryRun: boolean;
}

/**
 * What was decided about each open pull request, and why nothing was decided where the forge does not answer.
 */
export interface OwnersMerged {
  merges: MergeDecision[];
  problems: Problem[];
}

function forgeSilent(error: ArchiveError): Problem {
  return {
    rule: 'forge-failed',
    severity: 'warning',
    path: '',
    message: `No pull request was merged: ${error.message}`,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}

/**
 * Merges owners' changes to their drafts.
 *
 * @throws ArchiveError `usage` without a token.
 */
export async function mergeOwnedPulls(options: MergeOptions): Promise<OwnersMerged> {
  const { content, repository, author, hours, dryRun } = options;
  const archive = await readArchive(folderTree(content));
  const address = parseRepository(archive.repository);
  const token = tokenFor(address, process.env);
  if (token === undefined) {
    throw new ArchiveError('usage', `There is no token for ${address.host}.`, {
      hint: 'Set DANDISET_TOKEN to one that may merge, or leave --merge out.',
    });
  }
  try {
    const merges = await mergeOwned({
      forge: gitHubForge({ address, token }),
      repository,
      author,
      ownersAt: (commit) => ownersAt(repository, commit),
      judge: async ({ number }, base) =>
        judgeApart(content, base, await repository.fetchPull(number)),
      now: new Date(),
      hours,
      dryRun,
    });
    return { merges, problems: [] };
  } catch (error) {
    if (!isArchiveError(error, 'forge-failed')) throw error;
    return { merges: [], problems: [forgeSilent(error)] };
  }
}
