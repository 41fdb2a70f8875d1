// Downloads: resolve everything that is asked for, plan, fetch, report. Nothing is written before every address
// is resolved, and no file has its final name before its bytes are verified.

import type { DownloadFolder } from '../../adapters/download-folder/download-folder.ts';
import type { SeenFolders } from '../../adapters/download-folder/folder-states.ts';
import { foreignFiles } from '../../core/download/foreign-files.ts';
import type { WantedEntry } from '../../core/download/journal.ts';
import { planDownload, type LocalFiles, type WantedFile } from '../../core/download/plan.ts';
import type { Resource } from '../../core/download/resource.ts';
import { withRequests } from '../../core/download/saved-request.ts';
import { ArchiveError } from '../../core/error.ts';
import type {
  DownloadAdapters,
  DownloadOutcome,
  DownloadReport,
  DownloadSettings,
  FolderPlan,
} from './download-settings.ts';
import { gatherDownload, type GatheredFiles } from './gather-download.ts';

async function fetchAll(
  { plan }: FolderPlan,
  folder: DownloadFolder,
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
  signal?: AbortSignal,
): Promise<DownloadOutcome['failures']> {
  const failures: DownloadOutcome['failures'] = [];
  const files = plan.files.filter(({ action }) => action.do !== 'set-aside');
  for (const file of plan.files) {
    if (file.action.do !== 'set-aside') continue;
    signal?.throwIfAborted();
    await folder.setAside(file.target);
    report.settled(file);
  }
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      signal?.throwIfAborted();
      const current = file;
      try {
        if (current.action.do === 'refuse')
          throw (
            current.failure ??
            new ArchiveError(
              'content-unwritable',
              `${current.target} was not written: ${current.action.why}.`,
            )
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

/** A wanted file as the journal names it. */
export function entryOf({ target, size, digest }: WantedFile): WantedEntry {
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
  for (const { folder: path, files } of await gatherDownload(
    resources,
    settings,
    adapters,
    report,
  )) {
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
  const seen: SeenFolders = new Map();
  const local: LocalFiles = {
    journal: folder.journal,
    stateOf: (target) => folder.stateOf(target, seen),
    digestOf: (target, algorithm) => folder.digestOf(target, algorithm),
    pathsBelow: (target) => folder.pathsBelow(target),
    isWindows: folder.isWindows,
    ignoresCase: folder.ignoresCase,
  };
  const foreign = await foreignFiles(files, existing, local, sync);
  const plan = await planDownload(files, existing, local, foreign, sync);
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
  for (const gathered of await gatherDownload(resources, settings, adapters, report)) {
    const { plans, failures } = await downloadInto(gathered, settings, adapters, report, signal);
    outcome.plans.push(...plans);
    outcome.failures.push(...failures);
  }
  return outcome;
}

/** Whether there is room for what is still to be fetched. @throws ArchiveError if not */
async function checkRoom(folder: DownloadFolder, { plan, free }: FolderPlan): Promise<void> {
  const { fetchBytes } = plan.totals;
  if (free === undefined || fetchBytes <= free) return;
  const digests = plan.files.flatMap(({ digest }) => (digest === undefined ? [] : [digest.value]));
  const missing = fetchBytes - (await folder.leftBytes(new Set(digests)));
  if (missing <= free) return;
  throw new ArchiveError(
    'content-unwritable',
    `There is no room in ${folder.path}: ${missing} bytes are to be fetched, and ${free} are free.`,
    { hint: 'Free some space, or choose another folder with --output.' },
  );
}

/** Downloads files into their folder. @throws as {@link download} */
export async function downloadInto(
  { folder: path, files, requests }: GatheredFiles,
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
  signal?: AbortSignal,
): Promise<DownloadOutcome> {
  const folder = await adapters.openFolder(path, false);
  try {
    const plan = await planIn(folder, files, settings);
    report.planned(plan);
    await checkRoom(folder, plan);
    await folder.request(withRequests(await folder.savedRequest(), requests), files.map(entryOf));
    const failures = await fetchAll(plan, folder, settings, adapters, report, signal);
    // Nothing is removed for a version that is not there as a whole.
    const { removals } = plan.plan;
    if (removals.length > 0 && failures.length === 0 && (await adapters.mayRemove(removals))) {
      for (const target of removals) {
        await folder.remove(target);
        report.removed(target);
      }
    }
    return { plans: [plan], failures };
  } finally {
    await folder.close();
  }
}
