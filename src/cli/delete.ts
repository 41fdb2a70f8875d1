// dandiset delete ID --reason TEXT --by LOGIN

import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../adapters/content-files/folder-writer.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { deleteDraft } from '../workflows/archive/delete-draft.ts';
import { contentFolder, namedAddress } from './support/named-version.ts';
import { printJson, printLines } from './support/output.ts';

const HELP = `
Only a draft of which nothing was published can be deleted; a published version is withdrawn. The pages
of the Dandiset go, and its number is never given again: status.json stays in its folder and says who
decided, when and why. Nothing is committed: look at the change, and submit it as a pull request, as an
owner of the Dandiset or as a curator. The bytes in the store and the history of git are not touched.

Examples:
  dandiset delete 000123 --by ada --reason "Submitted twice." --dry-run
  dandiset delete 000123 --by ada --reason "Submitted twice."`;

interface DeleteVerb {
  reason: string;
  by: string;
  content?: string;
  dryRun?: boolean;
  json?: boolean;
}

async function runDelete(id: string, options: DeleteVerb): Promise<void> {
  const { reason, by, dryRun = false } = options;
  const folder = contentFolder(options.content);
  const tree = folderTree(folder);
  const { number, version } = namedAddress(id, await readArchive(tree));
  if (reason.trim() === '' || by.trim() === '') {
    throw new ArchiveError('usage', 'A deletion has a reason, and the login of who decides.');
  }
  if (version !== undefined && version !== 'draft') {
    throw new ArchiveError('usage', `Version ${version} stays: only drafts are deleted.`, {
      hint: 'A version that must not be used is withdrawn: dandiset withdraw --help.',
    });
  }
  const date = new Date().toISOString().slice(0, 10);
  const { subject, edits } = await deleteDraft({
    tree,
    writer: folderWriter(folder),
    number,
    deletion: { reason, date, by },
    dryRun,
  });
  if (options.json === true) {
    printJson({ subject, edits, dryRun }, []);
    return;
  }
  printLines([
    visibleText(`${dryRun ? 'Would delete' : 'Deleted'} the draft of ${subject}:`),
    ...edits.map(({ path, text }) => `  ${text === undefined ? 'removed' : 'written'}  ${path}`),
    'Its number is not given again.',
  ]);
}

/** The verb `delete`. */
export function deleteCommand(): Command {
  return new Command('delete')
    .argument('<id>', 'identifier of the Dandiset')
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .requiredOption('--by <login>', 'who decides')
    .option('--content <dir>', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--dry-run', 'show it, and write nothing')
    .option('--json', 'print the changes as JSON')
    .addHelpText('after', HELP)
    .action(runDelete);
}
