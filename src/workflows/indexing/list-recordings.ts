// The list of what the files of a Dandiset recorded, from their indexes and from its Zarrs.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { isHdf5Name } from '../../core/identifiers/file-names.ts';
import { describeContents } from '../../core/nwb/describe-contents.ts';
import { recordingFacts } from '../../core/recordings/recording-facts.ts';
import type { RecordingFacts } from '../../core/recordings/recording-fields.ts';
import { recordingListText } from '../../core/recordings/recording-list.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import { isZarrAsset, placeOfBytes, type AssetRecord } from '../../core/records/asset.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE } from '../../core/records/layout.ts';
import { listOfFolder } from '../archive/fetch-list.ts';
import { sha256OfAsset } from './index-plan.ts';
import { readFileIndex, type IndexReader } from './read-file-index.ts';

export interface RecordingSources extends IndexReader {
  tree: ContentTree;
  lists?: ListStore | undefined;
  /** The tree of a Zarr; undefined if it is not there. */
  readZarr(asset: AssetRecord): Promise<DataTree | undefined>;
}

export interface RecordingList {
  /** A line each, as {@link recordingListText}. */
  text: string;
  /** Files that entries are of. */
  files: number;
  /** HDF5 files without an index that can be used, and Zarrs that cannot be read. */
  uncovered: number;
}

/** The assets of all versions of a Dandiset, each of its bytes once. @throws ArchiveError if a list is not to be had */
export async function assetsOfDandiset(
  number: DandisetNumber,
  { tree, lists }: Pick<RecordingSources, 'tree' | 'lists'>,
): Promise<AssetRecord[]> {
  const found = new Map<string, AssetRecord>();
  for (const { path } of await tree.list(dandisetFolder(number))) {
    const isList = path.endsWith(`/${ASSETS_FILE}`) || path.endsWith(`/${ASSETS_REFERENCE_FILE}`);
    if (!isList) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const list = await listOfFolder(tree, folder, lists);
    if (list === 'unreadable')
      throw new ArchiveError(
        'content-unreadable',
        `The list of files of ${folder} cannot be read.`,
      );
    for (const asset of list === undefined ? [] : readableAssets(list)) {
      const place = placeOfBytes(asset);
      if (place !== undefined && !found.has(place)) found.set(place, asset);
    }
  }
  return [...found.values()];
}

async function treeOf(
  asset: AssetRecord,
  sources: RecordingSources,
): Promise<DataTree | undefined> {
  try {
    if (isZarrAsset(asset)) return await sources.readZarr(asset);
    const sha256 = sha256OfAsset(asset);
    if (sha256 === undefined) return undefined;
    return (await readFileIndex({ sha256, size: asset.size }, sources))?.tree;
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code === 'store-failed') throw error;
    return undefined;
  }
}

/** What is recorded in the files of these assets. @throws ArchiveError `store-failed` */
export async function listRecordings(
  assets: readonly AssetRecord[],
  sources: RecordingSources,
): Promise<RecordingList> {
  const entries: RecordingFacts[] = [];
  let files = 0;
  let uncovered = 0;
  for (const asset of assets) {
    const { zarr, blob } = asset;
    const key = zarr !== undefined ? { zarr } : blob !== undefined ? { blob } : undefined;
    if (key === undefined) continue;
    if (!isZarrAsset(asset) && !isHdf5Name(asset.path)) continue;
    const tree = await treeOf(asset, sources);
    if (tree === undefined) uncovered += 1;
    else {
      files += 1;
      entries.push(...recordingFacts(key, describeContents(tree)));
    }
  }
  return { text: recordingListText(entries), files, uncovered };
}
