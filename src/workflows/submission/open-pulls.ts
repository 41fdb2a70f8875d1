// The open pull requests of an archive: what each is about, which conflict with each other, and, for a
// curator, what happens next to each.

import type { Forge, PullRequest } from '../../adapters/forge/forge.ts';
import { CONTENT_FOLDER } from '../../core/submission/bundle.ts';
import type { ReportKind } from '../../core/submission/pull-request-report.ts';
import { scopeOf, type PullRequestScope } from '../../core/submission/pull-request.ts';
import { kindOf } from './describe-pull-request.ts';
import type { MergeFacts } from './merge-facts.ts';
import { decideMerge } from './merge-owned.ts';

/** At most this many pull requests are compared with each other: each is a request to the forge. */
const MOST_PULLS = 200;
/** With one that is reported on, at most this many. */
const MOST_COMPARED = 50;

function words(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}

async function scopeAt(forge: Forge, number: number): Promise<PullRequestScope> {
  const changes = (await forge.changedPaths(number)).map(({ path, isRemoved }) =>
    isRemoved ? { path } : { path, after: { mode: '100644', id: '' } },
  );
  return scopeOf(changes, CONTENT_FOLDER);
}

/** What no two pull requests can both change: the draft of a Dandiset, or the name of a submission. */
function contested({ target, main }: PullRequestScope): string | undefined {
  return target === undefined ? undefined : main?.name;
}

/** What each pull request is about, or why that is unknown; the others by number. */
async function scopesOf(
  forge: Forge,
  pulls: readonly PullRequest[],
): Promise<Map<number, PullRequestScope | { reason: string }>> {
  const scopes = new Map<number, PullRequestScope | { reason: string }>();
  for (const { number } of pulls.slice(0, MOST_PULLS)) {
    try {
      scopes.set(number, await scopeAt(forge, number));
    } catch (error) {
      scopes.set(number, { reason: words(error) });
    }
  }
  return scopes;
}

function rivalsAmong(
  scopes: ReadonlyMap<number, PullRequestScope | { reason: string }>,
  number: number,
): number[] {
  const nameOf = (one: PullRequestScope | { reason: string } | undefined): string | undefined =>
    one === undefined || 'reason' in one ? undefined : contested(one);
  const own = nameOf(scopes.get(number));
  if (own === undefined) return [];
  return [...scopes].flatMap(([other, scope]) =>
    other !== number && nameOf(scope) === own ? [other] : [],
  );
}

/** Open pull requests that change the same draft, or add a submission of the same name. */
export async function rivalsOf(
  forge: Forge,
  pulls: readonly PullRequest[],
  number: number,
): Promise<number[]> {
  const own = pulls.filter((pull) => pull.number === number);
  const scopes = await scopesOf(forge, own);
  const scope = scopes.get(number);
  if (scope === undefined || 'reason' in scope || contested(scope) === undefined) return [];
  const others = pulls.filter((pull) => pull.number !== number).slice(0, MOST_COMPARED);
  return rivalsAmong(new Map([...scopes, ...(await scopesOf(forge, others))]), number);
}

/** What a curator sees of an open pull request. */
export interface PullLine {
  number: number;
  title: string;
  /** Login of its author; absent where the account is gone. */
  author?: string;
  url: string;
  /** Absent where the forge does not report what is changed. */
  kind?: ReportKind;
  /** `the draft of 000004`, `submissions/first-light`. */
  about?: string;
  /** Absent where it could not be judged. */
  errors?: number;
  /** Who does what next. */
  next: string;
  /** Other open pull requests about the same. */
  conflicts: number[];
}

/** What pullLines needs. */
export interface PullsRequest {
  forge: Forge;
  /** Judges the newest commit of a pull request, within its own limits. */
  judge(pull: PullRequest): Promise<MergeFacts>;
  now: Date;
  /** Hours without activity after which the registrar merges. */
  hours: number;
}

async function nextOf(
  { forge, judge, ...when }: PullsRequest,
  pull: PullRequest,
): Promise<Pick<PullLine, 'errors' | 'next'>> {
  try {
    const facts = await judge(pull);
    const { errors } = facts;
    if (errors > 0) return { errors, next: 'the author fixes the errors' };
    const remarks = await forge.remarks(pull.number);
    const checks = await forge.checksOf(pull.head);
    const { action, reason } = decideMerge({ pull, remarks, checks, facts }, when);
    if (action === 'merge') return { errors, next: 'the registrar merges it in its next run' };
    if (action === 'wait') return { errors, next: `the registrar merges it; ${reason}` };
    return { errors, next: `a curator decides: ${reason}` };
  } catch (error) {
    return { next: `a curator looks at it: it cannot be judged: ${words(error)}` };
  }
}

/**
 * One line for each open pull request. One that cannot be read has the reason in its line.
 *
 * @throws ArchiveError `forge-failed` where the forge does not list them.
 */
export async function pullLines(request: PullsRequest): Promise<PullLine[]> {
  const pulls = await request.forge.openPulls();
  const scopes = await scopesOf(request.forge, pulls);
  const lines: PullLine[] = [];
  for (const pull of pulls) {
    const { number, title, author, url } = pull;
    const scope = scopes.get(number);
    const isKnown = scope !== undefined && !('reason' in scope);
    lines.push({
      number,
      title,
      ...(author === undefined ? {} : { author: author.login }),
      url,
      ...(isKnown ? { kind: kindOf(scope) } : {}),
      ...(isKnown && scope.main !== undefined ? { about: scope.main.name } : {}),
      ...(await nextOf(request, pull)),
      conflicts: rivalsAmong(scopes, number),
    });
  }
  return lines;
}
