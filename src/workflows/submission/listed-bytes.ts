// Which of the bytes that a list would newly name the archive lists already: the same data submitted twice,
// or somebody else's. The lists of the archive are read once for all queries.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import { dandisetFolder } from '../../core/identifiers/dandiset-id.ts';
import { placeOfBytes } from '../../core/records/asset.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE, contentPlace } from '../../core/records/layout.ts';
import type { KnownFiles } from '../../core/submission/pull-request-report.ts';
import { folderOfTarget, type SubmissionTarget } from '../../core/submission/submission-target.ts';
import { listOfFolder } from '../archive/fetch-list.ts';

/** At most this many locations are named. */
const MOST_PLACES = 5;

/** Where the lists are. */
export interface ListsToSearch {
  target: SubmissionTarget;
  /** The content as it would be. */
  merged: ContentTree;
  /** The content of the archive now. */
  base: ContentTree;
  /** Lists that are too large for git; without it they count as unreadable. */
  lists?: ListStore | undefined;
}

/** What the archive already lists of the bytes that a target's list would newly name. */
export interface ListedBytes {
  /** Files that other folders list by the same bytes, without those in the target's own lists. */
  known?: KnownFiles;
  /**
   * Files whose bytes other Dandisets list, and this one in no version; absent where some list cannot be
   * read.
   */
  foreignFiles?: number;
}

function* placesIn(list: Uint8Array | 'unreadable' | undefined): Generator<string> {
  for (const asset of list === undefined || list === 'unreadable' ? [] : readableAssets(list)) {
    const place = placeOfBytes(asset);
    if (place !== undefined) yield place;
  }
}

interface ListFolder {
  folder: string;
  /** What it is called: the number of a Dandiset, or `submissions/mine`. */
  name: string;
}

/** Folders of the tree that can hold a list, except one. */
async function otherFolders(tree: ContentTree, own: string): Promise<ListFolder[]> {
  const found = new Map<string, ListFolder>();
  for (const { path } of await tree.list('')) {
    const isList = path.endsWith(`/${ASSETS_FILE}`) || path.endsWith(`/${ASSETS_REFERENCE_FILE}`);
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (!isList || folder === own) continue;
    const place = contentPlace(path);
    if (place.kind === 'version') found.set(folder, { folder, name: place.number });
    if (place.kind === 'submission') found.set(folder, { folder, name: folder });
  }
  return [...found.values()];
}

/** Which new locations other folders list. */
interface Found {
  /** Those that other Dandisets and submissions list. */
  others: Set<string>;
  /** Those that other versions of the same Dandiset list. */
  versions: Set<string>;
  names: Set<string>;
  /** Whether every list of others could be read. */
  isWhole: boolean;
}

async function searchFolders(
  fresh: ReadonlySet<string>,
  { target, base, lists }: ListsToSearch,
): Promise<Found> {
  const own = folderOfTarget(target);
  const dandiset = target.kind === 'draft' ? `${dandisetFolder(target.number)}/` : `${own}/`;
  const found: Found = { others: new Set(), versions: new Set(), names: new Set(), isWhole: true };
  for (const { folder, name } of await otherFolders(base, own)) {
    const isOwn = folder.startsWith(dandiset);
    const list = await listOfFolder(base, folder, lists);
    if (list === 'unreadable' && !isOwn) found.isWhole = false;
    for (const place of placesIn(list)) {
      if (!fresh.has(place)) continue;
      found.names.add(name);
      (isOwn ? found.versions : found.others).add(place);
    }
  }
  return found;
}

/** Searches the lists of the archive for the bytes that the list of a target would newly name. */
export async function listedBytes(search: ListsToSearch): Promise<ListedBytes> {
  const { target, merged, base, lists } = search;
  const own = folderOfTarget(target);
  const list = await listOfFolder(merged, own, lists);
  if (list === 'unreadable') return {};
  const fresh = new Set(placesIn(list));
  for (const place of placesIn(await listOfFolder(base, own, lists))) fresh.delete(place);
  if (fresh.size === 0) return { foreignFiles: 0 };
  const { others, versions, names, isWhole } = await searchFolders(fresh, search);
  const foreign = [...others].filter((place) => !versions.has(place)).length;
  const files = versions.size + foreign;
  const where = [...names].slice(0, MOST_PLACES);
  return {
    ...(files === 0 ? {} : { known: { files, where } }),
    // Bytes that its own versions list are its own, even if other lists cannot be read.
    ...(isWhole || versions.size === fresh.size ? { foreignFiles: foreign } : {}),
  };
}
