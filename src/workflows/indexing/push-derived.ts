// Pushes what was read from the bytes: derived.json of each Dandiset, in one commit on the newest state of the branch.

import { readText } from '../../adapters/content-files/content-tree.ts';
import type { CommitAuthor, RecordsRepository } from '../../adapters/git/records-repository.ts';
import { ArchiveError } from '../../core/error.ts';
import { withRecordings } from '../../core/records/derived.ts';

/** The path of a derived.json below the content folder, and the list that it is to name. */
export type NewRecordings = ReadonlyMap<string, string>;

const MOST_TRIES = 20;
const LONGEST_PAUSE_MS = 2000;

/**
 * Commits and pushes, again if somebody else has pushed meanwhile. Returns the commit; undefined if the branch has
 * these lists already.
 *
 * @throws ArchiveError `git-failed`
 */
export async function pushDerived(
  recordings: NewRecordings,
  repository: RecordsRepository,
  author: CommitAuthor,
): Promise<string | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const commit = await repository.fetch();
    const tree = await repository.contentAt(commit);
    const changes: { path: string; bytes: Uint8Array }[] = [];
    try {
      for (const [path, sha256] of recordings) {
        const before = await readText(tree, path);
        const after = withRecordings(before, sha256);
        if (after !== before) changes.push({ path, bytes: new TextEncoder().encode(after) });
      }
    } finally {
      tree.close();
    }
    if (changes.length === 0) return undefined;
    const order = { message: 'List what files recorded', author, time: new Date(), changes };
    const [to = commit] = await repository.commit(commit, [order]);
    if ((await repository.push({ from: commit, to, tags: new Map() })) === 'pushed') return to;
    const pause = Math.random() * Math.min(LONGEST_PAUSE_MS, 50 * 2 ** tries);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new ArchiveError('git-failed', 'The branch has changed at each try; run this again.');
}
