// dandiset registrar [--repository ADDRESS] [--branch main]

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { originOf } from '../adapters/git/origin-of.ts';
import { authorFromEnvironment } from './support/commit-author.ts';
import { systemRepository } from '../adapters/git/system-repository.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { WAITING_HOURS } from '../core/submission/report-text.ts';
import { countOf } from '../core/text/format.ts';
import type { MergeDecision } from '../workflows/submission/merge-owned.ts';
import { runRegistrar, type RegistrarReport } from '../workflows/publishing/registrar.ts';
import { localLists } from './support/local-lists.ts';
import { mergeOwnedPulls, type OwnersMerged } from './support/merge-owned.ts';
import { doiLines, registerDoisOf, unregisteredDoisOf } from './support/register-dois.ts';
import { DONE, tellRunner, stillPending } from './support/registrar-outcome.ts';
import { contentFolder } from './support/named-version.ts';
import { printJson, printLines, printProblems, progressReporter } from './support/output.ts';
import { localAvailability } from './support/local-stores.ts';
import { accountsAtForge } from './support/github-accounts.ts';

const HELP = `
Looks at the newest commit of the branch, not at the files in your folder. Submissions that were
merged get the next free number; drafts with a release.json are frozen as a version, named by the time
of the merge. Everything is committed and pushed at once, with a tag a version. If somebody pushed
meanwhile, it looks again. It can be stopped anywhere and run again: nothing is done twice.

With a token, whoever submitted a new Dandiset becomes its owner, and owners that a curator named by their
login are written with their account, by which they are known from then on.

With --merge, pull requests are merged that change nothing but the draft of a Dandiset whose owners include
the author: free of errors, and after --merge-after hours without activity. Any comment of a person leaves
them to a curator, and so do merge commits, a first version, and files that only other Dandisets list. This
works in a clone, and needs DANDISET_TOKEN (for GitHub, GITHUB_TOKEN will do).

The repository is the remote "origin" of the clone you are in, unless --repository names another.
Files of a version must answer at the archive's stores. A store that is a folder is looked for beside
the content folder, or where --store says. A list of files of more than 20 MB is written to the
store instead of git; where the store cannot be written, that version waits and the rest goes on.

The exit code is 0 where all was done that could be done; what is pending, on a person or on DataCite,
is named (with --json as "waiting"; in a workflow in the summary of the step). With --strict it
is 1 where something waits: --strict --dry-run is a last step that does nothing and fails.

Environment:
  GITHUB_TOKEN                              token to push with, over https
  GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL   who commits (default: Registrar)
  DATACITE_USER, DATACITE_PASSWORD          account that registers DOIs; without one none is registered
  DATACITE_API                              another address of DataCite's API, such as its test system
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY  key of the bucket that archive.json names, for large lists
  AWS_REGION, AWS_ENDPOINT_URL              where it is, if archive.json does not say

Examples:
  dandiset registrar --dry-run
  dandiset registrar --merge --merge-after 48
  dandiset registrar
  dandiset registrar --repository https://github.com/lab/archive --json`;

interface RegistrarOptions {
  repository?: string;
  branch: string;
  content: string;
  store?: string;
  merge?: boolean;
  mergeAfter: string;
  dryRun?: boolean;
  json?: boolean;
  strict?: boolean;
}

const PLANNED = {
  accept: 'Would accept',
  publish: 'Would publish',
  drop: 'Nothing new in',
  resolve: 'Would write the accounts of owners of',
} as const;

function reportLines(report: RegistrarReport, dryRun: boolean): string[] {
  const words = dryRun ? PLANNED : DONE;
  const lines = report.steps.map(({ kind, subject, from, digest }) => {
    const more = digest === undefined ? '' : `  ${digest}`;
    return visibleText(`${words[kind]} ${subject} (${from})${more}`);
  });
  if (report.waiting.length > 0) {
    lines.push(
      `${countOf(report.waiting.length, 'folder')} must wait: ${visibleText(report.waiting.join(', '))}`,
    );
  }
  return lines.length === 0 ? ['Nothing waits.'] : lines;
}

function mergeLines(merges: readonly MergeDecision[], dryRun: boolean): string[] {
  const words = {
    merge: dryRun ? 'Would merge' : 'Merged',
    wait: 'Waiting:',
    leave: 'Not merged:',
  };
  return merges.map(({ number, action, reason }) =>
    visibleText(`${words[action]} #${number} (${reason})`),
  );
}

function hoursOf(text: string): number {
  const hours = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && hours <= 8760) return hours;
  throw new ArchiveError('usage', `--merge-after takes a number of hours, not "${text}".`);
}

/** What two runs, before and after merging, did together. */
function joined(first: RegistrarReport, second: RegistrarReport): RegistrarReport {
  return { ...second, steps: [...first.steps, ...second.steps] };
}

async function runVerb(options: RegistrarOptions): Promise<void> {
  const { repository, branch, content, dryRun = false } = options;
  const hours = hoursOf(options.mergeAfter);
  if (options.merge === true && repository !== undefined) {
    throw new ArchiveError('usage', '--merge works in a clone of the archive.', {
      hint: 'Leave --repository out: the remote "origin" of the clone is used.',
    });
  }
  const token = process.env['GITHUB_TOKEN'];
  // A local clone has most of what is needed.
  const temporary =
    repository === undefined
      ? undefined
      : await mkdtemp(path.join(tmpdir(), 'dandiset-registrar-'));
  const records = systemRepository({
    folder: temporary ?? process.cwd(),
    address: repository ?? (await originOf(process.cwd())),
    branch,
    content,
    ...(token === undefined || token === '' ? {} : { token }),
  });
  const author = authorFromEnvironment();
  const parts = {
    repository: records,
    availabilityOf: localAvailability(content, options.store),
    listsOf: localLists(content, { folder: options.store, env: process.env }),
    accountsOf: accountsAtForge,
    author,
    reporter: progressReporter(),
    dryRun,
  };
  try {
    // First what was merged already: nothing in an open pull request can delay it.
    let report = await runRegistrar(parts);
    const merged: OwnersMerged =
      options.merge === true
        ? await mergeOwnedPulls({ content, repository: records, author, hours, dryRun })
        : { merges: [], problems: [] };
    const { merges } = merged;
    if (!dryRun && merges.some(({ action }) => action === 'merge')) {
      report = joined(report, await runRegistrar(parts));
    }
    const problems = [...report.problems, ...merged.problems];
    const dois = await (dryRun ? unregisteredDoisOf(records) : registerDoisOf(records, author));
    const waiting = stillPending(report, dois);
    if (!dryRun) await tellRunner({ ...report, problems }, dois, process.env);
    if (options.json === true) {
      const { commit, steps } = report;
      printJson({ commit, steps, waiting, merges, dois, dryRun }, problems);
    } else {
      printProblems(problems);
      const done = [...reportLines(report, dryRun), ...doiLines(dois)];
      printLines([...mergeLines(merges, dryRun), ...done]);
    }
    const fails = waiting.length > 0 || merged.problems.length > 0;
    process.exitCode = options.strict === true && fails ? 1 : 0;
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  }
}

/** The verb `registrar`. */
export function registrarCommand(): Command {
  return new Command('registrar')
    .option('--repository <address>', 'repository to work on (default: origin of this clone)')
    .option('--branch <name>', 'branch that holds the records', 'main')
    .option('--content <folder>', 'content folder inside the repository', contentFolder(undefined))
    .option('--store <folder>', 'folder that holds the bytes of a store of kind "folder"')
    .option('--merge', 'merge what owners changed in their drafts')
    .option('--merge-after <hours>', 'hours without activity before', String(WAITING_HOURS))
    .option('--strict', 'exit with 1 where something waits')
    .option('--dry-run', 'print what would be done, and do nothing')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', HELP)
    .action(runVerb);
}
