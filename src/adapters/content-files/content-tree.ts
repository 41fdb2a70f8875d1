// A tree of content files, wherever it is stored: in a folder, a commit, or memory. Readers of records take
// this and never learn which.

import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../core/json/json-text.ts';

export interface ContentEntry {
  /** Relative to the content folder, `/`-separated. */
  path: string;
  /** `other` is what must not be in content/: links, pipes, devices, submodules. */
  kind: 'file' | 'other';
  /** Bytes; 0 where the kind is `other`. */
  size: number;
}

export interface ContentTree {
  /** The name that messages use for it: a folder or `REF:content`. */
  readonly name: string;
  /** Every file below `folder` ('' for all), sorted by path; empty if the folder does not exist. */
  list(folder: string): Promise<ContentEntry[]>;
  /** The bytes of a file; undefined if it does not exist. Never follows a link. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/** Reads a file as UTF-8; undefined if it does not exist. A byte order mark is kept as a character. */
export async function readText(tree: ContentTree, path: string): Promise<string | undefined> {
  const bytes = await tree.read(path);
  return bytes === undefined
    ? undefined
    : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Reads a file as a JSON object; undefined if it does not exist or contains no object. */
export async function readObject(tree: ContentTree, path: string): Promise<JsonObject | undefined> {
  const text = await readText(tree, path);
  if (text === undefined) return undefined;
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

/** A tree in which some paths are as they are in another tree, present or absent. */
export function withPathsOf(
  tree: ContentTree,
  other: ContentTree,
  paths: { has(path: string): boolean },
): ContentTree {
  return {
    name: other.name,
    async list(folder) {
      const own = (await tree.list(folder)).filter(({ path }) => !paths.has(path));
      const taken = (await other.list(folder)).filter(({ path }) => paths.has(path));
      return [...own, ...taken].sort((a, b) => compareUtf8(a.path, b.path));
    },
    read: async (path) => (paths.has(path) ? other.read(path) : tree.read(path)),
  };
}
