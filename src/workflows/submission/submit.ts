// Submitting: a folder of records or a bundle becomes a pull request. The plan holds everything that
// would be sent; a dry run prints it, and a bundle is made of the same plan.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { Forge, ForgeBranch } from '../../adapters/forge/forge.ts';
import type { BaseTrees } from '../../adapters/git/base-trees.ts';
import type { CommitProposal, WrittenCommit } from '../../adapters/git/proposed-commit.ts';
import type { CommitAuthor } from '../../adapters/git/records-repository.ts';
import { collectFromFolder } from '../../core/checks/check-folder.ts';
import { LIST_ABSENT } from '../../core/checks/assets/list-holding.ts';
import { ProblemCollector } from '../../core/checks/collect-problems.ts';
import type { ArchiveSetting } from '../../core/checks/subjects.ts';
import { RELEASE_LIST_MISSING } from '../../core/checks/version-folder.ts';
import { ArchiveError } from '../../core/error.ts';
import { parseDandisetIdentifier, UNNUMBERED } from '../../core/identifiers/dandiset-id.ts';
import { parseJson, textMember } from '../../core/json/json-text.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  RELEASE_FILE,
} from '../../core/records/layout.ts';
import { CONTENT_FOLDER, NOBODY } from '../../core/submission/bundle.ts';
import { forgeComparisonAddress } from '../../core/submission/forge-addresses.ts';
import { submittedFiles, type SubmittedFile } from '../../core/submission/submitted-files.ts';
import { submissionTitle } from '../../core/submission/submission-title.ts';
import {
  folderOfTarget,
  slugFor,
  type SubmissionTarget,
} from '../../core/submission/submission-target.ts';
import type { Bundle } from '../../core/submission/read-bundle.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';

/** What would be submitted. */
export interface SubmissionPlan {
  target: SubmissionTarget;
  files: SubmittedFile[];
  removed: string[];
  /** The commit it was made against; by default the newest one. */
  base?: string;
  branch: string;
  title: string;
  body: string;
  /** When it was made, as ISO date-time in UTC: the time of its commit. */
  date: string;
  /** A problem of severity error prevents submitting. */
  problems: Problem[];
}

/** The user's message about it. */
export interface SubmissionWords {
  /** Name of the submission's folder. */
  slug?: string;
  title?: string;
  description?: string;
}

/** What a commit is written with. */
export interface SubmissionTools {
  /** The clone that the archive's records are read from, if any. */
  clone: BaseTrees | undefined;
  write: (trees: BaseTrees, order: CommitProposal) => Promise<WrittenCommit | undefined>;
}

/** The outcome. */
export interface SubmissionResult {
  branch: ForgeBranch;
  /** The id of the proposed commit. */
  commit: string;
  pull?: { number: number; url: string; isNew: boolean };
  /** Where the user opens the pull request, if the token may not. */
  comparePage?: string;
}

function targetOf(record: string, folderName: string, slug: string | undefined): SubmissionTarget {
  const parsed = parseJson(record);
  const identifier = parsed.ok ? textMember(parsed.value, 'identifier') : undefined;
  const id = parseDandisetIdentifier(identifier ?? '');
  if (id === undefined) {
    throw new ArchiveError('content-unreadable', `${DANDISET_FILE} has no identifier.`, {
      hint: 'Write "identifier" as PREFIX:000000 for a new Dandiset, or as the identifier it has.',
    });
  }
  if (id.number !== UNNUMBERED) return { kind: 'draft', number: id.number };
  return { kind: 'submission', slug: slug ?? slugFor(folderName) };
}

/**
 * Reads the records of a submission from a folder, in canonical form.
 *
 * @throws ArchiveError `content-not-found` without a dandiset.json, `content-unreadable` for one that does
 * not say what it is for.
 */
export async function readSubmissionFrom(
  tree: ContentTree,
  folderName: string,
  slug?: string,
): Promise<Pick<Bundle, 'target' | 'files' | 'removed'>> {
  const read = async (file: string): Promise<string | undefined> => {
    const bytes = await tree.read(file);
    if (bytes === undefined) return undefined;
    const text = decodeUtf8(bytes);
    if (text !== undefined) return text.replace(/^\ufeff/, '');
    throw new ArchiveError('content-unreadable', `${file} is not UTF-8 text.`);
  };
  const dandiset = await read(DANDISET_FILE);
  if (dandiset === undefined) {
    throw new ArchiveError('content-not-found', `There is no ${DANDISET_FILE} in ${tree.name}.`, {
      hint: 'Name the folder that holds the records of the Dandiset.',
    });
  }
  const [assets, assetsReference, release] = [
    await read(ASSETS_FILE),
    await read(ASSETS_REFERENCE_FILE),
    await read(RELEASE_FILE),
  ];
  const target = targetOf(dandiset, folderName, slug);
  const files = submittedFiles({
    target,
    dandiset,
    ...(assets === undefined ? {} : { assets }),
    ...(assetsReference === undefined ? {} : { assetsReference }),
    ...(release === undefined ? {} : { release }),
  });
  return { target, files, removed: [] };
}

/** Rules that a folder without a list breaks. */
const ABOUT_NO_LIST = new Set([LIST_ABSENT.id, RELEASE_LIST_MISSING.id]);

function problemsOf(
  setting: ArchiveSetting,
  target: SubmissionTarget,
  files: readonly SubmittedFile[],
  archiveHasList: boolean,
): Problem[] {
  const folder = folderOfTarget(target);
  const collector = new ProblemCollector();
  collectFromFolder(collector, {
    ...setting,
    folder,
    place:
      target.kind === 'submission' ? 'submission' : { number: target.number, version: 'draft' },
    files: new Map(
      files.map(({ path, text }) => [
        path.slice(folder.length + 1),
        new TextEncoder().encode(text),
      ]),
    ),
  });
  const problems = collector.problems();
  return sortProblems(
    archiveHasList ? problems.filter(({ rule }) => !ABOUT_NO_LIST.has(rule)) : problems,
  );
}

/**
 * Plans the pull request of a submission, checked by the archive's rules. `archiveHasList`: the draft that is
 * changed has a list of files, which stays as it is where the submission has none.
 */
export function planSubmission(
  setting: ArchiveSetting,
  submission: Pick<Bundle, 'target' | 'files' | 'removed' | 'base'> & Partial<Bundle>,
  words: SubmissionWords = {},
  archiveHasList = false,
): SubmissionPlan {
  const { target, files, removed, base } = submission;
  const title =
    words.title ??
    (submission.title || submissionTitle(setting.archive.identifierPrefix, target, files));
  return {
    target,
    files,
    removed,
    ...(base === undefined ? {} : { base }),
    branch: target.kind === 'submission' ? `submit/${target.slug}` : `draft/${target.number}`,
    title: shownLine(title, 200),
    body: words.description ?? submission.description ?? '',
    date: submission.date ?? new Date().toISOString(),
    problems: problemsOf(setting, target, files, archiveHasList),
  };
}

/** The commit of a plan on top of another, with every path it names. */
function commitOrder(plan: SubmissionPlan, base: string, author: CommitAuthor): CommitProposal {
  const { files, removed, title, body, date } = plan;
  return {
    base,
    author,
    time: new Date(date),
    message: body === '' ? title : `${title}\n\n${body}`,
    files: [
      ...files.map(({ path, text }) => ({ path: CONTENT_FOLDER + path, text })),
      ...removed.map((path) => ({ path: CONTENT_FOLDER + path, text: null })),
    ],
  };
}

/**
 * Writes the commit of a plan from the clone's objects; undefined where the plan has no base, or the clone
 * does not have it.
 *
 * @throws ArchiveError `git-failed` where the clone cannot be read.
 */
export async function commitOfPlan(
  plan: SubmissionPlan,
  author: CommitAuthor,
  { clone, write }: SubmissionTools,
): Promise<WrittenCommit | undefined> {
  if (plan.base === undefined || clone === undefined) return undefined;
  return write(clone, commitOrder(plan, plan.base, author));
}

/**
 * Returns a commit if it changes anything.
 *
 * @throws ArchiveError `usage` where its base has all of it already.
 */
export function requireChange<Commit extends WrittenCommit | undefined>(commit: Commit): Commit {
  if (commit?.changed.size !== 0) return commit;
  throw new ArchiveError('usage', 'There is nothing to submit: the archive has these files.');
}

/** The author of a commit that a forge's account proposes; a program's account gives an anonymous one. */
export async function authorAt(forge: Forge): Promise<CommitAuthor> {
  const account = await forge.ownAccount();
  return account === undefined ? NOBODY : { name: account.login, email: account.email };
}

/** Writes the commit of a plan from the clone, or otherwise from what the forge reports about its base. */
async function writtenCommit(
  plan: SubmissionPlan,
  forge: Forge,
  tools: SubmissionTools,
): Promise<WrittenCommit> {
  const author = await authorAt(forge);
  const own = await commitOfPlan(plan, author, tools);
  if (own !== undefined) return own;
  const base = plan.base ?? (await forge.mainBranch()).commit;
  const made = await tools.write(forge, commitOrder(plan, base, author));
  if (made !== undefined) return made;
  throw new ArchiveError('forge-failed', `The archive has no commit ${base}.`, {
    hint: 'Open the form again, or take the newest state of the archive, and repeat the change.',
  });
}

/**
 * Submits a plan: a commit on a branch of the user, and the pull request for it.
 *
 * @throws ArchiveError `usage` where the archive has all of it already, `forge-failed` where the forge
 * refuses, or creates a different commit from the one written here.
 */
export async function submit(
  plan: SubmissionPlan,
  forge: Forge,
  tools: SubmissionTools,
): Promise<SubmissionResult> {
  const commit = requireChange(await writtenCommit(plan, forge, tools));
  const { id, base, message, changed } = commit;
  const all = commitOrder(plan, base, commit.author).files;
  const files = all.filter(({ path }) => changed.has(path));
  const branch = await forge.propose({ branch: plan.branch, base, message, files, commit });
  const { title, body } = plan;
  const pull = await forge.openPull(branch, { title, body });
  if (pull !== undefined) return { branch, commit: id, pull };
  const main = await forge.mainBranch();
  const place = { repository: forge.name, branch: main.name };
  const comparePage = forgeComparisonAddress(place, branch, { title, body });
  return { branch, commit: id, comparePage };
}
