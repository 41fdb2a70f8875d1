// A merge for tests that need no git: only these changes.

import type { CommitChanges } from '../../../src/adapters/git/commit-changes.ts';
import type { GitFile } from '../../../src/core/submission/pull-request.ts';
import type { TestArchive } from '../broken/test-archive.ts';

/** A plain merge without conflicts that changes this. */
export function mergeOf(changes: CommitChanges['changes']): CommitChanges {
  return {
    base: 'b'.repeat(40),
    head: 'e'.repeat(40),
    tree: '7'.repeat(40),
    isRelated: true,
    isTooLarge: false,
    history: 'plain',
    conflicts: [],
    changes,
  };
}

/** A plain merge that makes one archive of another; the text of a file is its id. */
export function mergeBetween(before: TestArchive, after: TestArchive): CommitChanges {
  const paths = new Set([...Object.keys(before.files), ...Object.keys(after.files)]);
  const file = (archive: TestArchive, path: string): GitFile | undefined =>
    path in archive.files ? { mode: '100644', id: archive.text(path) } : undefined;
  return mergeOf(
    [...paths].flatMap((path) => {
      const [old, now] = [file(before, path), file(after, path)];
      if (old?.id === now?.id) return [];
      return [{ path: `content/${path}`, ...(old && { before: old }), ...(now && { after: now }) }];
    }),
  );
}
