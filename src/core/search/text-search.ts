// From a term to what the full text is asked, and back to rows. The full text itself is an
// argument: in the browser it is Pagefind, in a test or on a server it may be anything.

import { readingsOf } from './fold.ts';
import { labelWords } from './label-words.ts';
import type { Term } from './query.ts';
import type { TermMatches } from './run-search.ts';
import type { WordList } from './word-list.ts';

/** Words that must follow each other in the text; the last may be the beginning of one. */
export type Sequence = readonly string[];

/** Finds rows with a weight, for one word or several that follow each other. */
export type TextSearcher = (sequence: Sequence) => Promise<TermMatches>;

// `sub-M12_ses-2020`, `LC10a_fly0`: the parts of such labels stand in different places of the text.
const LABEL = /^(?:sub|ses)-|_/i;

function labelSequences(typed: string): Sequence[] {
  if (/\s/.test(typed) || !LABEL.test(typed)) return [];
  const parts = typed.split('_').map((part) => part.replace(/^(?:sub|ses)-/i, ''));
  return parts.flatMap((part) => labelWords(part).map((word) => [word]));
}

/** What a term asks for: alternatives, of which each is a list of sequences that all must occur. */
export function sequences({ text, isPhrase }: Pick<Term, 'text' | 'isPhrase'>): Sequence[][] {
  const label = isPhrase ? [] : labelSequences(text);
  const given = label.length > 0 ? [label] : readingsOf(text).map((words) => [words]);
  return given.map((all) => all.filter((words) => words.length > 0));
}

/** The words of a term that no text has, not even as the beginning of a word. */
export function unknownWords(term: Pick<Term, 'text' | 'isPhrase'>, words: WordList): string[] {
  const perReading = sequences(term).map((all) => all.flat().filter((word) => !words.has(word)));
  const [fewest = []] = perReading.sort((a, b) => a.length - b.length);
  return [...new Set(fewest)];
}

function intersect(all: readonly TermMatches[]): TermMatches {
  const [first = new Map<number, number>(), ...others] = all;
  const found = new Map<number, number>();
  for (const [row, weight] of first) {
    if (others.every((one) => one.has(row)))
      found.set(row, weight + others.reduce((sum, one) => sum + (one.get(row) ?? 0), 0));
  }
  return found;
}

/** The rows whose text holds a term. A word that no text has finds nothing, however it ends. */
export async function matchTerm(
  term: Pick<Term, 'text' | 'isPhrase'>,
  words: WordList,
  search: TextSearcher,
): Promise<TermMatches> {
  const found = new Map<number, number>();
  for (const alternative of sequences(term)) {
    if (!alternative.flat().every((word) => words.has(word))) continue;
    const matches = intersect(await Promise.all(alternative.map(search)));
    for (const [row, weight] of matches) found.set(row, Math.max(found.get(row) ?? 0, weight));
  }
  return found;
}
