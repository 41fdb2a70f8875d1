// dandiset withdraw ID/VERSION --reason TEXT --by LOGIN

import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../adapters/content-files/folder-writer.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { parsePublishedVersion, type PublishedVersionId } from '../core/identifiers/version-id.ts';
import { withdrawVersion } from '../workflows/archive/withdraw.ts';
import { contentFolder, namedAddress } from './support/named-version.ts';
import { printJson, printLines } from './support/output.ts';

const HELP = `
A withdrawn version keeps its page, its records and its digest; the page shows the reason and offers no
data. Nothing is committed: look at the change, and submit it as a pull request.

With --redact the frozen records themselves give way to a notice, for reasons of law or privacy. The
manifest stays, and with it the digest. The bytes in the store and in the history of git are not touched:
removing those is work of its own.

Examples:
  dandiset withdraw 000004/0.250520.0800 --by ada --reason "Wrong units." --dry-run
  dandiset withdraw 000004/0.250520.0800 --by ada --reason "Wrong units." --successor 0.250601.0900
  dandiset withdraw 000004/0.250520.0800 --by ada --reason "Names of persons." --redact`;

interface WithdrawVerb {
  reason: string;
  by: string;
  successor?: string;
  redact?: boolean;
  content?: string;
  dryRun?: boolean;
  json?: boolean;
}

function publishedVersion(text: string): PublishedVersionId {
  const version = parsePublishedVersion(text);
  if (version !== undefined) return version;
  throw new ArchiveError('usage', `"${text}" is no published version.`, {
    hint: 'Write it like 000004/0.250520.0800.',
  });
}

async function runWithdraw(id: string, options: WithdrawVerb): Promise<void> {
  const { reason, by, successor, redact = false, dryRun = false } = options;
  const folder = contentFolder(options.content);
  const tree = folderTree(folder);
  const { number, version } = namedAddress(id, await readArchive(tree));
  if (reason.trim() === '' || by.trim() === '') {
    throw new ArchiveError('usage', 'A withdrawal has a reason, and the login of who decides.');
  }
  const { subject, edits } = await withdrawVersion({
    tree,
    writer: folderWriter(folder),
    number,
    version: publishedVersion(version ?? ''),
    reason,
    by,
    date: new Date().toISOString().slice(0, 10),
    ...(successor === undefined ? {} : { successor: publishedVersion(successor) }),
    redact,
    dryRun,
  });
  if (options.json === true) {
    printJson({ subject, edits, dryRun }, []);
    return;
  }
  const verb = redact ? 'redact' : 'withdraw';
  const done = redact ? 'Redacted' : 'Withdrew';
  printLines([
    visibleText(`${dryRun ? `Would ${verb}` : done} ${subject}:`),
    ...edits.map(({ path, text }) => `  ${text === undefined ? 'removed' : 'written'}  ${path}`),
  ]);
}

/** The verb `withdraw`. */
export function withdrawCommand(): Command {
  return new Command('withdraw')
    .argument('<id>', 'identifier with the version')
    .requiredOption('--reason <text>', 'what readers are told')
    .requiredOption('--by <login>', 'who decides')
    .option('--successor <version>', 'version to use instead')
    .option('--redact', 'replace the frozen records by a notice too')
    .option('--content <dir>', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--dry-run', 'show it, and write nothing')
    .option('--json', 'print the changes as JSON')
    .addHelpText('after', HELP)
    .action(runWithdraw);
}
