// The registrar: the only writer of identifiers and versions. It looks at what was merged, plans, commits,
// and pushes everything at once; a refused push means that something was merged meanwhile, so it looks and
// plans again. So the branch itself is the only state, and a registrar that was stopped anywhere is simply
// run again.

import type { CommitAuthor, RecordsRepository } from '../../adapters/git/records-repository.ts';
import type { CheckAvailability } from '../../adapters/object-store/availability.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import { ArchiveError, isArchiveError } from '../../core/error.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import type { Archive } from '../../core/records/archive.ts';
import { rememberingAvailability } from '../archive/check-availability.ts';
import { settingAt } from './pending.ts';
import {
  listNotStored,
  planRegistrar,
  type AccountsAtForge,
  type RegistrarPlan,
  type RegistrarStep,
} from './registrar-plan.ts';

/** What the registrar works with. */
export interface RegistrarParts {
  repository: RecordsRepository;
  availabilityOf: (archive: Archive) => CheckAvailability;
  listsOf?: (archive: Archive) => ListStore | undefined;
  /** How the forge is queried for the owner of an account. */
  accountsOf?: (archive: Archive) => AccountsAtForge | undefined;
  author: CommitAuthor;
  now?: () => Date;
  reporter?: Reporter;
  /** Only plans. */
  dryRun?: boolean;
  /** The delay before a retry; none in tests. */
  pause?: (milliseconds: number) => Promise<void>;
}

/** What was done, or would be. */
export interface RegistrarReport {
  /** The newest commit of the branch now. */
  commit: string;
  steps: Omit<RegistrarStep, 'changes' | 'stored'>[];
  /** Folders that are pending on a person. */
  waiting: string[];
  problems: Problem[];
}

/** With this many registrars at once each still gets its turn. */
const MOST_TRIES = 100;
const LONGEST_PAUSE_MS = 2000;

/** Writes the plan's commits, one per step; returns the last of them, and the tags. */
async function commitSteps(
  { repository, author, now = () => new Date() }: RegistrarParts,
  plan: RegistrarPlan,
): Promise<{ to: string; tags: Map<string, string> }> {
  const time = now();
  const orders = plan.steps.map(({ message, changes }) => ({ message, changes, author, time }));
  const commits = await repository.commit(plan.commit, orders);
  const tags = new Map<string, string>();
  for (const [index, { tag }] of plan.steps.entries()) {
    const commit = commits[index];
    if (tag !== undefined && commit !== undefined) tags.set(tag, commit);
  }
  return { to: commits.at(-1) ?? plan.commit, tags };
}

/**
 * Writes the lists that the steps name, before any commit refers to them. A step whose list cannot be written
 * is pending until the next run; the others go on.
 */
async function storeLists(
  lists: ListStore | undefined,
  plan: RegistrarPlan,
): Promise<RegistrarPlan> {
  const steps: RegistrarStep[] = [];
  const waiting = [...plan.waiting];
  const problems = [...plan.problems];
  for (const step of plan.steps) {
    const { stored } = step;
    try {
      if (stored !== undefined && lists !== undefined && !(await lists.has(stored.sha256)))
        await lists.write(stored.sha256, [new TextEncoder().encode(stored.text)]);
      steps.push(step);
    } catch (error) {
      if (!isArchiveError(error, 'store-failed')) throw error;
      const why = [error.message, error.hint ?? []].flat().join(' ');
      waiting.push(step.from);
      problems.push(listNotStored(step.from, why));
    }
  }
  return { ...plan, steps, waiting, problems: sortProblems(problems) };
}

function reportOf(plan: RegistrarPlan, commit: string): RegistrarReport {
  const steps = plan.steps.map(({ kind, subject, from, message, tag, digest }) => ({
    kind,
    subject,
    from,
    message,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }));
  return { commit, steps, waiting: plan.waiting, problems: plan.problems };
}

/**
 * Assigns numbers to merged submissions and publishes the requested versions, until nothing is left that can
 * be done. What cannot be done is reported as problems and remains pending.
 *
 * @throws ArchiveError `git-failed` where the repository cannot be read or written.
 */
export async function runRegistrar(parts: RegistrarParts): Promise<RegistrarReport> {
  const { repository, availabilityOf, listsOf, accountsOf, reporter } = parts;
  const pause = parts.pause ?? ((time) => new Promise((resolve) => setTimeout(resolve, time)));
  let askBytes: CheckAvailability | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const commit = await repository.fetch();
    const { setting, tree } = await settingAt(repository, commit);
    const lists = listsOf?.(setting.archive);
    askBytes ??= rememberingAvailability(availabilityOf(setting.archive));
    let plan: RegistrarPlan;
    try {
      plan = await planRegistrar(
        { repository, askBytes, lists, accounts: accountsOf?.(setting.archive), reporter },
        commit,
        setting,
        tree,
      );
    } finally {
      tree.close();
    }
    if (parts.dryRun === true) return reportOf(plan, commit);
    plan = await storeLists(lists, plan);
    if (plan.steps.length === 0) return reportOf(plan, commit);
    const { to, tags } = await commitSteps(parts, plan);
    if ((await repository.push({ from: commit, to, tags })) === 'pushed') return reportOf(plan, to);
    await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, 50 * 2 ** tries));
  }
  throw new ArchiveError('git-failed', `The branch moved on ${MOST_TRIES} times in a row.`, {
    hint: 'Run the registrar again. Only one should run at a time.',
  });
}
