// Trees of a repository by isomorphic-git: reading the files below a folder, and writing the tree that
// some changes make of another.

import fs from 'node:fs';
import { readBlob, readTree, writeBlob, writeTree, type TreeEntry } from 'isomorphic-git';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import type { CommitTree } from './commit-tree.ts';

/** Where objects lie, and what was read of them already. */
export interface ObjectPlace {
  gitdir: string;
  cache: object;
}

/** A file below a folder. */
export interface TreeFile {
  id: string;
  kind: 'file' | 'other';
}

const FILE_MODES = new Set(['100644', '100755', '100664']);

/** The entries of a tree; none for one that is not there. */
async function entriesOf(place: ObjectPlace, id: string | undefined): Promise<TreeEntry[]> {
  return id === undefined ? [] : (await readTree({ fs, ...place, oid: id })).tree;
}

/** The object at a path below a tree; undefined if there is none. */
export async function objectAt(
  place: ObjectPlace,
  tree: string,
  path: string,
): Promise<string | undefined> {
  let id: string | undefined = tree;
  for (const name of path.split('/')) {
    const entries: TreeEntry[] = await entriesOf(place, id);
    const found = entries.find((entry) => entry.path === name);
    if (found === undefined) return undefined;
    id = found.oid;
  }
  return id;
}

/** All files below a tree, by their path. */
export async function filesOfTree(
  place: ObjectPlace,
  tree: string | undefined,
  before = '',
): Promise<Map<string, TreeFile>> {
  const files = new Map<string, TreeFile>();
  for (const { path, type, oid, mode } of await entriesOf(place, tree)) {
    if (type === 'tree') {
      const inner = await filesOfTree(place, oid, `${before}${path}/`);
      for (const [name, file] of inner) files.set(name, file);
    } else {
      files.set(before + path, { id: oid, kind: FILE_MODES.has(mode) ? 'file' : 'other' });
    }
  }
  return files;
}

/** The content tree of a tree object. */
export async function isomorphicTree(
  place: ObjectPlace,
  tree: string | undefined,
  name: string,
): Promise<CommitTree> {
  const files = await filesOfTree(place, tree);
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const file = files.get(path);
    if (file?.kind !== 'file') return undefined;
    return (await readBlob({ fs, ...place, oid: file.id })).blob;
  };
  return {
    name,
    read,
    async list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      const inside = [...files].filter(([path]) => path.startsWith(start));
      const entries = inside.map(async ([path, { kind }]) => ({
        path,
        kind,
        size: (await read(path))?.length ?? 0,
      }));
      return (await Promise.all(entries)).sort((a, b) => compareUtf8(a.path, b.path));
    },
    close: () => undefined,
  };
}

/** Files by the first part of their path: what lies deeper is a folder's. */
function byFirstPart(
  changes: Iterable<readonly [string, Uint8Array | undefined]>,
): Map<string, Map<string, Uint8Array | undefined>> {
  const parts = new Map<string, Map<string, Uint8Array | undefined>>();
  for (const [path, bytes] of changes) {
    const slash = path.indexOf('/');
    const first = slash < 0 ? path : path.slice(0, slash);
    const inside = parts.get(first) ?? new Map<string, Uint8Array | undefined>();
    parts.set(first, inside.set(slash < 0 ? '' : path.slice(slash + 1), bytes));
  }
  return parts;
}

/**
 * The tree that these changes make of another; undefined where nothing is left in it. Every object
 * that is written is told to `made`.
 */
export async function changedTree(
  place: ObjectPlace,
  tree: string | undefined,
  changes: Iterable<readonly [string, Uint8Array | undefined]>,
  made: Set<string>,
): Promise<string | undefined> {
  const entries = new Map((await entriesOf(place, tree)).map((entry) => [entry.path, entry]));
  for (const [path, inside] of byFirstPart(changes)) {
    const file = inside.get('');
    const found = entries.get(path);
    if (inside.has('')) {
      if (file === undefined) entries.delete(path);
      else {
        const oid = await writeBlob({ fs, ...place, blob: file });
        made.add(oid);
        entries.set(path, { path, oid, mode: '100644', type: 'blob' });
      }
      continue;
    }
    const below = found?.type === 'tree' ? found.oid : undefined;
    const oid = await changedTree(place, below, inside, made);
    if (oid === undefined) entries.delete(path);
    else entries.set(path, { path, oid, mode: '040000', type: 'tree' });
  }
  if (entries.size === 0) return undefined;
  const oid = await writeTree({ fs, ...place, tree: [...entries.values()] });
  made.add(oid);
  return oid;
}
