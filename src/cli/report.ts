// dandiset report FILE --head COMMIT

import { lstatSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { gitHubForge } from '../adapters/forge/github-forge.ts';
import { parseRepository, tokenFor } from '../adapters/forge/repository-address.ts';
import { MAX_REPORT_BYTES } from '../core/submission/pull-request-report.ts';
import { ArchiveError } from '../core/error.ts';
import { postReport } from '../workflows/submission/post-report.ts';
import { printLines } from './support/output.ts';

const HELP = `
FILE holds the facts that check --report --json printed. They are written as one comment into the open
pull request whose newest commit is --head; the comment of the time before is replaced. This is for the
workflow that follows the check: nothing in FILE decides where it goes, and no text in it is markup.

The token is read from DANDISET_TOKEN, for GitHub also from GH_TOKEN or GITHUB_TOKEN.

Examples:
  dandiset check --base origin/main --head pull/12 --report --json > report.json
  dandiset report report.json --head 5c09e1f26a0f24a1bd9f2f3b5d1a2c3d4e5f6a7b`;

function readBounded(file: string): Uint8Array | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size <= MAX_REPORT_BYTES
    ? readFileSync(file)
    : undefined;
}

async function runReport(file: string, { head }: { head: string }): Promise<void> {
  if (!/^[0-9a-f]{40}$/.test(head)) {
    throw new ArchiveError('usage', '--head takes the forty digits of a commit.');
  }
  const archive = await readArchive(folderTree(process.env['ARCHIVE_CONTENT'] || 'content'));
  const address = parseRepository(archive.repository);
  const token = tokenFor(address, process.env);
  if (token === undefined) {
    throw new ArchiveError('usage', `There is no token for ${address.host}.`, {
      hint: 'Set DANDISET_TOKEN to one that may write comments.',
    });
  }
  const forge = gitHubForge({ address, token });
  const numbers = await postReport({ forge, archive, facts: readBounded(file), head });
  const where = numbers.map((number) => `#${number}`).join(', ');
  printLines([
    numbers.length === 0 ? 'No open pull request has this commit.' : `Reported in ${where}.`,
  ]);
}

/** The verb `report`. */
export function reportCommand(): Command {
  return new Command('report')
    .argument('<file>', 'facts that check --report --json printed')
    .requiredOption('--head <commit>', 'the commit that was checked')
    .addHelpText('after', HELP)
    .action(runReport);
}
