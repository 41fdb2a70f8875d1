// Owners' changes to their own drafts are merged without a curator: free of errors, limited to their folder,
// and after a time in which nobody commented. Everything else is left for a person to decide. The committed
// tree is exactly the one that was judged, on top of exactly the commit it was judged against; where the
// branch has moved on, it is judged again.

import type { Forge, PullRequest, Remark } from '../../adapters/forge/forge.ts';
import type { CommitAuthor, RecordsRepository } from '../../adapters/git/records-repository.ts';
import { isOwner, type Owner } from '../../core/records/status.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import type { MergeFacts } from './merge-facts.ts';
import { countOf } from '../../core/text/format.ts';

/** What is known of an open pull request. */
export interface MergeCandidate {
  pull: PullRequest;
  remarks: readonly Remark[];
  /** The results of the forge's own checks. */
  checks: 'none' | 'running' | 'green' | 'red';
  /** For exactly this commit, computed now by the rules of the base. */
  facts: MergeFacts;
}

/** The decision about it, and why. */
export interface MergeDecision {
  number: number;
  head: string;
  /** `merge` now, `wait` for time or checks to pass, `leave` to a curator. */
  action: 'merge' | 'wait' | 'leave';
  reason: string;
}

type Decided = Pick<MergeDecision, 'action' | 'reason'>;

const HOUR = 3_600_000;
/** How often one pull request is judged again because the branch has moved on. */
const MOST_TRIES = 5;
/**
 * If judging a pull request took longer than this in vain, no other one of its author is judged in the same
 * run.
 */
const LONG_MS = 60_000;
/** After this time nothing more is judged in a run: the site still has to be deployed. */
const LONGEST_MS = 900_000;

/** What prevents a merge before the files are read; undefined for nothing. */
export function reasonToLeave(pull: PullRequest, remarks: readonly Remark[]): string | undefined {
  if (pull.isDraft) return 'its author says it is not ready';
  const spoken = remarks.find(({ isBot }) => !isBot);
  return spoken === undefined ? undefined : `${spoken.author} commented on it`;
}

/** Why the judged result is not merged automatically for its author; undefined if it is. */
export function reasonOfFacts(
  author: { id?: number } | undefined,
  facts: MergeFacts,
): string | undefined {
  if (facts.history === 'merges') return 'it holds merge commits of its own';
  if (facts.history === 'crossed') return 'it has several common ancestors with the archive';
  if (facts.draft === undefined) return 'it is no change to one draft';
  if (author === undefined || !isOwner(facts.owners, author)) {
    return 'its author does not own the Dandiset';
  }
  if (facts.errors > 0) return 'the check finds errors';
  if (facts.losesFiles) return 'the draft would have no files any more';
  if (facts.foreignFiles === undefined) return 'not every list of files can be read now';
  if (facts.foreignFiles > 0) return 'it lists bytes that only other Dandisets have listed so far';
  if (!facts.asksForRelease) return undefined;
  if (!facts.isPublished) return 'a curator publishes the first version of a Dandiset';
  return facts.ownersPublish ? undefined : 'a curator publishes every version of this archive';
}

/** Decides about a candidate; the same facts give the same decision. */
export function decideMerge(
  { pull, remarks, checks, facts }: MergeCandidate,
  { now, hours }: { now: Date; hours: number },
): Decided {
  const leave = reasonToLeave(pull, remarks) ?? reasonOfFacts(pull.author, facts);
  if (leave !== undefined) return { action: 'leave', reason: leave };
  if (checks === 'red') return { action: 'leave', reason: 'a check at the forge failed' };
  if (checks === 'running') return { action: 'wait', reason: 'a check at the forge still runs' };
  const since = Date.parse(pull.updatedAt);
  // A time that cannot be parsed, or is in the future, is never long enough ago.
  const waited = Number.isNaN(since) ? 0 : now.getTime() - since;
  if (waited < hours * HOUR) {
    const left = Math.max(1, Math.ceil(hours - waited / HOUR));
    return { action: 'wait', reason: `${countOf(left, 'more hour')} without activity` };
  }
  return { action: 'merge', reason: 'an owner’s change to the draft, green and uncontested' };
}

/** What mergeOwned needs. */
export interface MergeRequest {
  forge: Forge;
  repository: RecordsRepository;
  author: CommitAuthor;
  /** Owners of all Dandisets at a commit of the branch: pull requests of others need no check. */
  ownersAt(commit: string): Promise<readonly Owner[]>;
  /** Judges what merging the newest commit of a pull request into this commit would give. */
  judge(pull: PullRequest, base: string): Promise<MergeFacts>;
  now: Date;
  hours: number;
  dryRun?: boolean;
}

class OwnersMerges {
  private readonly request: MergeRequest;
  private owners: readonly Owner[] | undefined;

  constructor(request: MergeRequest) {
    this.request = request;
  }

  /** Decides about one, and merges it if that is the decision. */
  async take(pull: PullRequest): Promise<Decided> {
    const { forge, repository, ownersAt, judge } = this.request;
    const remarks = await forge.remarks(pull.number);
    const leave = reasonToLeave(pull, remarks);
    if (leave !== undefined) return { action: 'leave', reason: leave };
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const base = await repository.fetch();
      this.owners ??= await ownersAt(base);
      if (pull.author === undefined || !isOwner(this.owners, pull.author)) {
        return { action: 'leave', reason: 'its author does not own a Dandiset' };
      }
      const facts = await judge(pull, base);
      if (facts.head !== pull.head) return { action: 'wait', reason: 'it was changed just now' };
      const checks = await forge.checksOf(pull.head);
      const decision = decideMerge({ pull, remarks, checks, facts }, this.request);
      if (decision.action !== 'merge' || this.request.dryRun === true) return decision;
      const now = await this.lastLook(pull);
      if (now !== undefined) return now;
      if ((await this.commit(pull, base, facts.tree)) === 'pushed') return decision;
    }
    return { action: 'wait', reason: 'the branch moved on each time it was judged' };
  }

  /** What was said or pushed since it was judged; undefined for nothing. */
  private async lastLook(pull: PullRequest): Promise<Decided | undefined> {
    const { forge } = this.request;
    const now = await forge.openPullAt(pull.number);
    if (now === undefined) return { action: 'leave', reason: 'it is no longer open' };
    const leave = reasonToLeave(now, await forge.remarks(pull.number));
    if (leave !== undefined) return { action: 'leave', reason: leave };
    const isSame =
      now.head === pull.head && now.base === pull.base && now.updatedAt === pull.updatedAt;
    return isSame ? undefined : { action: 'wait', reason: 'it was changed just now' };
  }

  private async commit(
    { number, head, title }: PullRequest,
    base: string,
    tree: string,
  ): Promise<'pushed' | 'refused'> {
    const { repository, author, now: time } = this.request;
    const message = `Merge #${number}: ${shownLine(title, 150)}\n`;
    const to = await repository.merge({ parents: [base, head], tree, message, author, time });
    return repository.push({ from: base, to, tags: new Map() });
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Looks at every open pull request, and merges those that may be merged; returns the decisions. One that
 * cannot be judged, for whatever reason, is left to a curator with that reason, and does not stop the others.
 *
 * @throws ArchiveError `forge-failed` where the forge does not list them.
 */
export async function mergeOwned(request: MergeRequest): Promise<MergeDecision[]> {
  const merges = new OwnersMerges(request);
  const decisions: MergeDecision[] = [];
  const started = performance.now();
  const slow = new Set<number | undefined>();
  for (const pull of await request.forge.openPulls()) {
    const { number, head, author } = pull;
    const begun = performance.now();
    if (begun - started > LONGEST_MS || slow.has(author?.id)) {
      const reason = slow.has(author?.id)
        ? 'another of its author could not be judged in time'
        : 'there is no time left in this run';
      decisions.push({ number, head, action: 'wait', reason });
      continue;
    }
    try {
      decisions.push({ number, head, ...(await merges.take(pull)) });
    } catch (error) {
      if (performance.now() - begun > LONG_MS) slow.add(author?.id);
      const reason = `it could not be judged: ${words(error)}`.slice(0, 500);
      decisions.push({ number, head, action: 'leave', reason });
    }
  }
  return decisions;
}
