// Which Dandisets a query finds, in which order, and how many each value of a facet would leave.

import { isDayRange, type SearchFacet, type SearchRange } from './fields.ts';
import { foldedWords } from '../text/fold.ts';
import { countValues, filterRows, type FilteredIndex } from './filter-rows.ts';
import type { Query, RangeClause } from './query.ts';
import type { SearchIndex } from './search-index.ts';
import { emptyRows, needsSizes, orderRows, type SearchOrder } from './order-rows.ts';

/** How a row matches a term. */
export interface TermMatch {
  /** Larger for a better match. */
  weight: number;
  /** Whether the title has the exact words. */
  isInTitle: boolean;
  /** Whether it has the whole words, or another name of what they mean; else it has longer words. */
  isWhole: boolean;
}
/** The rows whose text contains a term. */
export type TermMatches = ReadonlyMap<number, TermMatch>;

/** The rows that are in all matches: their weights added up, in the title if all are. */
export function intersect(all: readonly TermMatches[]): Map<number, TermMatch> {
  const [first = new Map<number, TermMatch>(), ...others] = all;
  const found = new Map<number, TermMatch>();
  for (const [row, match] of first) {
    const matches = others.map((one) => one.get(row)).filter((one) => one !== undefined);
    if (matches.length < others.length) continue;
    found.set(row, {
      weight: matches.reduce((sum, { weight }) => sum + weight, match.weight),
      isInTitle: match.isInTitle && matches.every(({ isInTitle }) => isInTitle),
      isWhole: match.isWhole && matches.every(({ isWhole }) => isWhole),
    });
  }
  return found;
}

export interface SearchRequest {
  query: Query;
  /** What the full text says of each term of the query, in its order. */
  matches: readonly TermMatches[];
  order: SearchOrder;
  /** The row of an identifier that was typed: it comes first, whatever its text says. */
  exact?: number | undefined;
}

export interface SearchOutcome {
  /** Rows that were found, in order. */
  rows: number[];
  /**
   * For each value of each facet that was read: how many rows choosing it would leave. If others of its facet
   * are chosen and it is not, how many it would add to the result.
   */
  counts: Map<SearchFacet, number[]>;
}

function rangeNumber({ rows, sizes }: SearchIndex, row: number, range: SearchRange): number {
  if (!isDayRange(range)) return sizes?.[range][row] ?? -1;
  const { status, day = -1 } = rows[row] ?? {};
  return range === 'published' && status === 'draft' ? -1 : day;
}

function isInRange(index: SearchIndex, row: number, { range, min, max }: RangeClause): boolean {
  const value = rangeNumber(index, row, range);
  // An unknown value is in no range.
  return value >= 0 && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

function filteredIndex(index: SearchIndex): FilteredIndex<SearchFacet, SearchRange> {
  return {
    size: index.rows.length,
    facets: index.facets,
    isInRange: (row, clause) => isInRange(index, row, clause),
  };
}

function weights(
  index: SearchIndex,
  { query, matches, exact }: SearchRequest,
): Map<number, number> {
  const included = matches.filter((_, at) => query.terms[at]?.isExcluded === false);
  const { length } = query.terms
    .filter(({ isExcluded }) => !isExcluded)
    .flatMap(({ text }) => foldedWords(text));
  const sums = new Map<number, number>();
  const empty = emptyRows(index);
  for (const [row, { weight, isInTitle, isWhole }] of intersect(included)) {
    // A title that has all the words comes before texts that have them, the same title first; all of them
    // before longer words. The title of what has no files yet is worth less, unless it was typed as it is.
    const isSame = isInTitle && index.rows[row]?.titleWords === length;
    const isEmpty = empty.has(row);
    const inTitle = isSame ? 2e6 : isInTitle && !isEmpty ? 1e6 : 0;
    sums.set(row, weight * (isEmpty ? 0.7 : 1) + (isWhole ? 3e6 : 0) + inTitle);
  }
  if (exact !== undefined) sums.set(exact, Infinity);
  return sums;
}

/** How many rows a query finds, in an index that has what it needs. */
export function countFound(index: SearchIndex, request: Omit<SearchRequest, 'order'>): number {
  return filterRows(filteredIndex(index), request).rows.length;
}

/** Runs a query over an index that has what it needs (`facetsNeeded`, `sizesNeeded`). */
export function runSearch(index: SearchIndex, request: SearchRequest): SearchOutcome {
  const found = filterRows(filteredIndex(index), request);
  return {
    rows: orderRows(index, found.rows, request.order, weights(index, request)),
    counts: countValues(index, found),
  };
}

/** The facets of a query that are not in the index yet. */
export function facetsNeeded(index: SearchIndex, query: Query): SearchFacet[] {
  const facets = new Set(query.facets.map(({ facet }) => facet));
  return [...facets].filter((facet) => !index.facets.has(facet));
}

/** Whether a query or an order needs sizes. */
export function sizesNeeded(query: Query, order: SearchOrder): boolean {
  return needsSizes(order) || query.ranges.some(({ range }) => !isDayRange(range));
}
