// dandiset migrate [ID…]

import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../adapters/content-files/folder-writer.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { CURRENT_RELEASE } from '../core/schema/validate.ts';
import { countOf } from '../core/text/format.ts';
import { migrateDrafts, type MigrateReport } from '../workflows/archive/migrate.ts';
import { contentFolder, namedAddress } from './support/named-version.ts';
import {
  exitCodeFor,
  printJson,
  printLines,
  printProblems,
  progressReporter,
} from './support/output.ts';

const HELP = `
Drafts are brought to release ${CURRENT_RELEASE} of DANDI's schema, record and files each; published versions stay as
they are. What the archive computes is left out of a migrated draft. A draft that would have errors
afterwards is left as it is, and they are listed: only a person can fix those. Migrating twice is
migrating once.

Examples:
  dandiset migrate --dry-run
  dandiset migrate 000004 000007
  dandiset migrate --json | jq '.drafts[] | select(.result == "left")'`;

interface MigrateVerb {
  content?: string;
  dryRun?: boolean;
  json?: boolean;
}

function summary({ drafts }: MigrateReport, dryRun: boolean): string {
  const count = (result: string): number => drafts.filter((one) => one.result === result).length;
  const verb = dryRun ? 'Would migrate' : 'Migrated';
  return `${verb} ${countOf(count('migrated'), 'draft')}; ${count('current')} current, ${count('left')} left as they are.`;
}

async function runMigrate(ids: string[], options: MigrateVerb): Promise<void> {
  const folder = contentFolder(options.content);
  const tree = folderTree(folder);
  const archive = await readArchive(tree);
  const numbers = ids.map((id) => namedAddress(id, archive).number);
  const dryRun = options.dryRun === true;
  const report = await migrateDrafts({
    tree,
    writer: folderWriter(folder),
    ...(numbers.length === 0 ? {} : { numbers }),
    reporter: progressReporter(),
    dryRun,
  });
  if (options.json === true) printJson({ drafts: report.drafts, dryRun }, report.problems);
  else {
    printProblems(report.problems);
    printLines([summary(report, dryRun)]);
  }
  process.exitCode = exitCodeFor(report.problems);
}

/** The verb `migrate`. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .argument('[id...]', 'identifiers of Dandisets (default: all)')
    .option('--content <dir>', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--dry-run', 'show what would change, and write nothing')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', HELP)
    .action(runMigrate);
}
