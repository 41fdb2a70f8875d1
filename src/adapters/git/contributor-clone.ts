// What a draft was when somebody began to change it, read from a clone by isomorphic-git: whoever
// contributes needs no git program.

import fs from 'node:fs';
import path from 'node:path';
import { findMergeBase, findRoot, readBlob, readTree, resolveRef } from 'isomorphic-git';

/** A commit of the archive, and the files of a folder at it. */
export interface DraftBase {
  commit: string;
  /** By path below the content folder. */
  texts: Map<string, string>;
}

interface Clone {
  dir: string;
  /** The content folder from the top of the clone, `content`. */
  inside: string;
  /** Shared by all reads: the packs are looked through once. */
  cache: object;
}

async function cloneOf(content: string): Promise<Clone> {
  const folder = fs.realpathSync(content);
  const dir = await findRoot({ fs, filepath: folder });
  const inside = path.relative(dir, folder).split(path.sep).join('/');
  return { dir, inside, cache: {} };
}

async function newestShared({ dir, cache }: Clone, branch: string): Promise<string | undefined> {
  const oids = [
    await resolveRef({ fs, dir, ref: 'HEAD' }),
    await resolveRef({ fs, dir, ref: branch }),
  ];
  // Its answer has no type of its own.
  const found = (await findMergeBase({ fs, dir, oids, cache })) as string[];
  return found[0];
}

async function textsBelow(
  { dir, cache }: Clone,
  oid: string,
  folder: string,
  texts: Map<string, string>,
): Promise<void> {
  const { tree } = await readTree({ fs, dir, oid, cache });
  for (const entry of tree) {
    const name = `${folder}/${entry.path}`;
    if (entry.type === 'tree') await textsBelow({ dir, inside: '', cache }, entry.oid, name, texts);
    else if (entry.type === 'blob') {
      const { blob } = await readBlob({ fs, dir, oid: entry.oid, cache });
      texts.set(name, Buffer.from(blob).toString());
    }
  }
}

/**
 * The state of a draft's folder that a change of it began with: at `commit` where that is known, else
 * at the newest commit that the clone shares with a branch. Undefined where there is no clone, or it
 * does not have that commit.
 *
 * @param content The content folder of the clone.
 * @param branch The branch of the archive as the clone knows it, `origin/main`.
 */
export async function draftBase(
  content: string,
  folder: string,
  { commit, branch }: { commit?: string | undefined; branch: string },
): Promise<DraftBase | undefined> {
  const texts = new Map<string, string>();
  try {
    const clone = await cloneOf(content);
    const oid = commit ?? (await newestShared(clone, branch));
    if (oid === undefined) return undefined;
    const filepath = [clone.inside, folder].filter((part) => part !== '').join('/');
    const { dir, cache } = clone;
    // The folder may be new: then the commit is known and nothing is in it.
    const found = await readTree({ fs, dir, oid, cache, filepath }).catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'NotFoundError') throw error;
      return undefined;
    });
    if (found !== undefined) await textsBelow(clone, found.oid, folder, texts);
    else await readTree({ fs, dir, oid, cache });
    return { commit: oid, texts };
  } catch (error) {
    if ((error as { caller?: string }).caller?.startsWith('git.') === true) return undefined;
    throw error;
  }
}
