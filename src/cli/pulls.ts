// dandiset pulls [FOLDER]

import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { gitHubForge } from '../adapters/forge/github-forge.ts';
import { parseRepository, tokenFor } from '../adapters/forge/repository-address.ts';
import { resolveCommit } from '../adapters/git/commit-tree.ts';
import { fetchPull } from '../adapters/git/fetch-pull.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { WAITING_HOURS } from '../core/submission/report-text.ts';
import { countOf } from '../core/text/format.ts';
import { shownLine } from '../core/text/shown-text.ts';
import { pullLines, type PullLine } from '../workflows/submission/open-pulls.ts';
import { DEFAULT_BASE } from './support/check-pull-request.ts';
import { judgeApart } from './support/judge-apart.ts';
import { printJson, printLines } from './support/output.ts';

const TIME_LIMIT = 60_000;

const HELP = `
One line for each open pull request: its kind and what it is about, how many errors the check finds,
what happens next, and other open pull requests about the same draft or the same name. FOLDER is the
content folder of a clone whose remote "origin" is the archive's repository; run git fetch first. Each
pull request is fetched and checked by itself, for a minute at most; of one that cannot be checked, the
line says why. Nothing is merged, and nothing is written at the forge.

A token is read from DANDISET_TOKEN, for GitHub also from GH_TOKEN or GITHUB_TOKEN. A public repository
can be asked without one.

Examples:
  dandiset pulls
  dandiset pulls --json
  dandiset pulls ../archive/content --base origin/main`;

function lineOf({ number, kind, about, errors, next, conflicts, title }: PullLine): string {
  const parts = [
    `#${number}`,
    kind === undefined ? 'unknown' : about === undefined ? kind : `${kind} (${about})`,
    errors === undefined ? 'not checked' : countOf(errors, 'error'),
    `next: ${next}`,
    ...(conflicts.length === 0
      ? []
      : [`conflicts with ${conflicts.map((other) => `#${other}`).join(', ')}`]),
    shownLine(title, 80),
  ];
  return visibleText(shownLine(parts.join('  '), 1000));
}

async function runPulls(
  folder: string,
  { base, json }: { base: string; json?: boolean },
): Promise<void> {
  const archive = await readArchive(folderTree(folder));
  const address = parseRepository(archive.repository);
  const token = tokenFor(address, process.env);
  const commit = await resolveCommit(folder, base);
  const pulls = await pullLines({
    forge: gitHubForge({ address, ...(token === undefined ? {} : { token }) }),
    async judge({ number }) {
      const head = await fetchPull(folder, number);
      return judgeApart(folder, commit, head, TIME_LIMIT);
    },
    now: new Date(),
    hours: WAITING_HOURS,
  });
  if (json === true) printJson({ pulls }, []);
  else printLines(pulls.length === 0 ? ['No pull request is open.'] : pulls.map(lineOf));
}

/** The verb `pulls`. */
export function pullsCommand(): Command {
  return new Command('pulls')
    .argument('[folder]', 'content folder of a clone', process.env['ARCHIVE_CONTENT'] || 'content')
    .option('--base <ref>', 'the state they would be merged into', DEFAULT_BASE)
    .option('--json', 'print the list as JSON')
    .addHelpText('after', HELP)
    .action(runPulls);
}
