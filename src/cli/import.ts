// dandiset import SOURCE --into DIR

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { ContentTree } from '../adapters/content-files/content-tree.ts';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../adapters/content-files/folder-writer.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { folderStore, storeFolderOf } from '../adapters/object-store/folder-store.ts';
import { listStore } from '../adapters/object-store/list-store.ts';
import { openFolderSource } from '../adapters/record-source/open-source.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { isArchiveError } from '../core/error.ts';
import type { Archive } from '../core/records/archive.ts';
import { importArchive, type ImportReport } from '../workflows/import-archive.ts';
import type { PlannedVersion } from '../workflows/import-plan.ts';
import {
  countOf,
  exitCodeFor,
  printJson,
  printLines,
  printProblems,
  progressReporter,
} from './output.ts';

const HELP = `
SOURCE is a folder of one of these shapes, told apart by what is in it:
  mirror records    000003/draft/dandiset.json, assets.jsonl.gz or assets.jsonl beside it
  DataLad mirror    dandiset.yaml and .dandi/assets.json, or a folder of such folders
  bucket manifests  000003/draft/dandiset.jsonld or .yaml, assets.jsonld or .yaml beside it
The folders of the Dandisets may lie below "dandisets/".

Published versions are frozen and never overwritten; drafts follow the source. A version with a
broken file is left out whole and named with file and line; the rest is imported.

Examples:
  npx dandiset import ../mirror --into /tmp/archive/content
  npx dandiset import ../mirror --into /tmp/archive/content --dry-run
  npx dandiset import ~/dandisets/000027 --into content --json`;

/** The folder of this program's package, found upwards from the running file. */
function packageFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return folder;
}

/** The settings of a content folder; undefined where it has none yet. */
async function settingsIn(tree: ContentTree): Promise<Archive | undefined> {
  try {
    return await readArchive(tree);
  } catch (error) {
    if (isArchiveError(error, 'content-not-found')) return undefined;
    throw error;
  }
}

/** Dandisets, versions and assets by what happens to them. */
function totalsOf(versions: readonly PlannedVersion[]): Record<string, number> {
  const having = (action: PlannedVersion['action']): number =>
    versions.filter((version) => version.action === action).length;
  const taken = versions.filter((version) => version.action !== 'left-out');
  return {
    dandisets: new Set(taken.map((version) => version.number)).size,
    versions: taken.length,
    assets: taken.reduce((sum, version) => sum + (version.assets ?? 0), 0),
    added: having('add'),
    updated: having('update'),
    unchanged: having('unchanged'),
    leftOut: having('left-out'),
  };
}

function planLines(report: ImportReport): string[] {
  const lines = report.settings.map(({ action, path: file }) => `${action}  ${visibleText(file)}`);
  for (const { number, version, action, assets, files } of report.versions) {
    if (action === 'unchanged') continue;
    const list = assets === null ? 'no list' : countOf(assets, 'asset');
    lines.push(
      `${action}  ${number}/${version}  ${action === 'left-out' ? 'see the problems below' : list}`,
    );
    lines.push(...files.map((file) => `    ${file.action}  ${file.path}`));
  }
  return lines;
}

function summaryLines({ versions }: ImportReport, dryRun: boolean): string[] {
  const totals = totalsOf(versions);
  const count = (key: string): number => totals[key] ?? 0;
  const held = [
    countOf(count('dandisets'), 'Dandiset'),
    countOf(count('versions'), 'version'),
    countOf(count('assets'), 'asset'),
  ];
  const changes = (['added', 'updated', 'unchanged'] as const)
    .filter((key) => count(key) > 0)
    .map((key) => `${count(key)} ${key}`);
  if (count('leftOut') > 0) changes.push(`${count('leftOut')} left out`);
  const verb = dryRun ? 'Would import' : 'Imported';
  const nothing = versions.length > 0 && count('unchanged') === versions.length;
  return [
    `${verb} ${held.join(', ')}: ${changes.join(', ') || 'nothing'}.`,
    ...(nothing ? ['Nothing changed: everything was here already.'] : []),
  ];
}

/** The verb `import`. */
export function importCommand(): Command {
  return new Command('import')
    .description('make records from a mirror, a DataLad clone or the manifests of a bucket')
    .argument('<source>', 'folder to import from')
    .requiredOption('--into <dir>', 'content folder to import into; made where it does not exist')
    .option('--dry-run', 'print what would be done, and do nothing')
    .option('--json', 'print the plan and the problems as JSON')
    .addHelpText('after', HELP)
    .action(async (from: string, options: { into: string; dryRun?: boolean; json?: boolean }) => {
      const dryRun = options.dryRun === true;
      const tree = folderTree(options.into);
      const report = await importArchive({
        source: await openFolderSource(from),
        tree,
        settings: await settingsIn(tree),
        writer: folderWriter(options.into),
        listsOf: (archive) => {
          const folder = storeFolderOf(archive, options.into);
          return folder === undefined ? undefined : listStore(folderStore(folder));
        },
        vocabularies: folderTree(path.join(packageFolder(), 'content', 'vocabularies')),
        reporter: progressReporter(),
        dryRun,
      });
      const { problems, ...facts } = report;
      if (options.json === true) {
        printJson({ dryRun, ...facts, totals: totalsOf(report.versions) }, problems);
      } else {
        if (dryRun) printLines(planLines(report));
        printProblems(problems);
        printLines(summaryLines(report, dryRun));
      }
      process.exitCode = exitCodeFor(problems);
    });
}
