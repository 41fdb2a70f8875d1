// Codes of DANDI's schema, `dcite:IsDescribedBy`, without their scheme and as words.

import { shownLine } from '../text/shown-text.ts';

/** The code without the name of its scheme, fit to be shown: `IsDescribedBy`; empty for none. */
export function bareCode(code: string | undefined): string {
  return shownLine((code ?? '').replace(/^(?:dcite|dandi):/, ''), 60);
}

/** A bare code in words: `is described by`. */
export function codeWords(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
