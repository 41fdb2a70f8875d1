// A merge for tests that need no git: these changes and nothing else about it.

import type { CommitChanges } from '../adapters/git/commit-changes.ts';

/** A plain merge without conflicts that changes this. */
export function mergeOf(
  changes: CommitChanges['changes'],
  more: Partial<CommitChanges> = {},
): CommitChanges {
  return {
    base: 'b'.repeat(40),
    head: 'e'.repeat(40),
    tree: '7'.repeat(40),
    isRelated: true,
    isTooLarge: false,
    history: 'plain',
    conflicts: [],
    changes,
    ...more,
  };
}
