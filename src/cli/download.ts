// dandiset download RESOURCE…

import { Command, InvalidArgumentError, Option } from 'commander';
import { silentProgress, terminalProgress } from '../adapters/terminal/transfer-progress.ts';
import { canAsk } from '../adapters/terminal/questions.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { EXISTING_POLICIES, type ExistingPolicy } from '../core/download/plan.ts';
import type { Resource } from '../core/download/resource.ts';
import { ArchiveError } from '../core/error.ts';
import type { SavedChoice } from '../core/download/saved-request.ts';
import { download, planAll } from '../workflows/client/download.ts';
import { settingsOf, type DownloadSettings } from '../workflows/client/download-settings.ts';
import { askToRemove } from './support/ask-to-remove.ts';
import { downloadAdapters, placeOfArchive } from './support/download-adapters.ts';
import { downloadReport } from './support/download-report.ts';
import { keepMemorySmall } from '../adapters/process/small-memory.ts';
import {
  checkNamedArchive,
  outputAtHand,
  parseResources,
  resourceAtHand,
} from './support/parse-resources.ts';

const HELP = `
RESOURCE is an address or an identifier: https://…/dandiset/000027, …/000027/draft,
…/files?location=sub-01/, DANDI:000027/0.210831.2033, dandi://dandi/000027@draft/sub-01/,
an address of the API. Without a version, the newest published one is taken. A whole version
goes to a folder with its number; a folder, a prefix and single files go to the output folder.

Every file is fetched to a hidden place, verified by the digest of its record, and only then gets
its name. What a download has put there is known by the journal in .dandiset/ and never fetched
again: the same command goes on where it was interrupted. --existing is about files that no
download has put there. Every address is looked up before anything is written; if one is wrong,
nothing is. A file that cannot be had fails alone: the others are complete, and the exit code is 1.

Globs of --include and --exclude are matched with whole paths, ** crosses folders.

Where it differs from "dandi download", on purpose:
  - A second run is complete, exit code 0; there each file that exists is an error.
  - Nothing is written if one of several addresses is wrong.
  - A partial file that is corrupted is fetched anew, and wrong bytes never get a file's name.
  - A run waits for another run on the same folder, and says for whom; there it fails.
  - Nothing that is in the way is deleted. Folders and links in the way are never replaced. A file
    in the folder of a Zarr that is no part of it is moved to .dandiset/removed/. A Zarr and a file
    in each other's place are replaced by --existing overwrite alone, and what was there is moved.
  - --sync removes only what a download has put there and nobody has changed, and is for whole
    versions.
  - --zarr takes metadata, glob: and path:; there is no regex:.
  - The progress never goes down: bytes that are fetched again are counted apart.

Exit codes: 0 all that was asked for is there and verified, 1 something is not, 2 wrong usage.

Examples:
  dandiset download https://dandiarchive.org/dandiset/000027
  dandiset download DANDI:000027/draft --output data --include '**/*_ecephys.nwb'
  dandiset download 'https://lab.example.org/dandiset/000004/draft/files?location=sub-01/'
  dandiset download LAB:000004 --archive https://lab.example.org/ --subject M2 --dry-run`;

interface Options {
  output: string;
  existing: ExistingPolicy;
  include: string[];
  exclude: string[];
  subject: string[];
  maxSize?: number;
  only?: 'metadata' | 'assets';
  pathType: 'exact' | 'glob';
  preserveTree?: boolean;
  zarr: string[];
  sync?: true | 'ask' | 'do';
  jobs: number;
  archive?: string;
  allowUnverified?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

const UNITS = new Map([
  ['', 1],
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9],
  ['t', 1e12],
]);

function parseSize(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text) ?? [];
  const factor = UNITS.get(unit.toLowerCase());
  if (number === undefined || factor === undefined)
    throw new InvalidArgumentError('A size is a number with kB, MB, GB or TB.');
  return Number(number) * factor;
}

function parseJobs(text: string): number {
  const jobs = Number(text);
  if (/^\d{1,3}$/.test(text) && jobs >= 1 && jobs <= 64) return jobs;
  throw new InvalidArgumentError('It is a whole number from 1 to 64.');
}

const collect = (value: string, before: string[]): string[] => [...before, value];

/** What `--sync` may not be combined with: then files would be missing that are only not asked for. */
function checkSync(options: Options, resources: readonly Resource[]): void {
  if (options.sync === undefined) return;
  const narrowing = [options.include, options.exclude, options.subject, options.zarr];
  const isNarrowed =
    narrowing.some((texts) => texts.length > 0) ||
    options.maxSize !== undefined ||
    options.only !== undefined ||
    resources.some(({ part }) => part.kind !== 'all');
  if (isNarrowed)
    throw new ArchiveError('usage', '--sync is for whole versions, without a choice of files.');
  if (options.sync !== 'do' && options.dryRun !== true && !canAsk())
    throw new ArchiveError('usage', 'Nobody can be asked what may be removed.', {
      hint: 'Use --sync=do, or look first with --dry-run.',
    });
}

/** The choice of files that the options make. */
function choiceOf(options: Options): SavedChoice {
  const { archive, include, exclude, subject, maxSize, only, zarr, preserveTree } = options;
  return {
    ...placeOfArchive(archive),
    filters: {
      include,
      exclude,
      subjects: subject,
      ...(maxSize === undefined ? {} : { maxSize }),
    },
    preserveTree: preserveTree === true,
    ...(only === undefined ? {} : { only }),
    zarr,
    isGlob: options.pathType === 'glob',
  };
}

async function run(texts: string[], given: Options): Promise<void> {
  keepMemorySmall();
  const atHand = texts.length > 0 ? undefined : await resourceAtHand();
  const { archive = atHand?.archive } = given;
  const options = archive === undefined ? given : { ...given, archive };
  const settings: DownloadSettings = {
    ...settingsOf(choiceOf(options)),
    output: options.output.replace(/(?<=.)\/+$/, ''),
    existing: options.existing,
    jobs: options.jobs,
  };
  const named = atHand === undefined ? texts : [atHand.text];
  const resources = await parseResources(named, options.pathType === 'glob');
  if (atHand !== undefined && options.output === '.') settings.output = outputAtHand(resources);
  checkNamedArchive(resources, options.archive);
  checkSync(options, resources);
  if (options.sync !== undefined) settings.sync = true;
  const showsBars = process.stderr.isTTY && options.json !== true && options.dryRun !== true;
  const progress = showsBars ? terminalProgress(process.stderr) : silentProgress;
  const report = downloadReport({
    progress,
    isJson: options.json === true,
    isDryRun: options.dryRun === true,
    showsBars,
    command: visibleText(['dandiset', 'download', ...process.argv.slice(3)].join(' ')),
  });
  const waits = (holder: string): void => report.say(`Waiting for another run: ${holder}.`);
  const mayRemove = options.sync === 'do' ? async (): Promise<boolean> => true : askToRemove;
  const adapters = downloadAdapters(options.archive, waits, {}, mayRemove);
  try {
    if (options.dryRun === true) {
      const plans = await planAll(resources, settings, adapters, report);
      process.exitCode = report.end({ plans, failures: [] }, true);
      return;
    }
    const outcome = await download(resources, settings, adapters, report);
    process.exitCode = report.end(outcome, options.allowUnverified === true);
  } catch (error) {
    report.fail(error);
    throw error;
  }
}

/** The verb `download`. */
export function downloadCommand(): Command {
  return new Command('download')
    .argument('[resource...]', 'address or identifier; without one, that of this folder')
    .option('-o, --output <dir>', 'folder to write to', '.')
    .addOption(
      new Option('-e, --existing <policy>', 'what to do about files that no download has put there')
        .choices(EXISTING_POLICIES)
        .default('error'),
    )
    .option('--include <glob>', 'only paths that match; can be repeated', collect, [])
    .option('--exclude <glob>', 'no paths that match; can be repeated', collect, [])
    .option('--subject <id>', 'only files of this subject; can be repeated', collect, [])
    .option('--max-size <size>', 'leave out larger files: 500MB', parseSize)
    .addOption(new Option('--only <what>', 'one of the two').choices(['metadata', 'assets']))
    .addOption(
      new Option('--path-type <type>', 'how a path in the resource is meant')
        .choices(['exact', 'glob'])
        .default('exact'),
    )
    .option('--zarr <filter>', 'parts of Zarrs: metadata, glob:…, path:…; repeatable', collect, [])
    .addOption(
      new Option(
        '--sync [how]',
        'remove what earlier downloads have put there and the version no longer has',
      )
        .choices(['ask', 'do'])
        .preset('ask'),
    )
    .option('--preserve-tree', 'keep whole paths, below a folder with the number')
    .option('-J, --jobs <number>', 'files at a time', parseJobs, 12)
    .option('-i, --archive <place>', 'archive of identifiers (default: DANDISET_ARCHIVE)')
    .option('--allow-unverified', 'accept files whose record has no digest')
    .option('--dry-run', 'show what would be done')
    .option('--json', 'events as lines of JSON')
    .addHelpText('after', HELP)
    .action(run);
}
