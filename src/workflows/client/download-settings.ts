// What a download is given, what it works with, and what it reports.

import type { DownloadFolder } from '../../adapters/download-folder/download-folder.ts';
import type { RecordSource } from '../../adapters/record-source/record-source.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import type { BytePlaces } from '../../core/download/asset-addresses.ts';
import type { DownloadPlan, ExistingPolicy, FileAction } from '../../core/download/plan.ts';
import type { SavedChoice } from '../../core/download/saved-request.ts';
import type { Filters } from '../../core/download/selection.ts';
import { zarrFilter, type ZarrFilter } from '../../core/download/zarr-filter.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import type { ListZarrFiles } from './files-of-asset.ts';
import type { FoundVersion, OpenSource } from './find-version.ts';

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
  /** How the choice of files was written, to be saved in the folder. */
  choice: SavedChoice;
}

/** The settings of a choice, as it was written. @throws ArchiveError `usage` */
export function settingsOf(
  choice: SavedChoice,
): Pick<DownloadSettings, 'filters' | 'preserveTree' | 'only' | 'zarr' | 'choice'> {
  const { filters, preserveTree, only } = choice;
  const zarr = zarrFilter(choice.zarr);
  return {
    filters,
    preserveTree,
    choice,
    ...(only === undefined ? {} : { only }),
    ...(zarr === undefined ? {} : { zarr }),
  };
}

export interface DownloadAdapters {
  openSource: OpenSource;
  listZarrFiles: ListZarrFiles;
  /** The asset with an id in an archive's API; undefined if there is none. */
  assetById(
    archive: string,
    id: string,
  ): Promise<{ asset: AssetRecord; places: BytePlaces } | undefined>;
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
