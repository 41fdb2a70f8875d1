// From a term to lookups in the texts, and back to rows. Words are looked up in their index. Whether words
// follow each other only the full text knows, which is an argument: in the browser it is Pagefind, in a test
// or on a server it may be anything.

import { readingsOf } from '../text/fold.ts';
import { labelWords } from './label-words.ts';
import type { QueryTerm } from './query.ts';
import { intersect, type TermMatch, type TermMatches } from './run-search.ts';
import type { WordIndex } from './word-index.ts';

/** Finds the rows in which some words follow each other; the last may be the beginning of one. */
export type PhraseSearcher = (words: readonly string[]) => Promise<ReadonlySet<number>>;

// `sub-M12_ses-2020`, `LC10a_fly0`: the parts of such labels are in different parts of the text.
const LABEL = /^(?:sub|ses)-|_/i;

// Prefixes of identifiers, which texts may not have: `https://orcid.org/0000-…`.
const RESOLVER =
  /^(?:https?:\/\/)?(?:(?:dx\.|www\.)?doi\.org|orcid\.org|ror\.org|purl\.obolibrary\.org\/obo)\/|^doi:/i;

interface Reading {
  words: string[];
  /** Whether the words must follow each other. */
  isPhrase: boolean;
}

/** What a term can mean: words that must all occur, perhaps adjacent. */
export function readings({
  text: typed,
  isPhrase,
}: Pick<QueryTerm, 'text' | 'isPhrase'>): Reading[] {
  const text = typed.replace(RESOLVER, '');
  if (!isPhrase && LABEL.test(text)) {
    const parts = text.split('_').map((part) => part.replace(/^(?:sub|ses)-/i, ''));
    const words = parts.flatMap(labelWords);
    if (words.length > 0) return [{ words, isPhrase: false }];
  }
  return readingsOf(text).map((words) => ({ words, isPhrase: words.length > 1 }));
}

/** The words that a term searches for. */
export function wordsOfTerm(term: Pick<QueryTerm, 'text' | 'isPhrase'>): string[] {
  return [...new Set(readings(term).flatMap(({ words }) => words))];
}

/**
 * Terms without phrases, for where the full text is not available: they find all that the phrases find, and
 * texts that have the words apart.
 */
export function looseTerms(terms: readonly QueryTerm[]): QueryTerm[] {
  return terms.flatMap((term) => {
    const [first] = readings(term);
    if (first?.isPhrase !== true) return [term];
    // Excluding all that have the words apart would lose some that belong to the result.
    if (term.isExcluded) return [];
    return first.words.map((text) => ({ ...term, text, isPhrase: false }));
  });
}

/** The words of a term that no text has, not even as the beginning of a word. */
export function unknownWords(
  term: Pick<QueryTerm, 'text' | 'isPhrase'>,
  index: WordIndex,
): string[] {
  const perReading = readings(term).map(({ words }) => words.filter((word) => !index.has(word)));
  const [fewest = []] = perReading.sort((a, b) => a.length - b.length);
  return [...new Set(fewest)];
}

/** The rows whose text has a term, from an index whose parts for it were read. */
export async function matchTerm(
  term: Pick<QueryTerm, 'text' | 'isPhrase'>,
  index: WordIndex,
  searchPhrase: PhraseSearcher,
): Promise<TermMatches> {
  const found = new Map<number, TermMatch>();
  for (const { words, isPhrase } of readings(term)) {
    const matches = intersect(words.map((word) => index.rowsOf(word)));
    const together = isPhrase && matches.size > 0 ? await searchPhrase(words) : undefined;
    for (const [row, match] of matches) {
      if (together?.has(row) === false) continue;
      if ((found.get(row)?.weight ?? 0) < match.weight) found.set(row, match);
    }
  }
  return found;
}
