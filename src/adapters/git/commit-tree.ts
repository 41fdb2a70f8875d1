// The content tree of a commit, read by the system's git: what a pull request is compared with.

import { ArchiveError } from '../../core/error.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import type { ContentEntry, ContentTree } from '../content-files/content-tree.ts';
import { ObjectReader } from './object-reader.ts';
import { gitResult, runGit } from './run-git.ts';

/** A content tree that keeps a process running until it is closed. */
export interface CommitTree extends ContentTree {
  close(): void;
}

const REGULAR = new Set(['100644', '100755', '100664']);

interface CommitEntry extends ContentEntry {
  id: string;
}

function checkedRef(ref: string): string {
  if (ref === '' || ref.startsWith('-') || /[\u0000-\u0020\u007f:]/.test(ref)) {
    throw new ArchiveError('usage', `"${ref}" cannot be the name of a commit.`, {
      hint: 'Name a branch, a tag or a commit, such as origin/main.',
    });
  }
  return ref;
}

/** The commit that a ref names. */
export async function resolveCommit(folder: string, ref: string): Promise<string> {
  const args = [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${checkedRef(ref)}^{commit}`,
  ];
  try {
    return (await runGit(folder, args)).toString('latin1').trim();
  } catch (error) {
    const shallow = (await runGit(folder, ['rev-parse', '--is-shallow-repository'])).toString();
    const fetch = `git fetch origin ${ref.replace(/^origin\//, '')}`;
    throw new ArchiveError('git-failed', `The repository of ${folder} knows no commit "${ref}".`, {
      hint:
        shallow.trim() === 'true'
          ? 'The clone is shallow: git fetch --unshallow, or fetch-depth: 0 in a workflow.'
          : `Fetch it first, for instance: ${fetch}`,
      cause: error,
    });
  }
}

/** Where the folder is in its repository: `content/`, or nothing for the top. */
export async function placeInRepository(folder: string): Promise<string> {
  const { code, stdout } = await gitResult(folder, ['rev-parse', '--show-prefix']);
  if (code === 0) return stdout.toString('utf8').replace(/\n$/, '');
  throw new ArchiveError('git-failed', `${folder} does not lie in a git repository.`, {
    hint: 'Run check with --base inside a clone of the archive.',
  });
}

function toEntries(listing: Buffer): CommitEntry[] {
  return listing
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', , id = '', size = '0'] = line.slice(0, tab).split(/ +/);
      const kind = REGULAR.has(mode) ? 'file' : 'other';
      return { path: line.slice(tab + 1), kind, size: kind === 'file' ? Number(size) : 0, id };
    });
}

/**
 * The tree of files that a folder of a working copy had at a commit; empty if it did not exist.
 *
 * @throws ArchiveError `git-failed` if there is no repository or no such commit, `usage` for a text that
 * cannot name one.
 */
export async function commitTree(folder: string, ref: string): Promise<CommitTree> {
  const prefix = await placeInRepository(folder);
  const commit = await resolveCommit(folder, ref);
  return treeOfCommit(folder, commit, prefix.replace(/\/$/, ''), `${ref}:${prefix}`);
}

/** The tree of a folder (given from the top of the repository) at a commit that is known to exist. */
export async function treeOfCommit(
  repository: string,
  commit: string,
  inside: string,
  name = `${commit}:${inside}`,
): Promise<CommitTree> {
  const root = `${commit}:${inside}`;
  const there = await runGit(repository, ['rev-parse', '--verify', '--quiet', root]).catch(
    () => undefined,
  );
  const list = ['ls-tree', '-r', '-z', '-l', '--full-tree'];
  const listing =
    there === undefined
      ? Buffer.alloc(0)
      : await runGit(repository, [...list, there.toString().trim()]);
  const entries = toEntries(listing).sort((a, b) => compareUtf8(a.path, b.path));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const objects = new ObjectReader(repository);
  return {
    name,
    async list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      return entries
        .filter(({ path }) => path.startsWith(start))
        .map(({ path, kind, size }) => ({ path, kind, size }));
    },
    async read(path) {
      const entry = byPath.get(path);
      return entry?.kind === 'file' ? objects.read(entry.id) : undefined;
    },
    close: () => objects.close(),
  };
}
