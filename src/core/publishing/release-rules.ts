// What prevents a publication, beyond the rules of the check: these rules run only where publication is
// requested, since they need the previous version and the stored bytes.

import type { RuleWords } from '../checks/rule.ts';

/** Something is new. */
export const RELEASE_UNCHANGED: RuleWords = {
  id: 'release-unchanged',
  severity: 'error',
  title: 'A new version says something new',
  explanation: 'Neither metadata nor files differ from the newest published version.',
  hint: 'Change the draft first, or take release.json away.',
};

/** The bytes are where the list says. */
export const RELEASE_BYTES: RuleWords = {
  id: 'release-bytes',
  severity: 'error',
  title: 'Files answer with their recorded size',
  explanation:
    'Each new file of a version is asked for at its public address, and has the size, and where the store tells one, the ETag that the list records.',
  hint: 'Upload the file, or take its size and digests again.',
};

/** The rules of a publication. */
export const RELEASE_RULES: readonly RuleWords[] = [RELEASE_UNCHANGED, RELEASE_BYTES];
