// Judges one pull request from the objects of a clone: what merging it would change, whether that is allowed,
// and the facts needed to decide on it.

import { commitChanges, type CommitChanges } from '../../adapters/git/commit-changes.ts';
import { mergeTrees } from '../../adapters/git/merge-trees.ts';
import type { CheckAvailability } from '../../adapters/object-store/availability.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { Problem } from '../../core/problem.ts';
import type { Archive } from '../../core/records/archive.ts';
import type { PullRequestAuthor } from '../../core/submission/pull-request.ts';
import type { PullRequestReport } from '../../core/submission/pull-request-report.ts';
import {
  checkPullRequest,
  type PullRequestCheck,
} from '../../workflows/submission/check-pull-request.ts';
import { describePullRequest } from '../../workflows/submission/describe-pull-request.ts';
import { mergeFacts, type MergeFacts } from '../../workflows/submission/merge-facts.ts';
import { reasonOfFacts } from '../../workflows/submission/merge-owned.ts';
import { readSetting } from '../../workflows/publishing/read-release.ts';

/** Inputs of the judgement other than the two commits. */
export interface Judging {
  author?: PullRequestAuthor;
  listsOf?: (archive: Archive) => ListStore | undefined;
  /**
   * Checks the availability of the files of a version that would be frozen; without it, nothing is requested.
   */
  askBytes?: (archive: Archive) => CheckAvailability;
  today: string;
}

/** What was found. */
export interface JudgedPullRequest {
  changes: CommitChanges;
  check: PullRequestCheck;
  problems: Problem[];
  report: PullRequestReport;
  facts: MergeFacts;
}

/**
 * Judges a commit against a base, in the repository that contains a content folder.
 *
 * @throws ArchiveError as commitChanges and checkPullRequest do.
 */
export async function judgePullRequest(
  folder: string,
  baseRef: string,
  headRef: string,
  { author, listsOf, askBytes, today }: Judging,
): Promise<JudgedPullRequest> {
  const changes = await commitChanges(folder, baseRef, headRef);
  const trees = await mergeTrees(folder, changes);
  const { base, result, content } = trees;
  try {
    const about = author === undefined ? {} : { author };
    const reading = listsOf === undefined ? {} : { listsOf };
    const check = await checkPullRequest({ base, result, changes, content, ...about, ...reading });
    const {
      problems,
      report: described,
      listed,
    } = await describePullRequest({
      check,
      base,
      changed: changes.changes.map(({ path }) => path),
      head: changes.head,
      today,
      ...about,
      ...(listsOf === undefined ? {} : { lists: listsOf }),
      ...(askBytes === undefined ? {} : { askBytes }),
    });
    const { archive } = await readSetting(base);
    const lists = listsOf?.(archive);
    const facts = await mergeFacts({ check, problems, changes, base, archive, lists, listed });
    // Errors are listed separately in the report; the rest decides who merges it.
    const isForRegistrar = reasonOfFacts(author, { ...facts, errors: 0 }) === undefined;
    const report = { ...described, ownedByAuthor: described.ownedByAuthor && isForRegistrar };
    return { changes, check, problems, report, facts };
  } finally {
    trees.close();
  }
}
