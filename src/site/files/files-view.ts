// Everything the page of a version's files shows, as text and addresses.

import { isSha256 } from '../../core/digests/sha256-text.ts';
import type { TreeFolder } from '../../core/assets/tree.ts';
import { allFolders, foldersAbove } from '../../core/assets/tree.ts';
import { textMember } from '../../core/json/json-text.ts';
import { offersClientQueries } from '../../core/records/archive.ts';
import { listKeyPath } from '../../core/records/asset-list.ts';
import { versionFolder } from '../../core/records/layout.ts';
import { address, storeAddress } from '../catalog/addresses.ts';
import {
  readList,
  readRecord,
  type Catalog,
  type DandisetEntry,
  type VersionEntry,
} from '../catalog/catalog.ts';
import {
  fileTree,
  MAX_ROWS_IN_FILE,
  MAX_ROWS_IN_PAGE,
  wholeShard,
  type FileItem,
  type FileTree,
} from './file-lists.ts';
import { folderSummary, shownName } from './file-names.ts';
import { addressOfKey, rowDigest, type FileRow, type Shard } from './file-shards.ts';
import { formatState } from './file-state.ts';
import { downloadView, type DownloadView } from '../download/download-view.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import { versionAddress } from '../version/version-view.ts';
import { versionNotices, type Notice } from '../version/version-notices.ts';

/** The data of the page's script. */
export interface FilesData {
  /** Where the rows are: here, in `files.json`, or in `files/`. */
  source: 'page' | 'file' | 'shards';
  shard?: Shard;
  /** Address of the version's folder. */
  folder: string;
  /** Address of this page, as the browser shows it. */
  page: string;
  /** Address that keys are appended to; '' where the archive has no store. */
  store: string;
  /** Address of the list whose lines hold each asset's whole record; '' if it is not next to the page. */
  list: string;
}

export interface FolderRowView {
  kind: 'folder';
  name: string;
  href: string;
  files: string;
  size: string;
}

export interface FileRowView {
  kind: 'file' | 'zarr';
  name: string;
  size: string;
  /** `73,156,888 bytes`. */
  exactSize: string;
  type: string;
  day: string;
  digest: string;
  /** Absent for a Zarr, which is not a single file, and where no key is recorded. */
  download: { href: string; /** The name, byte for byte. */ saveAs: string } | undefined;
}

export interface FolderSection {
  id: string;
  /** Breadcrumbs from the top: each folder with the section that lists it. */
  crumbs: { text: string; href: string }[];
  /** `2 folders, 3 files, 1.2 GB`. */
  summary: string;
  rows: (FolderRowView | FileRowView)[];
  /** What is not listed here, in words. */
  more: string | undefined;
}

export interface FilesView {
  title: string;
  description: string;
  canonical: string;
  identifier: string;
  version: string;
  status: VersionEntry['status'];
  name: string;
  versionHref: string;
  dandisetHref: string;
  notices: Notice[];
  /** `1,413 files, 2.5 TB`. */
  totals: string;
  /** Why nothing is listed, if so. */
  statement: string | undefined;
  /** The top folder first; the folders below it only where all fit into the page. */
  sections: FolderSection[];
  /** Shown to readers without scripts. */
  withoutScript: string | undefined;
  /** The whole list as a file. */
  list: { text: string; href: string } | undefined;
  /** The ways to download it; undefined where there is nothing to download. */
  download: DownloadView | undefined;
  /** JSON for the script, safe to embed in a page; undefined where there is nothing to browse. */
  data: string | undefined;
}

const MAX_FILES_IN_SECTION = 500;
const TOP = 'All files';

function fileRow(row: FileRow, store: string): FileRowView {
  const [name, bytes, type, , key, day] = row;
  const isZarr = key.startsWith('zarr/');
  const href = isZarr ? undefined : addressOfKey(key, store);
  return {
    kind: isZarr ? 'zarr' : 'file',
    name: shownName(name),
    size: formatBytes(bytes),
    exactSize: countOf(bytes, 'byte'),
    type,
    day,
    digest: rowDigest(row),
    download: href === undefined ? undefined : { href, saveAs: name },
  };
}

interface SectionOptions {
  store: string;
  /** The address of a folder's rows. */
  hrefOf: (folder: string) => string;
}

function section(folder: TreeFolder<FileItem>, id: string, options: SectionOptions): FolderSection {
  const above = foldersAbove(folder.path);
  const shown = folder.files.slice(0, MAX_FILES_IN_SECTION);
  const left = folder.files.length - shown.length;
  return {
    id,
    crumbs: [
      { text: TOP, href: options.hrefOf('') },
      ...above.map((path, at) => ({
        text: shownName(path.slice(above[at - 1]?.length ?? 0, -1)),
        href: options.hrefOf(path),
      })),
    ],
    summary: folderSummary(folder.folders.length, folder.fileCount, folder.bytes),
    rows: [
      ...folder.folders.map((one): FolderRowView => {
        const files = countOf(one.fileCount, 'file');
        const href = options.hrefOf(one.path);
        return {
          kind: 'folder',
          name: shownName(one.name),
          href,
          files,
          size: formatBytes(one.bytes),
        };
      }),
      ...shown.map((file) => fileRow(file.item.row, options.store)),
    ],
    more:
      left === 0
        ? undefined
        : `${countOf(left, 'more file')} ${left === 1 ? 'is' : 'are'} not listed here.`,
  };
}

/** All folders as sections of the page where they are few, otherwise only the top folder. */
function sections(tree: FileTree, page: string, store: string): FolderSection[] {
  if (tree.fileCount > MAX_ROWS_IN_PAGE) {
    const hrefOf = (folder: string): string => page + formatState({ location: folder });
    return [section(tree, 'folder-0', { store, hrefOf })];
  }
  const folders = allFolders(tree);
  const ids = new Map(folders.map((folder, at) => [folder.path, `folder-${at}`]));
  const hrefOf = (folder: string): string => `#${ids.get(folder) ?? ''}`;
  return folders.map((folder, at) => section(folder, `folder-${at}`, { store, hrefOf }));
}

function scriptData(tree: FileTree, rest: Omit<FilesData, 'source' | 'shard'>): string {
  const data: FilesData =
    tree.fileCount <= MAX_ROWS_IN_PAGE
      ? { source: 'page', shard: wholeShard(tree), ...rest }
      : { source: tree.fileCount <= MAX_ROWS_IN_FILE ? 'file' : 'shards', ...rest };
  // Inside a script element only `<` could end it.
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

interface ListLink {
  list: FilesView['list'];
  /** Where single lines can be read. */
  lines: string;
}

async function listLink(catalog: Catalog, entry: VersionEntry, store: string): Promise<ListLink> {
  const folder = versionAddress(catalog, entry.number, entry.version);
  if (entry.list === 'record') {
    const href = `${folder}assets.jsonl`;
    return { list: { text: 'assets.jsonl', href }, lines: href };
  }
  if (entry.list === 'absent') return { list: undefined, lines: '' };
  const { reference } = await readList(catalog, versionFolder(entry.number, entry.version));
  const sha256 = textMember(reference, 'sha256');
  if (!isSha256(sha256) || store === '') return { list: undefined, lines: '' };
  const href = store + listKeyPath(sha256);
  return { list: { text: 'assets.jsonl, compressed, in the store', href }, lines: '' };
}

/** Why a version's files are not listed; undefined if they are. */
function statementOf(entry: VersionEntry, tree: FileTree | undefined): string | undefined {
  const { files, bytes } = entry.summary;
  const claim = [
    files === undefined ? undefined : countOf(files, 'file'),
    bytes === undefined ? undefined : formatBytes(bytes),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
  if (entry.list === 'absent') {
    const says =
      claim === '' ? 'its record does not say how many there are' : `its record claims ${claim}`;
    return `This archive does not hold the list of files of this version; ${says}.`;
  }
  if (tree === undefined) {
    return `The list of files of this version${claim === '' ? '' : ` (${claim})`} is kept in the archive's store and could not be read when this page was made.`;
  }
  if (tree.fileCount > 0) return undefined;
  return entry.version === 'draft' ? 'This draft has no files yet.' : 'This version has no files.';
}

/** The page of a version's files. */
export async function filesView(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): Promise<FilesView> {
  const tree = await fileTree(catalog, entry);
  const folder = versionAddress(catalog, entry.number, entry.version);
  const canonical = `${folder}files/`;
  // The Python client takes the address of a folder only without the slash, so it is shown so where the client
  // can be answered. Elsewhere the page has the address that every host serves.
  const takesAddresses = catalog.base === '/' && offersClientQueries(catalog.archive);
  const page = takesAddresses ? `${folder}files` : canonical;
  const preferred = catalog.archive.stores[0];
  const store = preferred === undefined ? '' : storeAddress(catalog.base, preferred);
  const { list, lines } = await listLink(catalog, entry, store);
  const isListed = tree !== undefined && tree.fileCount > 0;
  const named = `${dandiset.identifier}${entry.version === 'draft' ? ' (draft)' : `/${entry.version}`}`;
  return {
    title: `Files of ${entry.summary.name} · ${named}`,
    description: `The files of ${named}: ${entry.summary.name}`,
    canonical,
    identifier: dandiset.identifier,
    version: entry.version,
    status: entry.status,
    name: entry.summary.name,
    versionHref: folder,
    dandisetHref: address(catalog.base, `dandiset/${entry.number}/`),
    // The message about an empty or absent list replaces it.
    notices: versionNotices(catalog, dandiset, entry).filter(({ tone }) => tone !== 'info'),
    totals: isListed ? `${countOf(tree.fileCount, 'file')}, ${formatBytes(tree.bytes)}` : '',
    statement: statementOf(entry, tree),
    sections: isListed ? sections(tree, canonical, store) : [],
    withoutScript:
      isListed && tree.fileCount > MAX_ROWS_IN_PAGE
        ? 'Without JavaScript this page lists the top folder alone, and the names of folders lead back to it.'
        : undefined,
    list,
    download: downloadView(catalog, entry, await readRecord(catalog, entry.number, entry.version)),
    data: isListed ? scriptData(tree, { folder, page, store, list: lines }) : undefined,
  };
}
