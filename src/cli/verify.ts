// dandiset verify FOLDER

import path from 'node:path';
import { Command } from 'commander';
import {
  openDownloadFolder,
  type DownloadFolder,
} from '../adapters/download-folder/download-folder.ts';
import { localEntries } from '../adapters/download-folder/local-entries.ts';
import { silentProgress, terminalProgress } from '../adapters/terminal/transfer-progress.ts';
import { visibleJson, visibleText } from '../adapters/terminal/visible-text.ts';
import { ALL_FILES, readRequests, type SavedRequest } from '../core/download/saved-request.ts';
import { ArchiveError } from '../core/error.ts';
import { parseVersion } from '../core/identifiers/version-id.ts';
import { countOf } from '../core/text/format.ts';
import { entryOf } from '../workflows/client/download.ts';
import type { GatheredFiles } from '../workflows/client/gather-download.ts';
import {
  filesOfRequests,
  repairFolder,
  type OpenRequest,
} from '../workflows/client/repair-folder.ts';
import {
  requestedFiles,
  verifyFolder,
  type Verification,
} from '../workflows/client/verify-folder.ts';
import { downloadAdapters, placeOfArchive } from './support/download-adapters.ts';
import { downloadReport, type PrintedReport } from './support/download-report.ts';
import { printLines, progressReporter } from './support/output.ts';
import { parseResources } from './support/parse-resources.ts';

const HELP = `
FOLDER is one that a download has filled: it has a folder .dandiset, where the download has noted
what was asked for. Every file is read and compared with the digest of its record. For any other
folder, also one that another program has filled, --against names what it should hold.

Files are right, missing or different; "other" files were not asked for, and are no failure. With
--repair, missing and different files are fetched again, from the version that was downloaded; a
different file is replaced, other files are never touched. DANDI's client has no such command.

Examples:
  dandiset verify 000027
  dandiset verify 000027 --quick
  dandiset verify 000027 --repair
  dandiset verify 000027 --against https://dandiarchive.org/dandiset/000027/0.210831.2033
  dandiset verify data/000004 --against LAB:000004 --archive https://lab.example.org/ --repair`;

interface Options {
  against?: string;
  archive?: string;
  quick?: boolean;
  repair?: boolean;
  json?: boolean;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = (await localEntries(folder, true, true)) ?? [];
  return entries.map((entry) => path.relative(folder, entry.path).split(path.sep).join('/'));
}

/** What the folder should hold: as it is named, or as downloads have saved it. */
async function requestsOf(folder: DownloadFolder, options: Options): Promise<SavedRequest[]> {
  if (options.against === undefined) return readRequests(await folder.savedRequest());
  const archive = placeOfArchive(options.archive);
  // Other programs write another dandiset.yaml.
  return [{ ...ALL_FILES, only: 'assets', ...archive, resource: options.against }];
}

async function opened(request: SavedRequest, report: PrintedReport): Promise<OpenRequest> {
  const [found] = await parseResources([request.resource], request.isGlob);
  if (found === undefined) throw new Error('no resource');
  const version = request.version === undefined ? undefined : parseVersion(request.version);
  const resource =
    found.number === undefined || version === undefined ? found : { ...found, version };
  const waits = (holder: string): void => report.say(`Waiting for another run: ${holder}.`);
  return { request, resource, adapters: downloadAdapters(request.archive, waits) };
}

function printVerification(result: Verification): void {
  const { right, missing, different, others } = result;
  const lines = [
    ...missing.map((name) => `missing    ${name}`),
    ...different.map((file) => `different  ${file.path}: ${file.why}`),
    ...others.map((name) => `other      ${name}`),
    `${countOf(right.length, 'file')} right, ${missing.length} missing, ${different.length} different; ` +
      `${countOf(others.length, 'other file')}.`,
  ];
  printLines(lines.map(visibleText));
}

/** Fetches what is not right. Returns whether all of it is there now. */
async function repair(
  gathered: GatheredFiles,
  result: Verification,
  requests: readonly OpenRequest[],
  report: PrintedReport,
): Promise<boolean> {
  const adapters = requests[0]?.adapters;
  if (adapters === undefined)
    throw new ArchiveError('usage', 'What the folder was filled by is not known.', {
      hint: 'Name it: --against RESOURCE',
    });
  const outcome = await repairFolder(gathered, result, adapters, report);
  for (const name of outcome.gone)
    report.say(`${name} is no longer part of the version, and can not be fetched.`);
  return report.end(outcome, true) === 0 && outcome.gone.length === 0;
}

async function run(given: string, options: Options): Promise<void> {
  const folder = await openDownloadFolder(given, { dryRun: true });
  const requests = await requestsOf(folder, options);
  if (options.against === undefined && requestedFiles(folder).size === 0) {
    throw new ArchiveError('usage', `No download has filled ${given}.`, {
      hint: 'Name the folder that holds .dandiset, or what it should hold: --against RESOURCE',
    });
  }
  const showsBars = process.stderr.isTTY && options.json !== true;
  const report = downloadReport({
    // What this verb prints itself follows at once.
    print: (line) => printLines([line]),
    progress: showsBars ? terminalProgress(process.stderr) : silentProgress,
    isJson: options.json === true,
    isDryRun: false,
    showsBars,
    command: visibleText(['dandiset', 'verify', ...process.argv.slice(3)].join(' ')),
  });
  const isAsked = options.against !== undefined || options.repair === true;
  const open: OpenRequest[] = [];
  if (isAsked) for (const request of requests) open.push(await opened(request, report));
  const gathered = isAsked ? await filesOfRequests(given, open, report) : undefined;
  const expected =
    options.against === undefined || gathered === undefined
      ? requestedFiles(folder)
      : new Map(gathered.files.map((file) => [file.target, entryOf(file)]));

  const reporter = progressReporter();
  reporter.start('Verifying', expected.size);
  const listed = await filesIn(given);
  const result = await verifyFolder(folder, expected, listed, options.quick === true, (name) =>
    reporter.step(name),
  );
  reporter.finish();
  const isRight = result.missing.length === 0 && result.different.length === 0;
  if (options.json === true) {
    printLines([visibleJson(JSON.stringify({ outcome: isRight ? 'right' : 'wrong', ...result }))]);
  } else printVerification(result);
  const isRepaired =
    options.repair === true && gathered !== undefined && (!isRight || options.against !== undefined)
      ? await repair(gathered, result, open, report)
      : isRight;
  process.exitCode = isRepaired ? 0 : 1;
}

/** The verb `verify`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .argument('<folder>', 'folder of a download')
    .option('--against <resource>', 'what it should hold: address or identifier')
    .option('-i, --archive <place>', 'archive of identifiers (default: DANDISET_ARCHIVE)')
    .option('--quick', 'by size and time, without reading files')
    .option('--repair', 'fetch missing and different files again')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action(run);
}
