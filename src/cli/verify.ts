// dandiset verify FOLDER

import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { openDownloadFolder } from '../adapters/download-folder/download-folder.ts';
import { localEntries } from '../adapters/download-folder/local-entries.ts';
import { visibleJson, visibleText } from '../adapters/terminal/visible-text.ts';
import { STATE_FOLDER } from '../core/download/local-name.ts';
import { ArchiveError } from '../core/error.ts';
import { countOf } from '../core/text/format.ts';
import { verifyFolder } from '../workflows/client/verify-folder.ts';
import { printLines, progressReporter } from './support/output.ts';

const HELP = `
FOLDER is one that a download has filled: it has a folder .dandiset. Every file is read and compared
with the digest it was verified by. Missing and different files are fetched again by running the
download once more, different ones with --existing overwrite. Files that no download has put there
are listed and are no failure.

Examples:
  dandiset verify 000027
  dandiset verify 000027 --quick
  dandiset verify 000027 --json`;

interface Options {
  quick?: boolean;
  json?: boolean;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = (await localEntries(folder, true, true)) ?? [];
  return entries.map((entry) => path.relative(folder, entry.path).split(path.sep).join('/'));
}

async function run(given: string, options: Options): Promise<void> {
  if (!existsSync(path.join(given, STATE_FOLDER, 'journal.jsonl'))) {
    throw new ArchiveError('usage', `No download has filled ${given}.`, {
      hint: 'Name the folder that holds .dandiset.',
    });
  }
  const folder = await openDownloadFolder(given, { dryRun: true });
  const reporter = progressReporter();
  reporter.start('Verifying', folder.journal.size);
  const result = await verifyFolder(folder, await filesIn(given), options.quick === true, (name) =>
    reporter.step(name),
  );
  reporter.finish();
  const { right, missing, different, others } = result;
  const isRight = missing.length === 0 && different.length === 0;
  if (options.json === true) {
    printLines([visibleJson(JSON.stringify({ outcome: isRight ? 'right' : 'wrong', ...result }))]);
  } else {
    const lines = [
      ...missing.map((name) => `missing    ${name}`),
      ...different.map((file) => `different  ${file.path}: ${file.why}`),
      ...others.map((name) => `other      ${name}`),
      `${countOf(right.length, 'file')} right, ${missing.length} missing, ${different.length} different; ` +
        `${countOf(others.length, 'other file')}.`,
    ];
    printLines(lines.map(visibleText));
  }
  process.exitCode = isRight ? 0 : 1;
}

/** The verb `verify`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('compare a downloaded folder with the digests it was verified by')
    .argument('<folder>', 'folder of a download')
    .option('--quick', 'by size and time, without reading files')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action(run);
}
