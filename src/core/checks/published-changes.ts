// Rules that compare with an earlier state: a published version never changes. DESIGN section 3: the one
// exception is a redaction that is recorded and keeps the manifest, and therefore the digest.

import { MANIFEST_FILE } from '../records/manifest.ts';
import type { Rule } from './rule.ts';
import type { FrozenChange } from './subjects.ts';

type ChangeRule = Rule<FrozenChange>;

const WORDS = {
  added: 'was added to',
  removed: 'was removed from',
  changed: 'was changed in',
  replaced: 'was replaced by a link in',
} as const;

function isRedacted({ redactionDigest, digest }: FrozenChange): boolean {
  return digest !== undefined && redactionDigest === digest;
}

/** Published versions stay. */
export const VERSION_REMOVED: ChangeRule = {
  id: 'published-version-removed',
  severity: 'error',
  title: 'A published version stays',
  explanation: 'A version that was published is never removed; a withdrawn one stays as it is.',
  hint: 'Restore the folder, and record a withdrawal in status.json if the version must not be used.',
  alwaysStrict: true,
  *check({ folder, version, gone }) {
    if (gone) yield { path: folder, message: `The published version ${version} was removed.` };
  },
};

/** Published versions do not change. */
export const VERSION_CHANGED: ChangeRule = {
  id: 'published-version-changed',
  severity: 'error',
  title: 'A published version never changes',
  explanation:
    'No file of a published version is changed, added or removed, unless a redaction in status.json records it and keeps the digest.',
  hint: 'Restore the version as it was, and publish a new one with the change.',
  alwaysStrict: true,
  *check(change) {
    if (change.gone) return;
    for (const { path, change: what } of change.changes) {
      const file = path.slice(path.lastIndexOf('/') + 1);
      const mayDiffer = what === 'changed' || what === 'removed';
      if (isRedacted(change) && mayDiffer && file !== MANIFEST_FILE) continue;
      yield { path, message: `The file ${WORDS[what]} the published version ${change.version}.` };
    }
  },
};

/** The rules that need a state to compare with. */
export const CHANGE_RULES: readonly ChangeRule[] = [VERSION_REMOVED, VERSION_CHANGED];
