// What owners change in their own drafts is merged without a curator: green, alone in its folder,
// and after a time in which nobody said anything. Everything else waits for somebody to decide.

import type { Forge, PullRequest, Remark } from '../adapters/forge/forge.ts';
import type { Problem } from '../core/problem.ts';
import type { PullRequestCheck } from './check-pull-request.ts';

/** What is known of an open pull request. */
export interface MergeCandidate {
  pull: PullRequest;
  remarks: readonly Remark[];
  /** What the forge's own checks say. */
  checks: 'none' | 'running' | 'green' | 'red';
  /** Of this very commit, made now by the rules of the base. */
  check: Pick<PullRequestCheck, 'scope' | 'owners'>;
  problems: readonly Problem[];
}

/** What becomes of it, and why. */
export interface MergeDecision {
  number: number;
  head: string;
  /** `merge` now, `wait` for time or checks to pass, `leave` to a curator. */
  action: 'merge' | 'wait' | 'leave';
  reason: string;
}

const HOUR = 3_600_000;

/** What anybody must know before the files are looked at; undefined where nothing stands against it. */
export function reasonToLeave(pull: PullRequest, remarks: readonly Remark[]): string | undefined {
  if (pull.isDraft) return 'its author says it is not ready';
  const spoken = remarks.find(({ isBot }) => !isBot);
  return spoken === undefined ? undefined : `${spoken.author} commented on it`;
}

function decided(
  candidate: MergeCandidate,
  now: number,
  hours: number,
): Omit<MergeDecision, 'number' | 'head'> {
  const { pull, remarks, checks, check, problems } = candidate;
  const leave = reasonToLeave(pull, remarks);
  if (leave !== undefined) return { action: 'leave', reason: leave };
  const { scope, owners } = check;
  const onlyDraft = scope.parts.length === 1 && scope.parts[0]?.kind === 'draft';
  if (!onlyDraft || scope.isRemoval)
    return { action: 'leave', reason: 'it is no change to one draft' };
  const login = pull.author.toLowerCase();
  if (login === '' || !owners.some((owner) => owner.toLowerCase() === login)) {
    return { action: 'leave', reason: 'its author does not own the Dandiset' };
  }
  if (problems.some(({ severity }) => severity === 'error')) {
    return { action: 'leave', reason: 'the check finds errors' };
  }
  if (checks === 'red') return { action: 'leave', reason: 'a check at the forge failed' };
  if (checks === 'running') return { action: 'wait', reason: 'a check at the forge still runs' };
  const since = Date.parse(pull.updatedAt);
  // A time that cannot be read, or that lies ahead, is never long enough ago.
  const waited = Number.isNaN(since) ? 0 : now - since;
  if (waited < hours * HOUR) {
    const left = Math.max(1, Math.ceil(hours - waited / HOUR));
    return { action: 'wait', reason: `${left} more hours without activity` };
  }
  return { action: 'merge', reason: 'an owner’s change to the draft, green and uncontested' };
}

/** Decides about each candidate; the same facts give the same plan. */
export function planMerges(
  candidates: readonly MergeCandidate[],
  { now, hours }: { now: Date; hours: number },
): MergeDecision[] {
  return candidates.map((candidate) => ({
    number: candidate.pull.number,
    head: candidate.pull.head,
    ...decided(candidate, now.getTime(), hours),
  }));
}

/** What mergeOwned needs. */
export interface MergeRequest {
  forge: Forge;
  /** Checks the commit of a pull request; undefined where it is no longer the head. */
  checkOf(pull: PullRequest): Promise<Pick<MergeCandidate, 'check' | 'problems'> | undefined>;
  now: Date;
  hours: number;
  dryRun?: boolean;
}

/** Looks at every open pull request, and merges what may be merged; what it decided. */
export async function mergeOwned(request: MergeRequest): Promise<MergeDecision[]> {
  const { forge, checkOf, now, hours, dryRun = false } = request;
  const decisions: MergeDecision[] = [];
  for (const pull of await forge.openPulls()) {
    const { number, head } = pull;
    const remarks = await forge.remarks(number);
    const leave = reasonToLeave(pull, remarks);
    const checked = leave === undefined ? await checkOf(pull) : undefined;
    if (checked === undefined) {
      const reason = leave ?? 'it was changed just now';
      decisions.push({ number, head, action: leave === undefined ? 'wait' : 'leave', reason });
      continue;
    }
    const candidate = { pull, remarks, checks: await forge.checksOf(head), ...checked };
    const [decision] = planMerges([candidate], { now, hours });
    if (decision === undefined) continue;
    const isMerge = decision.action === 'merge' && !dryRun;
    if (
      isMerge &&
      !(await forge.merge(number, head, `Merge #${number}: ${pull.title}`.slice(0, 200)))
    ) {
      decisions.push({ ...decision, action: 'wait', reason: 'the forge would not merge it now' });
    } else decisions.push(decision);
  }
  return decisions;
}
