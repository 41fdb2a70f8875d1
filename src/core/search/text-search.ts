// From a term to lookups in the texts, and back to rows. Words are looked up in their index. Whether words
// follow each other only the full text knows, which is an argument: in the browser it is Pagefind, in a test
// or on a server it may be anything.

import { parseDoi } from '../identifiers/doi.ts';
import { foldedWords, readingsOf } from '../text/fold.ts';
import { labelWords } from './label-words.ts';
import type { QueryTerm } from './query.ts';
import { intersect, type TermMatch, type TermMatches } from './run-search.ts';
import { namesInQuery, type NameInQuery, type SynonymNames } from './synonyms.ts';
import type { WordIndex } from './word-index.ts';

/** Finds the rows in which some words follow each other; the last may be the beginning of one. */
export type PhraseSearcher = (words: readonly string[]) => Promise<ReadonlySet<number>>;

// `sub-M12_ses-2020`, `LC10a_fly0`: the parts of such labels are in different parts of the text.
const LABEL = /^(?:sub|ses)-|_/i;

// Prefixes of identifiers, which texts may not have: `https://orcid.org/0000-…`.
const RESOLVER = /^(?:https?:\/\/)?(?:orcid\.org|ror\.org|purl\.obolibrary\.org\/obo)\//i;

const ORCID = /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/i;

/** The word that an ORCID is found by: its four groups of digits mean nothing apart. */
export function orcidWord(orcid: string): string {
  return foldedWords(orcid).join('');
}

interface Reading {
  words: string[];
  /** Whether the words must follow each other. */
  isPhrase: boolean;
}

// `c-Fos`, `O'Connor`: also written as one word.
const COMPOUND = /^[\p{L}\p{N}]+(?:[-‐‑'’][\p{L}\p{N}]+){1,2}$/u;

/** What a term can mean: words that must all occur, perhaps adjacent. */
export function readings({
  text: typed,
  isPhrase,
}: Pick<QueryTerm, 'text' | 'isPhrase'>): Reading[] {
  const text = parseDoi(typed) ?? typed.replace(RESOLVER, '');
  if (ORCID.test(text.replace(/\/$/, ''))) return [{ words: [orcidWord(text)], isPhrase: false }];
  if (!isPhrase && LABEL.test(text)) {
    const parts = text.split('_').map((part) => part.replace(/^(?:sub|ses)-/i, ''));
    const words = parts.flatMap(labelWords);
    if (words.length > 0) return [{ words, isPhrase: false }];
  }
  const all = readingsOf(text).map((words) => ({ words, isPhrase: words.length > 1 }));
  const [first] = all;
  if (first !== undefined && !isPhrase && COMPOUND.test(text))
    all.push({ words: [first.words.join('')], isPhrase: false });
  return all;
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

/**
 * The words of a term that no text has, not even as the beginning of a word. A name that texts are found by
 * is known.
 */
export function unknownWords(
  term: Pick<QueryTerm, 'text' | 'isPhrase'>,
  index: WordIndex,
  named: readonly NameInQuery[] = [],
): string[] {
  if (named.length > 0) return [];
  const perReading = readings(term).map(({ words }) => words.filter((word) => !index.has(word)));
  const [fewest = []] = perReading.sort((a, b) => a.length - b.length);
  return [...new Set(fewest)];
}

function addMatch(found: Map<number, TermMatch>, row: number, match: TermMatch): void {
  const before = found.get(row);
  found.set(row, {
    weight: Math.max(match.weight, before?.weight ?? 0),
    isInTitle: match.isInTitle || before?.isInTitle === true,
    isWhole: match.isWhole || before?.isWhole === true,
  });
}

/**
 * The rows whose text has a term, or is about what it names, from an index whose parts for it were read. A
 * single word in quotes is found exactly as it is.
 */
export async function matchTerm(
  term: Pick<QueryTerm, 'text' | 'isPhrase'>,
  index: WordIndex,
  searchPhrase: PhraseSearcher,
  named: readonly NameInQuery[] = [],
): Promise<TermMatches> {
  const found = new Map<number, TermMatch>();
  for (const { words, isPhrase } of readings(term)) {
    const isExact = term.isPhrase && words.length === 1;
    const matches = intersect(
      words.map((word) => (isExact ? index.rowsOfExactly(word) : index.rowsOf(word))),
    );
    const together = isPhrase && matches.size > 0 ? await searchPhrase(words) : undefined;
    for (const [row, match] of matches)
      if (together?.has(row) !== false) addMatch(found, row, match);
  }
  for (const { place } of named)
    for (const [row, match] of index.rowsOfNamed(place)) addMatch(found, row, match);
  return found;
}

/** The terms of the vocabularies that find texts which lack the words that were typed. */
function wideningTerms(
  terms: readonly QueryTerm[],
  named: readonly NameInQuery[][],
  index: WordIndex,
): NameInQuery[] {
  const widening = new Map<number, NameInQuery>();
  terms.forEach((term, at) => {
    if (term.isExcluded) return;
    const written = readings(term).map(({ words }) =>
      intersect(words.map((word) => index.rowsWritten(word))),
    );
    for (const one of named[at] ?? []) {
      const rows = [...index.rowsOfNamed(one.place).keys()];
      if (rows.some((row) => !written.some((matches) => matches.has(row))))
        widening.set(one.place, one);
    }
  });
  return [...widening.values()];
}

/** What the texts say of the terms of a query, in their order. */
export interface TextAnswer {
  matches: TermMatches[];
  /** What they name in the vocabularies, where other names of it find more. */
  widening: NameInQuery[];
  /** Words that no text has, by their term. */
  unknown: Map<QueryTerm, string[]>;
}

/** What an index of words needs to be read for some terms: words, and terms of the vocabularies. */
export function neededParts(
  terms: readonly QueryTerm[],
  index: WordIndex,
  names: SynonymNames,
): Set<number> {
  return new Set([
    ...terms.flatMap(wordsOfTerm).flatMap((word) => index.partsOf(word)),
    ...namesInQuery(terms, names).flatMap((named) =>
      named.flatMap(({ place }) => index.partsOfNamed(place)),
    ),
  ]);
}

/** Looks up the terms of a query in an index whose parts for them were read. */
export async function matchTerms(
  terms: readonly QueryTerm[],
  index: WordIndex,
  names: SynonymNames,
  searchPhrase: PhraseSearcher,
): Promise<TextAnswer> {
  const named = namesInQuery(terms, names);
  const unknown = new Map<QueryTerm, string[]>();
  terms.forEach((term, at) => {
    const absent = unknownWords(term, index, named[at]);
    if (absent.length > 0) unknown.set(term, absent);
  });
  const matches = await Promise.all(
    terms.map((term, at) => matchTerm(term, index, searchPhrase, named[at])),
  );
  return { matches, widening: wideningTerms(terms, named, index), unknown };
}
