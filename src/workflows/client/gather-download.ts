// Everything that a download is asked for, resolved before anything is written: files by the folder they go to.

import type { WantedFile } from '../../core/download/plan.ts';
import type { Part, Resource } from '../../core/download/resource.ts';
import type { SavedRequest } from '../../core/download/saved-request.ts';
import { targetOf } from '../../core/download/target-path.ts';
import { zarrFilter, type ZarrFilter } from '../../core/download/zarr-filter.ts';
import { ArchiveError } from '../../core/error.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import type { DownloadAdapters, DownloadReport, DownloadSettings } from './download-settings.ts';
import { filesOfAsset, unobtainable } from './files-of-asset.ts';
import { findVersion, readVersionRecord, type FoundVersion } from './find-version.ts';
import { insideZarr, readMeantAssets, wantedAssets } from './version-assets.ts';

/** The file that DANDI's client knows the folder of a Dandiset by. */
const RECORD_FILE = 'dandiset.yaml';

/** Files that go to one folder, and what they were asked for by. */
export interface GatheredFiles {
  folder: string;
  files: WantedFile[];
  requests: SavedRequest[];
}

/** The record of a version as a file beside its data. */
async function recordOf(version: FoundVersion, adapters: DownloadAdapters): Promise<WantedFile> {
  const bytes = adapters.recordFile(await readVersionRecord(version));
  const digest = { algorithm: 'sha256' as const, value: adapters.sha256(bytes) };
  return { target: RECORD_FILE, size: bytes.length, from: bytes, digest };
}

/** The assets that a part of a version names, and what is wanted of a Zarr that it leads into. */
function meantAssets(
  version: FoundVersion,
  all: readonly AssetRecord[],
  part: Part,
  { filters, zarr }: DownloadSettings,
): { assets: AssetRecord[]; part: Part; zarr: ZarrFilter | undefined } {
  const within = insideZarr(all, part);
  if (within === undefined)
    return { assets: wantedAssets(version, all, part, filters), part, zarr };
  // A path into a Zarr is the Zarr, and the filter of what is wanted in it.
  const { asset, inner } = within;
  const filter = zarrFilter([`path:${inner}`]);
  return { assets: [asset], part: { kind: 'path', path: asset.path }, zarr: filter };
}

async function gatherVersion(
  resource: Resource,
  number: DandisetNumber,
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
): Promise<GatheredFiles> {
  const { part } = resource;
  const { output, preserveTree, only } = settings;
  const version = await findVersion(resource, number, adapters.openSource, adapters.reporter);
  report.found(version);
  const isTree = part.kind === 'all' || preserveTree;
  const isRecord = part.kind === 'path' && part.path === RECORD_FILE;
  const folder = isTree ? `${output}/${number}` : output;
  const files: WantedFile[] = [];
  const saved = { ...settings.choice, resource: resource.text, version: version.at.version };
  const gathered = { folder, files, requests: [saved] };
  if (isRecord || (isTree && only !== 'assets')) files.push(await recordOf(version, adapters));
  if (isRecord || only === 'metadata') return gathered;

  const all = await readMeantAssets(version, part, settings.filters.include);
  const meant = meantAssets(version, all.assets, part, settings);
  const places = adapters.placesOf(version.source);
  for (const asset of meant.assets) {
    const target = targetOf(asset.path, meant.part, preserveTree);
    const failure = all.failures.get(asset);
    if (failure === undefined)
      files.push(
        ...(await filesOfAsset(asset, target, places, adapters.listZarrFiles, meant.zarr)),
      );
    else files.push(unobtainable(asset, target, failure));
  }
  if (files.length === 0 && meant.part !== part)
    throw new ArchiveError('nothing-found', `${version.at.number} has nothing at that path.`);
  return gathered;
}

/** One asset of an API, without the Dandiset that it is in. */
async function gatherAsset(
  resource: Resource,
  { output, preserveTree, zarr, choice }: DownloadSettings,
  adapters: DownloadAdapters,
): Promise<GatheredFiles> {
  const { archive, part, text } = resource;
  const found =
    archive === undefined || part.kind !== 'id'
      ? undefined
      : await adapters.assetById(archive, part.id);
  if (found === undefined)
    throw new ArchiveError('nothing-found', `There is no asset at ${text}.`, {
      hint: 'Name it within its version: …/dandisets/000004/versions/draft/assets/ID/',
    });
  const { asset, places } = found;
  const target = targetOf(asset.path, part, preserveTree);
  const files = await filesOfAsset(asset, target, places, adapters.listZarrFiles, zarr);
  return { folder: output, files, requests: [{ ...choice, resource: text }] };
}

/** What one resource names. @throws ArchiveError if it is not there */
export function gatherFiles(
  resource: Resource,
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
): Promise<GatheredFiles> {
  const { number } = resource;
  return number === undefined
    ? gatherAsset(resource, settings, adapters)
    : gatherVersion(resource, number, settings, adapters, report);
}

/** Everything that is asked for, by the folder it goes to. The same file asked for twice is one. */
export async function gatherDownload(
  resources: readonly Resource[],
  settings: DownloadSettings,
  adapters: DownloadAdapters,
  report: DownloadReport,
): Promise<GatheredFiles[]> {
  const folders = new Map<string, GatheredFiles>();
  for (const resource of resources) {
    const found = await gatherFiles(resource, settings, adapters, report);
    const known = folders.get(found.folder);
    folders.set(found.folder, known === undefined ? found : together(known, found));
  }
  return [...folders.values()];
}

/** Files of two requests for one folder, each once. */
export function together(one: GatheredFiles, other: GatheredFiles): GatheredFiles {
  const keyOf = ({ target, digest }: WantedFile): string => `${digest?.value ?? ''} ${target}`;
  const keys = new Set(one.files.map(keyOf));
  return {
    folder: one.folder,
    files: [...one.files, ...other.files.filter((file) => !keys.has(keyOf(file)))],
    requests: [...one.requests, ...other.requests],
  };
}
