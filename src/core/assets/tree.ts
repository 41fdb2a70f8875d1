// The folders that the paths of a list of assets form, each with its contents.

import { compareNames } from './name-order.ts';

/** What a tree needs to know of an asset. */
export interface TreeItem {
  path: string;
  /** Bytes. */
  size: number;
}

export interface TreeFile<Item> {
  name: string;
  item: Item;
}

export interface TreeFolder<Item> {
  /** Ends in `/`, so that it never equals the path of a file; '' is the top folder. */
  path: string;
  /** The last part of the path; '' for the top folder. */
  name: string;
  /** In order of their names. */
  folders: TreeFolder<Item>[];
  /** In order of their names. */
  files: TreeFile<Item>[];
  /** Files and bytes of this folder and all folders below it. */
  fileCount: number;
  bytes: number;
}

// Real paths have up to seven parts. Beyond this depth, the rest of a path counts as a name.
const MAX_DEPTH = 64;

/** The folder of a path (ending in `/`, or '' for the top) and its name there. */
export function splitPath(path: string): { folder: string; name: string } {
  let end = 0;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const slash = path.indexOf('/', end);
    if (slash < 0) break;
    end = slash + 1;
  }
  return { folder: path.slice(0, end), name: path.slice(end) };
}

/** The path of a folder as its parts, each ending in `/`, from the top: `a/b/` → `a/`, `a/b/`. */
export function foldersAbove(folder: string): string[] {
  const paths: string[] = [];
  for (let end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
    paths.push(folder.slice(0, end + 1));
  }
  return paths;
}

function emptyFolder<Item>(path: string, name: string): TreeFolder<Item> {
  return { path, name, folders: [], files: [], fileCount: 0, bytes: 0 };
}

/**
 * The tree of a list of assets. Any text may be a path: odd parts (`..`, empty ones) are names
 * like any other, and one path may be a file and a folder.
 */
export function assetFolders<Item extends TreeItem>(items: Iterable<Item>): TreeFolder<Item> {
  const top = emptyFolder<Item>('', '');
  const byPath = new Map([['', top]]);
  for (const item of items) {
    const { folder: path, name } = splitPath(item.path);
    let folder = top;
    folder.fileCount += 1;
    folder.bytes += item.size;
    for (const inner of foldersAbove(path)) {
      let next = byPath.get(inner);
      if (next === undefined) {
        next = emptyFolder(inner, inner.slice(folder.path.length, -1));
        byPath.set(inner, next);
        folder.folders.push(next);
      }
      next.fileCount += 1;
      next.bytes += item.size;
      folder = next;
    }
    folder.files.push({ name, item });
  }
  for (const folder of byPath.values()) {
    folder.folders.sort((a, b) => compareNames(a.name, b.name));
    folder.files.sort((a, b) => compareNames(a.name, b.name));
  }
  return top;
}

/** A folder and all folders below it, in the order of their paths. */
export function allFolders<Item>(top: TreeFolder<Item>): TreeFolder<Item>[] {
  const folders = [top];
  // The list grows while it is iterated.
  for (const folder of folders) for (const inner of folder.folders) folders.push(inner);
  return folders.sort((a, b) => compareNames(a.path, b.path));
}
