// dandiset import SOURCE --into DIR

import { Command, InvalidArgumentError } from 'commander';
import type { ContentTree } from '../adapters/content-files/content-tree.ts';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../adapters/content-files/folder-writer.ts';
import { partOfTree } from '../adapters/content-files/part-of-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { folderStore, storeFolderOf } from '../adapters/object-store/folder-store.ts';
import { listStore, type ListStore } from '../adapters/object-store/list-store.ts';
import { openSource } from '../adapters/record-source/open-source.ts';
import { isArchiveError } from '../core/error.ts';
import {
  parseDandisetIdentifier,
  parseDandisetNumber,
  type DandisetNumber,
} from '../core/identifiers/dandiset-id.ts';
import type { Problem } from '../core/problem.ts';
import type { Archive } from '../core/records/archive.ts';
import { contentPlace } from '../core/records/layout.ts';
import { importArchive, type ImportReport } from '../workflows/archive/import-archive.ts';
import { checkArchive } from '../workflows/archive/check-archive.ts';
import { planLines, summaryLines, totalsOf } from './support/import-report.ts';
import {
  exitCodeFor,
  printJson,
  printLines,
  printProblems,
  progressReporter,
} from './support/output.ts';

const HELP = `
SOURCE is an address:
  an archive like this one   https://archive.example.org/api
  DANDI's own API            https://api.dandiarchive.org/api
  bucket manifests           https://bucket.example.org/dandisets/, or of one Dandiset or version:
                             https://bucket.example.org/dandisets/000027/0.210831.2033/
or a folder of one of these shapes, told apart by what is in it:
  mirror records    000003/draft/dandiset.json, assets.jsonl.gz or assets.jsonl beside it
  DataLad mirror    dandiset.yaml and .dandi/assets.json, or a folder of such folders
  bucket manifests  000003/draft/dandiset.jsonld or .yaml, assets.jsonld or .yaml beside it
The folders of the Dandisets may lie below "dandisets/".

Published versions are frozen and never overwritten; drafts follow the source. A version with a
broken file is left out whole and named with file and line; the rest is imported. What was imported
is then checked as \`dandiset check\` does: a record with problems stays, and its problems are listed. The exit
code is 0 where everything was imported; with --strict it is 1 where the check found errors too.

A busy server is asked again, after the wait it asks for. An answer that is broken, cut off or leads to
another host is named with its address; the rest is imported, and the exit code is 1. Run it again to
get what was missing: what is here already stays as it is.

Examples:
  dandiset import ../mirror --into /tmp/archive/content
  dandiset import ../mirror --into /tmp/archive/content --dry-run
  dandiset import ~/dandisets/000027 --into content --json
  dandiset import http://localhost:8000/api --into /tmp/copy/content
  dandiset import https://api.dandiarchive.org/api --dandiset 000027 --into /tmp/copy/content`;

/** The settings of a content folder; undefined where it has none yet. */
async function settingsIn(tree: ContentTree): Promise<Archive | undefined> {
  try {
    return await readArchive(tree);
  } catch (error) {
    if (isArchiveError(error, 'content-not-found')) return undefined;
    throw error;
  }
}

/** The problems of the Dandisets that were imported, without those of any others in the folder. */
async function problemsOfImported(
  tree: ContentTree,
  { versions }: ImportReport,
  listsOf: (archive: Archive) => ListStore | undefined,
): Promise<Problem[]> {
  const numbers = new Set(
    versions.filter(({ action }) => action !== 'left-out').map(({ number }) => number),
  );
  const isImported = (file: string): boolean => {
    const place = contentPlace(file);
    if (place.kind === 'version' || place.kind === 'status') return numbers.has(place.number);
    return place.kind === 'archive' || place.kind === 'vocabulary';
  };
  if (numbers.size === 0) return [];
  const part = partOfTree(tree, isImported);
  return (await checkArchive({ tree: part, listsOf, reporter: progressReporter() })).problems;
}

interface ImportOptions {
  into: string;
  dandiset?: DandisetNumber[];
  dryRun?: boolean;
  check: boolean;
  strict?: boolean;
  json?: boolean;
}

/** One more number for `--dandiset`, which may be given several times. */
function addDandiset(text: string, before: DandisetNumber[] = []): DandisetNumber[] {
  const number = parseDandisetNumber(text) ?? parseDandisetIdentifier(text)?.number;
  if (number === undefined) throw new InvalidArgumentError('Write it as 000027 or DANDI:000027.');
  return before.includes(number) ? before : [...before, number];
}

async function runImport(from: string, options: ImportOptions): Promise<void> {
  const { into, dandiset: only, dryRun = false } = options;
  const tree = folderTree(into);
  const listsOf = (archive: Archive): ListStore | undefined => {
    const folder = storeFolderOf(archive, into);
    return folder === undefined ? undefined : listStore(folderStore(folder));
  };
  const report = await importArchive({
    source: await openSource(from, only),
    tree,
    writer: folderWriter(into),
    settings: await settingsIn(tree),
    listsOf,
    reporter: progressReporter(),
    dryRun,
  });
  // A plan has no files to check.
  const checks = options.check && !dryRun;
  const found = checks ? await problemsOfImported(tree, report, listsOf) : [];
  const problems = [...report.problems, ...found];
  if (options.json === true) {
    const { source, settings, versions } = report;
    printJson({ dryRun, source, settings, versions, totals: totalsOf(versions) }, problems);
  } else {
    if (dryRun) printLines(planLines(report));
    printProblems(problems);
    printLines(summaryLines(report, dryRun));
  }
  process.exitCode = exitCodeFor(options.strict === true ? problems : report.problems);
}

/** The verb `import`. */
export function importCommand(): Command {
  return new Command('import')
    .argument('<source>', 'address or folder to import from')
    .requiredOption('--into <dir>', 'content folder to import into; made where it does not exist')
    .option('--dandiset <id>', 'only this Dandiset; may be given several times', addDandiset)
    .option('--dry-run', 'print what would be done, and do nothing')
    .option('--no-check', 'import only, without checking the records against the rules')
    .option('--strict', 'exit with 1 where the records that were imported have errors, too')
    .option('--json', 'print the plan and the problems as JSON')
    .addHelpText('after', HELP)
    .action(runImport);
}
