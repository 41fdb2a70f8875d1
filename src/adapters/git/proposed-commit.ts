// The commit of a contribution, written by isomorphic-git before anything is sent: its id is known in
// advance, and the receiving side has to arrive at the same one.

import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { init, writeBlob, writeObject, writeTree } from 'isomorphic-git';
import type { BaseTrees, TreeEntry } from './base-trees.ts';
import type { CommitAuthor } from './records-repository.ts';

/** A commit to be written on top of another. */
export interface CommitProposal {
  /** The commit it builds on. */
  base: string;
  message: string;
  author: CommitAuthor;
  /** When; with a resolution of one second. */
  time: Date;
  /** Paths relative to the repository; a text of null removes the file. */
  files: readonly { path: string; text: string | null }[];
}

/** A commit that was written, and its contents. */
export interface WrittenCommit extends Pick<
  CommitProposal,
  'base' | 'message' | 'author' | 'time'
> {
  id: string;
  tree: string;
  /** The tree of the commit it builds on: the same one if nothing changes. */
  baseTree: string;
  /** Those of the paths that differ from the base. */
  changed: ReadonlySet<string>;
}

/** The new state of a path: the id of a text, or null if the file is removed. */
type Changes = ReadonlyMap<string, string | null>;

/** The proposal as every git stores it: whole seconds, no carriage returns, no white space at the ends. */
function kept({ base, message, author, time }: CommitProposal): Omit<CommitProposal, 'files'> {
  const plain = (text: string): string => text.replace(/[<>\r\n]/g, '').trim();
  return {
    base,
    message: message.replaceAll('\r', '').replace(/^\n+/, '').trimEnd(),
    author: { name: plain(author.name), email: plain(author.email) },
    time: new Date(Math.floor(time.getTime() / 1000) * 1000),
  };
}

type KeptProposal = ReturnType<typeof kept>;

/** A commit object. Its message ends without a line break, as forges store one that is sent to them. */
function commitText({ base, message, author, time }: KeptProposal, tree: string): string {
  const person = `${author.name} <${author.email}> ${time.getTime() / 1000} +0000`;
  const head = [`tree ${tree}`, `parent ${base}`, `author ${person}`, `committer ${person}`];
  return `${head.join('\n')}\n\n${message}`;
}

/** Writes objects into a repository of its own. */
class CommitWriter {
  private readonly trees: BaseTrees;
  private readonly gitdir: string;
  readonly changed = new Set<string>();

  constructor(trees: BaseTrees, gitdir: string) {
    this.trees = trees;
    this.gitdir = gitdir;
  }

  async write(order: CommitProposal, baseTree: string): Promise<WrittenCommit> {
    const { fs: files, gitdir } = this.place;
    await init({ fs: files, gitdir, bare: true });
    const changes = new Map<string, string | null>();
    for (const { path: name, text } of order.files) {
      const blob = text === null ? null : Buffer.from(text);
      changes.set(name, blob && (await writeBlob({ ...this.place, blob })));
    }
    const tree =
      (await this.changedTree(baseTree, changes, '')) ??
      (await writeTree({ ...this.place, tree: [] }));
    const proposal = kept(order);
    const object = Buffer.from(commitText(proposal, tree));
    const id = await writeObject({ ...this.place, type: 'commit', format: 'content', object });
    return { ...proposal, id, tree, baseTree, changed: this.changed };
  }

  private get place(): { fs: typeof fs; gitdir: string } {
    return { fs, gitdir: this.gitdir };
  }

  /** A tree with paths below it changed; undefined if nothing is left of it. */
  private async changedTree(
    before: string | undefined,
    changes: Changes,
    above: string,
  ): Promise<string | undefined> {
    const old = before === undefined ? [] : await this.trees.entries(before);
    const entries = new Map(old.map((entry) => [entry.name, entry]));
    for (const [name, inner] of byFirstPart(changes)) {
      const entry = await this.changedEntry(entries.get(name), name, inner, above);
      if (entry === undefined) entries.delete(name);
      else entries.set(name, entry);
    }
    if (entries.size === 0) return undefined;
    const tree = [...entries.values()].map(({ mode, name, id, type }) => {
      return { mode, path: name, oid: id, type };
    });
    return writeTree({ ...this.place, tree });
  }

  private async changedEntry(
    before: TreeEntry | undefined,
    name: string,
    changes: Changes,
    above: string,
  ): Promise<TreeEntry | undefined> {
    const id = changes.get('');
    if (id === undefined) {
      const tree = before?.type === 'tree' ? before.id : undefined;
      const made = await this.changedTree(tree, changes, `${above}${name}/`);
      return made === undefined ? undefined : { mode: '040000', name, id: made, type: 'tree' };
    }
    const mode = '100644';
    if (id !== (before?.id ?? null) || (id !== null && before?.mode !== mode))
      this.changed.add(above + name);
    return id === null ? undefined : { mode, name, id, type: 'blob' };
  }
}

/** Changes by the first part of their paths, with the rest of the paths inside; '' is the part itself. */
function byFirstPart(changes: Changes): Map<string, Map<string, string | null>> {
  const parts = new Map<string, Map<string, string | null>>();
  for (const [name, id] of changes) {
    const [first = '', ...rest] = name.split('/');
    const inner = parts.get(first) ?? new Map<string, string | null>();
    parts.set(first, inner.set(rest.join('/'), id));
  }
  return parts;
}

/**
 * Writes the commit of a proposal; undefined if the base is not among the trees. The objects are not stored:
 * the receiving side recreates them, with the same ids.
 */
export async function writeProposedCommit(
  trees: BaseTrees,
  order: CommitProposal,
): Promise<WrittenCommit | undefined> {
  const baseTree = await trees.treeOf(order.base);
  if (baseTree === undefined) return undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dandiset-commit-'));
  try {
    return await new CommitWriter(trees, folder).write(order, baseTree);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
