// dandiset check [DIR] [--base REF]

import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { sha256OfBytes } from '../adapters/digests/file-digests.ts';
import { commitTree } from '../adapters/git/commit-tree.ts';
import { ArchiveError } from '../core/error.ts';
import { countOf } from '../core/text/format.ts';
import { checkArchive, type CheckReport } from '../workflows/archive/check-archive.ts';
import {
  DEFAULT_BASE,
  runPullRequestCheck,
  type PullRequestOptions,
} from './support/check-pull-request.ts';
import { localLists } from './support/local-lists.ts';
import {
  exitCodeFor,
  printJson,
  printLines,
  printProblems,
  progressReporter,
} from './support/output.ts';

const HELP = `
DIR is the content folder, which holds archive.json: by default the one that ARCHIVE_CONTENT
names, else ./content. With --base, published versions are compared with that commit, and any
change to one is refused. Problems are errors, warnings or hints; only errors lead to exit code 1.
Inside versions imported from elsewhere, which can never be fixed here, problems are warnings.

Examples:
  dandiset check
  dandiset check /tmp/archive/content
  dandiset check --base origin/main
  dandiset check --base origin/main --head pull/12 --report
  dandiset check --json | jq '.problems[] | select(.severity == "error")'`;

interface CheckOptions extends PullRequestOptions {
  base?: string;
}

function summaryLine({ problems, counts }: CheckReport): string {
  const what = [
    countOf(counts.dandisets, 'Dandiset'),
    countOf(counts.versions, 'version'),
    countOf(counts.assets, 'asset'),
  ].join(', ');
  return `Checked ${what}${problems.length === 0 ? ': no problems' : ''}.`;
}

async function runCheck(folder: string, options: CheckOptions): Promise<void> {
  const { base: ref, json } = options;
  if (!existsSync(folder)) {
    throw new ArchiveError('content-not-found', `There is no folder ${folder}.`, {
      hint: 'Name the folder that holds archive.json.',
    });
  }
  if (options.head !== undefined || options.event !== undefined || options.report === true) {
    await runPullRequestCheck(folder, ref ?? DEFAULT_BASE, options);
    return;
  }
  const base = ref === undefined ? undefined : await commitTree(folder, ref);
  try {
    const report = await checkArchive({
      tree: folderTree(folder),
      ...(base === undefined ? {} : { base }),
      listsOf: localLists(folder),
      sha256: sha256OfBytes,
      reporter: progressReporter(),
    });
    if (json === true) printJson({ checked: report.counts }, report.problems);
    else {
      printProblems(report.problems);
      printLines([summaryLine(report)]);
    }
    process.exitCode = exitCodeFor(report.problems);
  } finally {
    base?.close();
  }
}

/** The verb `check`. */
export function checkCommand(): Command {
  return new Command('check')
    .argument('[dir]', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--base <ref>', 'refuse any change to a version that was published at this commit')
    .option('--head <ref>', 'check what this commit changes as a pull request; pull/12 fetches it')
    .option('--report', 'print what a reviewer needs to know, as Markdown')
    .option('--event <file>', 'what the forge says of the pull request: its number and author')
    .option('--json', 'print the problems as JSON')
    .addHelpText('after', HELP)
    .action(async (dir: string | undefined, options: CheckOptions) => {
      const folder = dir ?? (process.env['ARCHIVE_CONTENT'] || 'content');
      await runCheck(folder, options);
    });
}
