// From a term to what the texts are asked, and back to rows. Words are looked up in their index.
// Whether words follow each other only the full text knows, which is an argument: in the browser it
// is Pagefind, in a test or on a server it may be anything.

import { readingsOf } from './fold.ts';
import { labelWords } from './label-words.ts';
import type { Term } from './query.ts';
import type { TermMatches } from './run-search.ts';
import type { WordIndex } from './word-index.ts';

/** Finds the rows in which some words follow each other; the last may be the beginning of one. */
export type PhraseSearcher = (words: readonly string[]) => Promise<ReadonlySet<number>>;

// `sub-M12_ses-2020`, `LC10a_fly0`: the parts of such labels stand in different places of the text.
const LABEL = /^(?:sub|ses)-|_/i;

interface Reading {
  words: string[];
  /** Whether the words must follow each other. */
  isPhrase: boolean;
}

/** What a term can mean: words that must all occur, perhaps one behind the other. */
export function readings({ text, isPhrase }: Pick<Term, 'text' | 'isPhrase'>): Reading[] {
  if (!isPhrase && LABEL.test(text)) {
    const parts = text.split('_').map((part) => part.replace(/^(?:sub|ses)-/i, ''));
    const words = parts.flatMap(labelWords);
    if (words.length > 0) return [{ words, isPhrase: false }];
  }
  return readingsOf(text).map((words) => ({ words, isPhrase: words.length > 1 }));
}

/** The words that a term looks for. */
export function wordsOfTerm(term: Pick<Term, 'text' | 'isPhrase'>): string[] {
  return [...new Set(readings(term).flatMap(({ words }) => words))];
}

/**
 * Terms without phrases, for where the full text is not at hand: they find all that the phrases
 * find, and texts that have the words apart.
 */
export function looseTerms(terms: readonly Term[]): Term[] {
  return terms.flatMap((term) => {
    const [first] = readings(term);
    if (first?.isPhrase !== true) return [term];
    // To leave out all that have the words apart would lose some that belong to the result.
    if (term.isExcluded) return [];
    return first.words.map((text) => ({ ...term, text, isPhrase: false }));
  });
}

/** The words of a term that no text has, not even as the beginning of a word. */
export function unknownWords(term: Pick<Term, 'text' | 'isPhrase'>, index: WordIndex): string[] {
  const perReading = readings(term).map(({ words }) => words.filter((word) => !index.has(word)));
  const [fewest = []] = perReading.sort((a, b) => a.length - b.length);
  return [...new Set(fewest)];
}

function intersect(all: readonly TermMatches[]): Map<number, number> {
  const [first = new Map<number, number>(), ...others] = all;
  const found = new Map<number, number>();
  for (const [row, weight] of first) {
    if (others.every((one) => one.has(row)))
      found.set(row, weight + others.reduce((sum, one) => sum + (one.get(row) ?? 0), 0));
  }
  return found;
}

/** The rows whose text has a term, from an index whose parts for it were read. */
export async function matchTerm(
  term: Pick<Term, 'text' | 'isPhrase'>,
  index: WordIndex,
  searchPhrase: PhraseSearcher,
): Promise<TermMatches> {
  const found = new Map<number, number>();
  for (const { words, isPhrase } of readings(term)) {
    const matches = intersect(words.map((word) => index.rowsOf(word)));
    const together = isPhrase && matches.size > 0 ? await searchPhrase(words) : undefined;
    for (const [row, weight] of matches) {
      if (together?.has(row) === false) continue;
      found.set(row, Math.max(found.get(row) ?? 0, weight));
    }
  }
  return found;
}
