// Completes a folder: what is missing or different is fetched again, what is right is left alone.

import type { WantedFile } from '../../core/download/plan.ts';
import type { Resource } from '../../core/download/resource.ts';
import type { SavedRequest } from '../../core/download/saved-request.ts';
import { downloadInto, entryOf } from './download.ts';
import {
  settingsOf,
  type DownloadAdapters,
  type DownloadOutcome,
  type DownloadReport,
  type DownloadSettings,
} from './download-settings.ts';
import { gatherFiles, together, type GatheredFiles } from './gather-download.ts';
import type { Verification } from './verify-folder.ts';

/** A request of a folder, with what its resource names and what reads it. */
export interface OpenRequest {
  request: SavedRequest;
  resource: Resource;
  adapters: DownloadAdapters;
}

/** Settings that matter where files go to a folder that is given. */
const IN_PLACE = { output: '.', existing: 'overwrite', jobs: 12 } as const;

function settingsFor(request: SavedRequest): DownloadSettings {
  return { ...settingsOf(request), ...IN_PLACE };
}

/**
 * The files that requests name, as they go to one folder; of a path that several name, the last one counts.
 *
 * @throws ArchiveError if anything is not there
 */
export async function filesOfRequests(
  folder: string,
  requests: readonly OpenRequest[],
  report: DownloadReport,
): Promise<GatheredFiles> {
  let gathered: GatheredFiles = { folder, files: [], requests: [] };
  for (const { request, resource, adapters } of requests) {
    const found = await gatherFiles(resource, settingsFor(request), adapters, report);
    const targets = new Set(found.files.map(({ target }) => target));
    const before = gathered.files.filter(({ target }) => !targets.has(target));
    gathered = together({ ...gathered, files: before }, found);
  }
  return gathered;
}

/** A file of a Zarr that is fetched alone: it says nothing about what else is in the folder of the Zarr. */
function withoutItsZarr(file: WantedFile): WantedFile {
  const alone = { ...file };
  delete alone.zarr;
  return alone;
}

/**
 * Fetches what a verification has found missing or different, and notes what it has found right. Nothing else in
 * the folder is touched. `gone` are files that the version no longer has, so that nothing can be fetched.
 */
export async function repairFolder(
  gathered: GatheredFiles,
  { right, missing, different }: Verification,
  adapters: DownloadAdapters,
  report: DownloadReport,
): Promise<DownloadOutcome & { gone: string[] }> {
  const wrong = new Set([...missing, ...different.map(({ path }) => path)]);
  const files = gathered.files.filter(({ target }) => wrong.has(target)).map(withoutItsZarr);
  const known = new Map(gathered.files.map((file) => [file.target, file]));
  const folder = await adapters.openFolder(gathered.folder, false);
  try {
    // The journal would vouch for a file that has changed under the same size and time.
    for (const { path } of different) await folder.forget(path);
    for (const path of right) {
      const file = known.get(path);
      if (file !== undefined && !folder.journal.has(path)) await folder.vouch(entryOf(file));
    }
  } finally {
    await folder.close();
  }
  const gone = [...wrong].filter((path) => !known.has(path));
  const [request] = gathered.requests;
  if (request === undefined) return { plans: [], failures: [], gone };
  const settings = settingsFor(request);
  const outcome = await downloadInto({ ...gathered, files }, settings, adapters, report);
  return { ...outcome, gone };
}
