// dandiset submit DIR|BUNDLE

import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE } from '../core/records/layout.ts';
import type { Forge } from '../adapters/forge/forge.ts';
import { gitHubForge } from '../adapters/forge/github-forge.ts';
import { parseRepository, tokenFor } from '../adapters/forge/repository-address.ts';
import { contributorClone, type DraftBase } from '../adapters/git/contributor-clone.ts';
import { writeProposedCommit, type WrittenCommit } from '../adapters/git/proposed-commit.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { makeBundle, NOBODY } from '../core/submission/bundle.ts';
import { folderOfTarget } from '../core/submission/submission-target.ts';
import { MAX_BUNDLE_BYTES, readBundle, type Bundle } from '../core/submission/read-bundle.ts';
import { countOf } from '../core/text/format.ts';
import {
  authorAt,
  commitOfPlan,
  submit,
  planSubmission,
  readSubmissionFrom,
  requireChange,
  type SubmissionPlan,
  type SubmissionTools,
} from '../workflows/submission/submit.ts';
import { readSetting } from '../workflows/publishing/read-release.ts';
import { DEFAULT_BASE } from './support/check-pull-request.ts';
import { exitCodeFor, printJson, printLines, printProblems } from './support/output.ts';

const HELP = `
DIR holds dandiset.json, assets.jsonl and, where publication is asked for, release.json. An identifier
with six zeros makes a new Dandiset; any other changes the draft of the one it names. BUNDLE is the
file that the form or --bundle makes. The records are checked first, then committed to your fork, and
a pull request is opened. What is submitted is public at once, e-mail addresses included.

The token is read from DANDISET_TOKEN, for GitHub also from GH_TOKEN or GITHUB_TOKEN. It needs the
right to write contents and pull requests. A fine-grained token may not open a pull request in the
repository of somebody else: then the address of the page that does is printed. Without any token,
--bundle makes a file that a curator takes with git am or with this command. No git program is needed:
the base of a change is found in the clone that the content folder is in, and only what differs from
it is sent. --dry-run prints the id of the commit that would be made.

Examples:
  dandiset submit my-dandiset --dry-run
  dandiset submit content/submissions/ca1-place-cells
  dandiset submit my-dandiset --bundle my-dandiset.zip
  dandiset submit my-dandiset.zip`;

const PUBLIC = 'What is submitted is public at once, e-mail addresses included.';

interface SubmitOptions {
  slug?: string;
  title?: string;
  message?: string;
  bundle?: string;
  dryRun?: boolean;
  json?: boolean;
}

type Source = Pick<Bundle, 'target' | 'files' | 'removed' | 'base'> & Partial<Bundle>;

async function readSource(source: string, slug: string | undefined): Promise<Source> {
  const found = lstatSync(source, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new ArchiveError('content-not-found', `There is no ${source}.`, {
      hint: 'Name a folder with dandiset.json, or a bundle.',
    });
  }
  if (!found.isDirectory()) {
    if (found.size > MAX_BUNDLE_BYTES) {
      throw new ArchiveError('content-unreadable', `${source} is too large for a bundle.`);
    }
    return readBundle(readFileSync(source));
  }
  const read = await readSubmissionFrom(
    folderTree(source),
    path.basename(path.resolve(source)),
    slug,
  );
  return { ...read, date: lastChange(source, read.files) };
}

/** When a folder's records were last changed, as ISO date-time: the time of the commit they become. */
function lastChange(folder: string, files: readonly { path: string }[]): string {
  const times = files.map(({ path: file }) => {
    const place = path.join(folder, path.basename(file));
    return lstatSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  });
  return new Date(Math.max(0, ...times)).toISOString();
}

function planLines(plan: SubmissionPlan, repository: string, commit?: WrittenCommit): string[] {
  const isSent = (file: string): boolean => commit?.changed.has(`content/${file}`) !== false;
  return [
    `Would submit to ${repository}, branch ${plan.branch}:`,
    ...plan.files
      .filter(({ path: file }) => isSent(file))
      .map(
        ({ path: file, text }) => `  content/${file}  ${countOf(Buffer.byteLength(text), 'byte')}`,
      ),
    ...plan.removed.filter(isSent).map((file) => `  content/${file}  removed`),
    visibleText(`  "${plan.title}"`),
    ...(commit === undefined
      ? []
      : [`  commit ${commit.id} by ${commit.author.name}, on ${commit.base}`]),
  ];
}

function facts(plan: SubmissionPlan): Record<string, unknown> {
  const { target, branch, title, files, removed } = plan;
  return {
    target,
    branch,
    title,
    files: files.map(({ path: file, text }) => ({ path: file, size: Buffer.byteLength(text) })),
    removed,
  };
}

/** Prints the problems and the lines, or all of it as JSON. */
type Print = (lines: readonly string[], more?: Record<string, unknown>) => void;

/** What is submitted, from where, to which repository. */
interface Submission {
  plan: SubmissionPlan;
  /** What was edited, as the clone has it. */
  base: DraftBase | undefined;
  tools: SubmissionTools;
  repository: string;
  print: Print;
}

/** Whether the draft that is changed has a list of files in the clone, which the submission does not remove. */
function keepsList(content: string, { target, removed }: Source): boolean {
  const folder = folderOfTarget(target);
  return [ASSETS_FILE, ASSETS_REFERENCE_FILE].some((name) => {
    const file = `${folder}/${name}`;
    return existsSync(path.join(content, ...file.split('/'))) && !removed.includes(file);
  });
}

async function gather(
  source: string,
  { slug, title, message, json }: SubmitOptions,
): Promise<Submission> {
  const content = process.env['ARCHIVE_CONTENT'] || 'content';
  const setting = await readSetting(folderTree(content));
  const words = {
    ...(title === undefined ? {} : { title }),
    ...(message === undefined ? {} : { description: message }),
  };
  const given = await readSource(source, slug);
  const hasList = keepsList(content, given);
  const planned = planSubmission(setting, given, words, hasList);
  const clone = await contributorClone(content);
  const place = { commit: planned.base, branch: DEFAULT_BASE };
  const base = await clone?.draftBase(folderOfTarget(planned.target), place);
  const plan = base === undefined ? planned : { ...planned, base: base.commit };
  const print: Print = (lines, more = {}) => {
    if (json === true) printJson({ ...facts(plan), ...more }, plan.problems);
    else {
      printProblems(plan.problems);
      printLines(lines);
    }
  };
  const tools = { clone, write: writeProposedCommit };
  return { plan, base, tools, repository: setting.archive.repository, print };
}

/** The forge of a repository; undefined without a token for it. */
function forgeOf(repository: string): Forge | undefined {
  const address = parseRepository(repository);
  const token = tokenFor(address, process.env);
  return token === undefined ? undefined : gitHubForge({ address, token });
}

async function dryRun({ plan, tools, repository, print }: Submission): Promise<void> {
  const forge = forgeOf(repository);
  // Without a token nothing can be submitted from here.
  const author = forge === undefined ? NOBODY : await authorAt(forge);
  const commit = await commitOfPlan(plan, author, tools);
  const { id, tree, base } = requireChange(commit) ?? {};
  const made = id === undefined ? {} : { commit: { id, tree, base, author } };
  print([...planLines(plan, repository, commit), PUBLIC], made);
}

function writeBundle({ plan, base, repository, print }: Submission, bundle: string): void {
  if (existsSync(bundle)) {
    throw new ArchiveError('content-unwritable', `${bundle} is there already.`, {
      hint: 'Name another file, or move that one away.',
    });
  }
  const { target, files, removed, title, body, date } = plan;
  const known = base === undefined || target.kind === 'submission' ? {} : { base };
  const about = { target, files, removed, repository, title, description: body, date };
  writeFileSync(bundle, makeBundle({ ...about, ...known }));
  print([`Wrote ${bundle}. Submit it with: dandiset submit ${bundle}`, PUBLIC], { bundle });
}

async function send(
  { plan, tools, repository, print }: Submission,
  isBundle: boolean,
): Promise<void> {
  const forge = forgeOf(repository);
  if (forge === undefined) {
    throw new ArchiveError('usage', `There is no token for ${parseRepository(repository).host}.`, {
      hint: isBundle
        ? 'Set DANDISET_TOKEN, or take the patch in the bundle: unzip -p BUNDLE submission.patch | git am'
        : 'Set DANDISET_TOKEN, or make a file with --bundle and submit it without one.',
    });
  }
  const result = await submit(plan, forge, tools);
  const { pull, comparePage, branch } = result;
  const where =
    pull === undefined
      ? [
          `Your branch ${branch.owner}:${branch.branch} is there. Open the pull request at:`,
          `  ${comparePage}`,
        ]
      : [`${pull.isNew ? 'Opened' : 'Brought up to date'}: ${pull.url}`];
  print([...where, PUBLIC], { ...result });
}

async function runSubmit(source: string, options: SubmitOptions): Promise<void> {
  const submission = await gather(source, options);
  const { plan, print } = submission;
  process.exitCode = exitCodeFor(plan.problems);
  if (process.exitCode !== 0) print(['', 'Nothing was submitted: fix the errors first.']);
  else if (options.dryRun === true) await dryRun(submission);
  else if (options.bundle !== undefined) writeBundle(submission, options.bundle);
  else await send(submission, lstatSync(source).isFile());
}

/** The verb `submit`. */
export function submitCommand(): Command {
  return new Command('submit')
    .argument('<dir|bundle>', 'folder with the records, or a bundle')
    .option('--slug <name>', 'name of the submission (default: the name of the folder)')
    .option('--title <text>', 'title of the pull request')
    .option('--message <text>', 'what the reviewers should know')
    .option('--bundle <file>', 'write a bundle instead; no network, no token')
    .option('--dry-run', 'show what would be submitted')
    .option('--json', 'print what was done, and the problems, as JSON')
    .addHelpText('after', HELP)
    .action(runSubmit);
}
