// dandiset publish ID --notes TEXT

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../adapters/content-files/folder-writer.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { countOf, formatBytes } from '../core/text/format.ts';
import { askToPublish, type PublishReport } from '../workflows/publishing/publish.ts';
import { localLists } from './support/local-lists.ts';
import { contentFolder, namedAddress } from './support/named-version.ts';
import {
  exitCodeFor,
  printJson,
  printLines,
  printProblems,
  progressReporter,
} from './support/output.ts';
import { localAvailability } from './support/local-stores.ts';

const HELP = `
Shows the version that would be frozen, and asks for it: writes release.json into the draft. Hand the
draft in afterwards (dandiset submit); merging it publishes. Version and date come from the merge.
It is refused where nothing changed since the newest version, where the records have errors, and where
a new file does not answer at the archive's stores with its recorded size.

Examples:
  dandiset publish 000004 --notes "A third mouse was added." --dry-run
  dandiset publish DEMO-DANDI:000004 --notes-file notes.md
  dandiset publish 000004 --notes "First release." --json`;

interface PublishVerb {
  notes?: string;
  notesFile?: string;
  content?: string;
  dryRun?: boolean;
  json?: boolean;
}

const LONGEST_NOTES = 100_000;

function notesOf({ notes, notesFile }: PublishVerb): string {
  if ((notes === undefined) === (notesFile === undefined)) {
    throw new ArchiveError('usage', 'Say what changed, with either --notes or --notes-file.', {
      hint: 'For example: dandiset publish 000004 --notes "A third mouse was added."',
    });
  }
  if (notes !== undefined) return notes;
  try {
    const text = readFileSync(notesFile ?? '', 'utf8').trimEnd();
    if (text.length <= LONGEST_NOTES) return text;
  } catch (cause) {
    throw new ArchiveError('content-not-found', `${notesFile} cannot be read.`, { cause });
  }
  throw new ArchiveError('usage', `${notesFile} is too long for release notes.`);
}

function changeLines({ changes }: PublishReport): string[] {
  if (changes === undefined) return ['It is the first version.'];
  const { metadata, files } = changes;
  const parts = [countOf(metadata.count, 'field')];
  for (const word of ['added', 'removed', 'changed', 'renamed'] as const) {
    const count = files?.[word].length ?? 0;
    if (count > 0) parts.push(`${countOf(count, 'file')} ${word}`);
  }
  return [`Since ${changes.since}: ${parts.join(', ')}.`];
}

function reportLines(report: PublishReport, content: string): string[] {
  const { identifier, preview, path, written, problems } = report;
  if (preview === undefined) return [];
  const files = `${countOf(preview.files, 'file')}, ${formatBytes(preview.bytes)}`;
  const isRefused = exitCodeFor(problems) !== 0;
  const end = isRefused
    ? 'Publication is not asked for: fix the errors first.'
    : written
      ? `Wrote ${path}. Submit it: dandiset submit ${join(content, dirname(path))}`
      : `Would write ${path}.`;
  return [
    `${identifier} would be published with ${files}.`,
    ...changeLines(report),
    `Citation: ${preview.citation}`,
    `Digest of the preview (version 0.000000.0000): ${preview.digest}`,
    ...(preview.doi === undefined ? [] : [`DOI: ${preview.doi.doi}`]),
    end,
  ].map(visibleText);
}

async function runPublish(id: string, options: PublishVerb): Promise<void> {
  const notes = notesOf(options);
  const folder = contentFolder(options.content);
  const tree = folderTree(folder);
  const { number } = namedAddress(id, await readArchive(tree));
  const report = await askToPublish({
    tree,
    writer: folderWriter(folder),
    number,
    notes,
    availabilityOf: localAvailability(folder),
    listsOf: localLists(folder),
    today: new Date(),
    reporter: progressReporter(),
    dryRun: options.dryRun === true,
  });
  const { problems, ...facts } = report;
  if (options.json === true) {
    const changes = facts.changes === undefined ? {} : { since: facts.changes.since };
    const { identifier, path, preview, written } = facts;
    printJson({ identifier, path, written, preview, ...changes }, problems);
  } else {
    printProblems(problems);
    printLines(reportLines(report, folder));
  }
  process.exitCode = exitCodeFor(problems);
}

/** The verb `publish`. */
export function publishCommand(): Command {
  return new Command('publish')
    .argument('<id>', 'identifier of the Dandiset')
    .option('--notes <text>', 'release notes: what changed since the last version')
    .option('--notes-file <file>', 'release notes from a file')
    .option('--content <dir>', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--dry-run', 'show it, and write nothing')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', HELP)
    .action(runPublish);
}
