// A query whose words no text has, with the words that were most likely meant.

import { withPartAs } from './edit-query.ts';
import type { QueryTerm } from './query.ts';

export interface CorrectedQuery {
  text: string;
  /** The words that took the place of others. */
  words: string[];
  /** The text that searches for what was typed, and nothing near to it. */
  literal: string;
}

/**
 * The text with each word that no text has replaced by the nearest one; undefined if one of them has none, or
 * if it is in quotes, and so meant as it is.
 */
export function correctedQuery(
  text: string,
  unknown: ReadonlyMap<QueryTerm, readonly string[]>,
  nearest: ReadonlyMap<string, readonly string[]>,
): CorrectedQuery | undefined {
  // From the last one backwards, so that earlier positions stay right.
  const terms = [...unknown].sort(([a], [b]) => b.start - a.start);
  if (terms.length === 0) return undefined;
  const corrected: CorrectedQuery = { text, words: [], literal: text };
  for (const [term, absent] of terms) {
    const [word = ''] = absent;
    const [instead] = nearest.get(word) ?? [];
    if (instead === undefined || absent.length > 1 || term.isPhrase || term.isExcluded)
      return undefined;
    corrected.text = withPartAs(corrected.text, term, instead);
    corrected.literal = withPartAs(corrected.literal, term, `"${term.text}"`);
    corrected.words.unshift(instead);
  }
  return corrected;
}
