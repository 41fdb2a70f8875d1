// Downloads: resolve everything that is asked for, plan, fetch, report. Nothing is written before every address
// is resolved, and no file has its final name before its bytes are verified.

import type { DownloadFolder } from '../../adapters/download-folder/download-folder.ts';
import type { RecordSource } from '../../adapters/record-source/record-source.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import type { BytePlaces } from '../../core/download/asset-addresses.ts';
import {
  planDownload,
  type DownloadPlan,
  type ExistingPolicy,
  type LocalFiles,
  type FileAction,
  type WantedFile,
} from '../../core/download/plan.ts';
import type { Resource } from '../../core/download/resource.ts';
import { zarrFilter, type ZarrFilter } from '../../core/download/zarr-filter.ts';
import { targetOf, type Filters } from '../../core/download/selection.ts';
import { ArchiveError } from '../../core/error.ts';
import {
  findVersion,
  insideZarr,
  readVersionAssets,
  readVersionRecord,
  wantedAssets,
  type FoundVersion,
  type OpenSource,
} from './find-version.ts';
import { filesOfAsset, type ListZarrFiles } from './gather-files.ts';

export interface DownloadSettings {
  /** The folder that everything is written below. */
  output: string;
  existing: ExistingPolicy;
  filters: Filters;
  /** Keeps whole paths below a folder of the Dandiset. */
  preserveTree: boolean;
  only?: 'metadata' | 'assets';
  zarr?: ZarrFilter;
  /** Removes what earlier downloads have put there and is no longer wanted. */
  sync?: boolean;
  /** Files at a time. */
  jobs: number;
}

export interface DownloadAdapters {
  openSource: OpenSource;
  listZarrFiles: ListZarrFiles;
  /** Where the bytes of a source are. */
  placesOf(source: RecordSource): BytePlaces;
  /** The folder to write to; with `dryRun` nothing is made and no lock is taken. */
  openFolder(path: string, dryRun: boolean): Promise<DownloadFolder>;
  /** Fetches a file into the folder, verified. */
  fetchFile(
    folder: DownloadFolder,
    file: FileAction,
    progress: (bytes: number) => void,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Whether these files may be removed. */
  mayRemove(paths: readonly string[]): Promise<boolean>;
  /** The metadata record of a version as the contents of `dandiset.yaml`. */
  recordFile(json: string): Uint8Array;
  sha256(bytes: Uint8Array): string;
  reporter: Reporter;
}

/** Where a download reports what it does. */
export interface DownloadReport {
  /** A version was found. */
  found(version: FoundVersion): void;
  planned(plan: FolderPlan): void;
  /** Bytes of a file have arrived; a negative number: they are fetched again. */
  advanced(file: FileAction, bytes: number): void;
  settled(file: FileAction, failure?: unknown): void;
  removed(path: string): void;
}

/** The plan of one target folder. */
export interface FolderPlan {
  folder: string;
  plan: DownloadPlan;
  /** Bytes that can be written there, where the system says. */
  free: number | undefined;
}

export interface DownloadOutcome {
  plans: FolderPlan[];
  failures: { file: FileAction; folder: string; error: unknown }[];
}

/** The file that DANDI's client knows the folder of a Dandiset by. */
export const RECORD_FILE = 'dandiset.yaml';

interface GatheredFiles {
  folder: string;
  files: WantedFile[];
}

async function gatherFiles(
  resource: Resource,
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
): Promise<GatheredFiles> {
  const { number, part } = resource;
  if (number === undefined)
    throw new ArchiveError('usage', `${resource.text} names no Dandiset.`, {
      hint: 'Name the asset within its version: …/dandisets/000004/versions/draft/assets/ID/',
    });
  const version = await findVersion(resource, number, adapters.openSource, adapters.reporter);
  report.found(version);
  const isTree = part.kind === 'all' || settings.preserveTree;
  const folder = isTree ? `${settings.output}/${number}` : settings.output;
  const files: WantedFile[] = [];
  if (isTree && settings.only !== 'assets') {
    const bytes = adapters.recordFile(await readVersionRecord(version));
    const digest = { algorithm: 'sha256' as const, value: adapters.sha256(bytes) };
    files.push({ target: RECORD_FILE, size: bytes.length, from: bytes, digest });
  }
  if (settings.only !== 'metadata') {
    const all = await readVersionAssets(version);
    const within = insideZarr(all, part);
    const wanted =
      within === undefined ? wantedAssets(version, all, part, settings.filters) : [within.asset];
    // A path into a Zarr is the Zarr, and the filter of what is wanted in it.
    const meant =
      within === undefined ? part : ({ kind: 'path', path: within.asset.path } as const);
    const zarr = within === undefined ? settings.zarr : zarrFilter([`path:${within.inner}`]);
    const places = adapters.placesOf(version.source);
    for (const asset of wanted) {
      const target = targetOf(asset.path, meant, settings.preserveTree);
      files.push(...(await filesOfAsset(asset, target, places, adapters.listZarrFiles, zarr)));
    }
    if (within !== undefined && files.every(({ target }) => target === RECORD_FILE))
      throw new ArchiveError('nothing-found', `${within.asset.path} has no file ${within.inner}.`);
  }
  return { folder, files };
}

/** Everything that is asked for, by the folder it goes to. The same file asked for twice is one. */
async function gatherAll(
  resources: readonly Resource[],
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
): Promise<Map<string, WantedFile[]>> {
  const folders = new Map<string, WantedFile[]>();
  for (const resource of resources) {
    const { folder, files } = await gatherFiles(resource, settings, adapters, report);
    const known = folders.get(folder) ?? [];
    const keyOf = ({ target, digest }: WantedFile): string => `${digest?.value ?? ''} ${target}`;
    const keys = new Set(known.map(keyOf));
    folders.set(folder, [...known, ...files.filter((file) => !keys.has(keyOf(file)))]);
  }
  return folders;
}

async function fetchAll(
  { plan }: FolderPlan,
  folder: DownloadFolder,
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
  signal?: AbortSignal,
): Promise<DownloadOutcome['failures']> {
  const failures: DownloadOutcome['failures'] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let file = plan.files[next++]; file !== undefined; file = plan.files[next++]) {
      signal?.throwIfAborted();
      const current = file;
      try {
        if (current.action.do === 'refuse')
          throw new ArchiveError(
            'content-unwritable',
            `${current.target} was not written: ${current.action.why}.`,
          );
        if (current.action.do === 'fetch' || current.action.do === 'replace')
          await adapters.fetchFile(
            folder,
            current,
            (bytes) => report.advanced(current, bytes),
            signal,
          );
        // What is right without our doing is ours to keep from now on.
        if (current.action.do === 'keep' && current.action.why === 'same digest')
          await folder.vouch(entryOf(current));
        report.settled(current);
      } catch (error) {
        signal?.throwIfAborted();
        failures.push({ file: current, folder: folder.path, error });
        report.settled(current, error);
        if (isDiskFull(error)) throw error;
      }
    }
  };
  // A failure that ends everything must not leave others running behind it.
  const ended = await Promise.allSettled(Array.from({ length: settings.jobs }, worker));
  signal?.throwIfAborted();
  const broken = ended.find((one) => one.status === 'rejected');
  if (broken !== undefined && failures.length === 0) throw broken.reason;
  return failures;
}

/** A full disk ends the run: every further file would fail the same way. */
function isDiskFull(error: unknown): boolean {
  const cause = error instanceof ArchiveError ? (error.cause as NodeJS.ErrnoException) : undefined;
  return cause?.code === 'ENOSPC' || cause?.code === 'EDQUOT';
}

/** What the journal says of a file that is right. */
export function entryOf({ target, size, digest }: WantedFile): {
  path: string;
  size: number;
  digest: string;
} {
  return { path: target, size, digest: digest?.value ?? '' };
}

/** Plans a download without writing anything. @throws ArchiveError if anything asked for is not there */
export async function planAll(
  resources: readonly Resource[],
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
): Promise<FolderPlan[]> {
  const plans: FolderPlan[] = [];
  for (const [path, files] of await gatherAll(resources, settings, adapters, report)) {
    const folder = await adapters.openFolder(path, true);
    plans.push(await planIn(folder, files, settings));
  }
  for (const plan of plans) report.planned(plan);
  return plans;
}

async function planIn(
  folder: DownloadFolder,
  files: readonly WantedFile[],
  { existing, sync = false }: DownloadSettings,
): Promise<FolderPlan> {
  const local: LocalFiles = {
    journal: folder.journal,
    stateOf: (target) => folder.stateOf(target),
    digestOf: (target, algorithm) => folder.digestOf(target, algorithm),
    isWindows: folder.isWindows,
    ignoresCase: folder.ignoresCase,
  };
  const plan = await planDownload(files, existing, local, sync);
  return { folder: folder.path, plan, free: await folder.freeBytes() };
}

/**
 * Downloads. Files that fail are part of the outcome, the others are complete and verified.
 *
 * @throws ArchiveError if anything asked for is not there, or if there is no room for it: then nothing is written
 */
export async function download(
  resources: readonly Resource[],
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
  signal?: AbortSignal,
): Promise<DownloadOutcome> {
  const outcome: DownloadOutcome = { plans: [], failures: [] };
  for (const [path, files] of await gatherAll(resources, settings, adapters, report)) {
    const folder = await adapters.openFolder(path, false);
    try {
      const plan = await planIn(folder, files, settings);
      outcome.plans.push(plan);
      report.planned(plan);
      const { fetchBytes } = plan.plan.totals;
      if (plan.free !== undefined && fetchBytes > plan.free)
        throw new ArchiveError(
          'content-unwritable',
          `There is no room in ${path}: ${fetchBytes} bytes are to be fetched, and ${plan.free} are free.`,
          { hint: 'Free some space, or choose another folder with --output.' },
        );
      const failures = await fetchAll(plan, folder, settings, adapters, report, signal);
      outcome.failures.push(...failures);
      // Nothing is removed for a version that is not there as a whole.
      const { removals } = plan.plan;
      if (removals.length > 0 && failures.length === 0 && (await adapters.mayRemove(removals))) {
        for (const target of removals) {
          await folder.remove(target);
          report.removed(target);
        }
      }
    } finally {
      await folder.close();
    }
  }
  return outcome;
}
