// A contributor's clone of the archive, read by isomorphic-git: contributors need no git program.

import fs from 'node:fs';
import path from 'node:path';
import {
  findMergeBase,
  findRoot,
  getConfig,
  readBlob,
  readCommit,
  readTree,
  resolveRef,
} from 'isomorphic-git';
import { ArchiveError } from '../../core/error.ts';
import type { BaseTrees, TreeEntry } from './base-trees.ts';

/** A commit of the archive, and the files of a folder at it. */
export interface DraftBase {
  commit: string;
  /** By path below the content folder. */
  texts: Map<string, string>;
}

/** Where to look for a draft: at a commit, or else where the clone and a branch last agreed. */
export interface DraftPlace {
  commit?: string | undefined;
  /** The branch of the archive as the clone knows it, `origin/main`. */
  branch: string;
}

/**
 * The result of isomorphic-git; undefined if the requested object does not exist.
 *
 * @throws ArchiveError `git-failed` if it cannot be read.
 */
async function ifThere<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  return answer.catch((cause: unknown) => {
    if ((cause as { code?: unknown }).code === 'NotFoundError') return undefined;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ArchiveError('git-failed', `The clone cannot be read: ${why}`, {
      hint: 'Make a new one with git clone; a shallow one (--depth 1) is enough.',
      cause,
    });
  });
}

/** The text of one of git's small files; undefined if it does not exist. */
function lineOf(file: string): string | undefined {
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  return fs.readFileSync(file, 'utf8').trim();
}

/** Git's folder of a working copy. In one created by `git worktree`, `.git` is a file that names it. */
function gitFolderOf(top: string): string {
  const place = path.join(top, '.git');
  const named = lineOf(place)?.replace(/^gitdir: /, '');
  return named === undefined ? place : path.resolve(top, named);
}

/** A clone whose objects and branches can be read. */
export class ContributorClone implements BaseTrees {
  /** The name that messages use for it. */
  readonly name: string;
  /** The content folder from the top of the clone, `content`. */
  private readonly inside: string;
  /** Where HEAD is. */
  private readonly own: string;
  /** Where branches and objects are, which worktrees share. */
  private readonly gitdir: string;
  /** Shared by all reads, so that the packs are searched once. */
  private readonly cache = {};

  constructor(top: string, content: string) {
    this.name = top;
    this.inside = path.relative(top, content).split(path.sep).join('/');
    this.own = gitFolderOf(top);
    this.gitdir = path.resolve(this.own, lineOf(path.join(this.own, 'commondir')) ?? '.');
  }

  private get place(): { fs: typeof fs; gitdir: string; cache: object } {
    return { fs, gitdir: this.gitdir, cache: this.cache };
  }

  /** Refuses repository formats that isomorphic-git would take for an empty repository. */
  async requireReadable(): Promise<void> {
    for (const [setting, known] of [
      ['objectformat', 'sha1'],
      ['refstorage', 'files'],
    ] as const) {
      const found: unknown = await getConfig({ ...this.place, path: `extensions.${setting}` });
      if (found === undefined || found === known) continue;
      throw new ArchiveError(
        'git-failed',
        `The clone in ${this.name} has the ${setting} ${String(found)}, which cannot be read here.`,
        { hint: `Clone the archive with ${setting} ${known}.` },
      );
    }
  }

  async treeOf(commit: string): Promise<string | undefined> {
    return (await ifThere(readCommit({ ...this.place, oid: commit })))?.commit.tree;
  }

  async entries(tree: string): Promise<TreeEntry[]> {
    const found = await this.need(readTree({ ...this.place, oid: tree }));
    return found.tree.map(({ mode, path: name, oid: id, type }) => ({ mode, name, id, type }));
  }

  /**
   * The state of a draft's folder that a change of it started from. Undefined if the clone has no such branch
   * or commit.
   *
   * @throws ArchiveError `git-failed` if the clone and the branch have no common commit here, or an object is
   * missing.
   */
  async draftBase(folder: string, { commit, branch }: DraftPlace): Promise<DraftBase | undefined> {
    const found = commit ?? (await this.newestShared(branch));
    const root = found === undefined ? undefined : await this.treeOf(found);
    if (found === undefined || root === undefined) return undefined;
    const texts = new Map<string, string>();
    const tree = await this.treeBelow(root, `${this.inside}/${folder}`);
    // The folder may be new: then the commit is known and the folder is empty.
    if (tree !== undefined) await this.readTexts(tree, folder, texts);
    return { commit: found, texts };
  }

  private async treeBelow(root: string, folder: string): Promise<string | undefined> {
    let tree = root;
    for (const part of folder.split('/').filter((name) => name !== '')) {
      const inner = (await this.entries(tree)).find(({ name }) => name === part);
      if (inner?.type !== 'tree') return undefined;
      tree = inner.id;
    }
    return tree;
  }

  private async readTexts(tree: string, folder: string, texts: Map<string, string>): Promise<void> {
    for (const { name, id, type } of await this.entries(tree)) {
      const inner = `${folder}/${name}`;
      if (type === 'tree') await this.readTexts(id, inner, texts);
      if (type !== 'blob') continue;
      const { blob } = await this.need(readBlob({ ...this.place, oid: id }));
      texts.set(inner, Buffer.from(blob).toString());
    }
  }

  private async head(): Promise<string> {
    const ref = await resolveRef({ fs, gitdir: this.own, ref: 'HEAD', depth: 2 });
    return ref.startsWith('refs/') ? resolveRef({ ...this.place, ref }) : ref;
  }

  private async newestShared(branch: string): Promise<string | undefined> {
    const own = await ifThere(this.head());
    const other = await ifThere(resolveRef({ ...this.place, ref: branch }));
    if (own === undefined || other === undefined) return undefined;
    // Its result has no type of its own.
    const shared = this.need(findMergeBase({ ...this.place, oids: [own, other] }));
    const [found] = (await shared) as string[];
    if (found !== undefined) return found;
    throw new ArchiveError(
      'git-failed',
      `The clone in ${this.name} shares no commit with ${branch}.`,
      {
        hint: 'If it is shallow, fetch the rest of its history: git fetch --unshallow.',
      },
    );
  }

  /** Error codes of isomorphic-git about objects that a complete clone has. */
  private async need<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const found = await ifThere(answer);
    if (found !== undefined) return found;
    throw new ArchiveError(
      'git-failed',
      `The clone in ${this.name} lacks objects of its commits.`,
      {
        hint: 'It may be a partial clone, or one that borrows from another: use a whole clone. Nothing is fetched from here.',
      },
    );
  }
}

/**
 * Opens the clone that contains a content folder; undefined if there is none.
 *
 * @throws ArchiveError `git-failed` for a repository format that cannot be read.
 */
export async function contributorClone(content: string): Promise<ContributorClone | undefined> {
  const folder = fs.realpathSync(content);
  const top = await ifThere(findRoot({ fs, filepath: folder }));
  if (top === undefined) return undefined;
  const clone = new ContributorClone(top, folder);
  await clone.requireReadable();
  return clone;
}
