// Import: records of a source into a content folder. gather → plan → apply → report, one version
// at a time, so that memory does not grow with the size of the source.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ContentWriter } from '../../adapters/content-files/content-writer.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { RecordSource, SourceVersion } from '../../adapters/record-source/record-source.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import {
  parseDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { textMember } from '../../core/json/json-text.ts';
import { listKeyPath } from '../../core/records/asset-list.ts';
import type { Archive } from '../../core/records/archive.ts';
import { versionFolder } from '../../core/records/layout.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import { planFile, planVersion, type PlannedFile, type PlannedVersion } from './import-plan.ts';
import { importedArchive, missingSettings } from './import-settings.ts';
import { readSourceRecord, stageVersion, type StagedVersion } from './import-version.ts';

export interface ImportOptions {
  source: RecordSource;
  /** The content folder, for reading and for writing. */
  tree: ContentTree;
  writer: ContentWriter;
  /** The contents of its archive.json; undefined if it has none, which is then made. */
  settings: Archive | undefined;
  /** Where lists go that are too large for git; undefined where the archive has no such store. */
  listsOf: (archive: Archive) => ListStore | undefined;
  reporter: Reporter;
  /** Plan only. */
  dryRun: boolean;
  /** Larger lists go to the store; MAX_LIST_BYTES if not given. */
  maxListBytes?: number;
}

export interface ImportReport {
  source: { kind: string; name: string };
  /** Files written in addition to the records: archive.json. */
  settings: PlannedFile[];
  versions: PlannedVersion[];
  /** Problems of the source: what was left out, and why. */
  problems: Problem[];
}

/** The prefix of the first record that has one, which names the archive the records come from. */
async function prefixOf(
  source: RecordSource,
  versions: readonly SourceVersion[],
): Promise<string | undefined> {
  for (const version of versions) {
    const read = await readSourceRecord(source, version);
    const identifier = read.ok
      ? parseDandisetIdentifier(textMember(read.record, 'identifier') ?? '')
      : undefined;
    if (identifier !== undefined) return identifier.prefix;
  }
  return undefined;
}

/** What was requested from the source, and which of that it does not have. */
async function listSource(
  source: RecordSource,
  reporter: Reporter,
): Promise<{ versions: SourceVersion[]; problems: Problem[] }> {
  const { versions, problems } = await source.list(reporter);
  const { only } = source;
  if (only === undefined) return { versions, problems };
  // One that could not be listed already has its own problem.
  const isNamed = (wanted: DandisetNumber): boolean =>
    versions.some(({ number }) => number === wanted) ||
    problems.some(({ path }) => path.split(/[/?]/).includes(wanted));
  const absent = only
    .filter((wanted) => !isNamed(wanted))
    .map((wanted) => {
      const message = `The source holds no Dandiset ${wanted}.`;
      return sourceProblem('source-without-dandiset', { path: wanted, message });
    });
  return {
    versions: versions.filter(({ number }) => only.includes(number)),
    problems: [...problems, ...absent],
  };
}

async function applyVersion(
  staged: StagedVersion,
  planned: readonly PlannedFile[],
  writer: ContentWriter,
  lists: ListStore | undefined,
): Promise<void> {
  const folder = versionFolder(staged.at.number, staged.at.version);
  const { storedList } = staged;
  for (const { path, action } of planned) {
    if (action === 'remove') await writer.remove(path);
    else if (storedList !== undefined && path === listKeyPath(storedList.sha256)) {
      await lists?.write(storedList.sha256, storedList.lines);
    } else {
      const bytes = staged.files.get(path.slice(folder.length + 1));
      if (bytes !== undefined) await writer.write(path, bytes);
    }
  }
}

/** The settings to import under, written where there are none; undefined if no prefix is given. */
async function settle(
  options: ImportOptions,
  versions: readonly SourceVersion[],
  report: ImportReport,
): Promise<Archive | undefined> {
  const { source, tree, writer, dryRun } = options;
  const prefix = options.settings?.identifierPrefix ?? (await prefixOf(source, versions));
  if (prefix === undefined) {
    const message = 'No record of the source has an identifier such as DANDI:000003.';
    report.problems.push(sourceProblem('source-without-prefix', { path: '', message }));
    return undefined;
  }
  const archive = options.settings ?? importedArchive(prefix, source.stores);
  for (const [path, bytes] of await missingSettings(tree, archive)) {
    const planned = await planFile(tree, path, bytes);
    report.settings.push(...planned);
    if (!dryRun && planned.length > 0) await writer.write(path, bytes);
  }
  return archive;
}

async function importVersion(
  at: SourceVersion,
  archive: Archive,
  options: ImportOptions,
  report: ImportReport,
): Promise<void> {
  const { source, tree, writer, dryRun, maxListBytes } = options;
  const staged = await stageVersion(at, {
    source,
    prefix: archive.identifierPrefix,
    ...(maxListBytes === undefined ? {} : { maxListBytes }),
  });
  if (!staged.ok) {
    const { number, version } = at;
    report.versions.push({ number, version, action: 'left-out', assets: null, files: [] });
    report.problems.push(...staged.problems);
    return;
  }
  const lists = options.listsOf(archive);
  const { plan, problems } = await planVersion(staged.staged, tree, lists);
  report.versions.push(plan);
  report.problems.push(...problems);
  if (!dryRun) await applyVersion(staged.staged, plan.files, writer, lists);
}

/**
 * Imports the records of a source into a content folder. Versions that cannot be read completely are left out
 * and reported; published ones that exist here are never overwritten.
 *
 * @throws ArchiveError `content-unwritable`, `store-failed`
 */
export async function importArchive(options: ImportOptions): Promise<ImportReport> {
  const { source, reporter } = options;
  const { versions, problems } = await listSource(source, reporter);
  const report: ImportReport = {
    source: { kind: source.kind, name: source.name },
    settings: [],
    versions: [],
    problems: [...problems],
  };
  const archive = await settle(options, versions, report);
  if (archive !== undefined) {
    reporter.start('Importing', versions.length);
    try {
      for (const at of versions) {
        reporter.step(`${at.number}/${at.version}`);
        await importVersion(at, archive, options, report);
      }
    } finally {
      reporter.finish();
    }
  }
  report.problems = sortProblems(report.problems);
  return report;
}
