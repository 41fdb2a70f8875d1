// Terms of the archive's vocabularies that match what was typed.

import { foldText } from '../text/fold.ts';
import type { Term } from '../vocabulary/vocabulary.ts';

/** A suggested term, and the spelling by which it was found if that is not one of its names. */
export interface TermSuggestion {
  term: Term;
  found?: string;
}

/** How well a spelling matches what was typed: 0 begins with it, 1 a word of it does, else none. */
function rank(spelling: string, typed: string): number | undefined {
  const text = foldText(spelling).trim();
  if (text.startsWith(typed)) return 0;
  return text.includes(` ${typed}`) ? 1 : undefined;
}

/** Terms by any of their spellings, the best first; none if nothing was typed. */
export function suggestTerms(terms: readonly Term[], typed: string, most = 8): TermSuggestion[] {
  const key = foldText(typed.slice(0, 200)).trim();
  if (key === '') return [];
  const found: { suggestion: TermSuggestion; rank: number }[] = [];
  for (const term of terms) {
    let best: { suggestion: TermSuggestion; rank: number } | undefined;
    const names = [term.name, term.commonName, term.identifier];
    for (const spelling of [...names, ...term.synonyms]) {
      const good = spelling === undefined ? undefined : rank(spelling, key);
      if (spelling === undefined || good === undefined) continue;
      if (best !== undefined && best.rank <= good) continue;
      const suggestion = names.includes(spelling) ? { term } : { term, found: spelling };
      best = { suggestion, rank: good };
    }
    if (best !== undefined) found.push(best);
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ suggestion }) => suggestion);
}
