// Nothing found: which part of the query to leave out, and how much is found without it.

import { withoutParts, withPartAs } from './edit-query.ts';
import { foldedWords } from '../text/fold.ts';
import type { Query } from './query.ts';
import { countFound, type SearchRequest } from './run-search.ts';
import type { SearchIndex } from './search-index.ts';

export interface LooserQuery {
  /** The parts that are left out, as typed. */
  without: string;
  text: string;
  count: number;
}

interface Part {
  start: number;
  end: number;
}

function partsOf(query: Query): Part[] {
  return [...query.terms, ...query.facets, ...query.ranges].sort((a, b) => a.start - b.start);
}

/**
 * Queries that find something, made by leaving out one part, or all parts but one if that is not enough;
 * those that find most come first.
 */
export function looserQueries(
  index: SearchIndex,
  text: string,
  request: SearchRequest,
): LooserQuery[] {
  const all = partsOf(request.query);
  const matchesAt = new Map(
    request.query.terms.map(({ start }, at) => [start, request.matches[at] ?? new Map()] as const),
  );
  const without = (left: readonly Part[]): LooserQuery => {
    const starts = new Set(left.map(({ start }) => start));
    const isSaved = ({ start }: Part): boolean => !starts.has(start);
    const query: Query = {
      terms: request.query.terms.filter(isSaved),
      facets: request.query.facets.filter(isSaved),
      ranges: request.query.ranges.filter(isSaved),
      problems: [],
    };
    const matches = query.terms.map(({ start }) => matchesAt.get(start) ?? new Map());
    return {
      without: left.map(({ start, end }) => text.slice(start, end)).join(' '),
      text: withoutParts(text, left),
      count: countFound(index, { query, matches }),
    };
  };
  // Without its only word, a query says nothing.
  if (all.length < 2 && request.query.terms.length > 0) return [];
  const one = all.map((part) => without([part])).filter(({ count }) => count > 0);
  const found =
    one.length > 0
      ? one
      : all
          .map((kept) => without(all.filter((part) => part !== kept)))
          .filter(({ count }) => count > 0);
  return found.sort((a, b) => b.count - a.count).slice(0, 5);
}

/** The text with the words of its phrases apart; undefined if it searches for no phrase. */
export function withPhrasesApart(text: string, { terms }: Query): string | undefined {
  const phrases = terms.filter(
    (term) => term.isPhrase && !term.isExcluded && foldedWords(term.text).length > 1,
  );
  if (phrases.length === 0) return undefined;
  // From the last one backwards, so that earlier positions stay right.
  return phrases.reduceRight(
    (rest, phrase) => withPartAs(rest, phrase, foldedWords(phrase.text).join(' ')),
    text,
  );
}
