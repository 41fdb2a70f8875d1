// Which Dandisets a query finds, in which order, and how many each value of a facet would leave.

import type { SearchFacet, SearchRange } from './fields.ts';
import { wordsOf } from './fold.ts';
import { resolveValue } from './facet-values.ts';
import { dayNumber } from './range-value.ts';
import type { FacetClause, Query, RangeClause } from './query.ts';
import type { IndexRow, SearchIndex } from './search-index.ts';
import { orderRows, type SearchOrder } from './order-rows.ts';

/** The rows whose text holds a term, with a weight that is larger where it fits better. */
export type TermMatches = ReadonlyMap<number, number>;

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
   * For each value of each facet that was read: how many it leads to. Where others of its facet are
   * chosen and it is not, how many it would add to what is found.
   */
  counts: Map<SearchFacet, number[]>;
}

type RowSet = Uint8Array;

function rangeNumber(row: IndexRow, range: SearchRange): number | undefined {
  if (range === 'published' && row.status === 'draft') return undefined;
  if (range === 'published' || range === 'date')
    return row.day === undefined ? undefined : dayNumber(row.day);
  return row[range];
}

function isInRange(row: IndexRow, { range, min, max }: RangeClause): boolean {
  const value = rangeNumber(row, range);
  // What is not known lies in no range.
  return value !== undefined && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

function placesOfClause(index: SearchIndex, { facet, value }: FacetClause): number[] {
  return resolveValue(index.facets.get(facet) ?? [], value);
}

function rowsOfPlaces(index: SearchIndex, facet: SearchFacet, places: Iterable<number>): RowSet {
  const set = new Uint8Array(index.rows.length);
  const values = index.facets.get(facet) ?? [];
  for (const at of places) {
    for (const row of values[at]?.rows ?? []) set[row] = 1;
  }
  return set;
}

function keep(set: RowSet, isKept: (row: number) => boolean): void {
  for (let row = 0; row < set.length; row += 1) if (set[row] === 1 && !isKept(row)) set[row] = 0;
}

/** What terms, ranges and exclusions leave; chosen values of facets come on top. */
function withoutFacets(index: SearchIndex, { query, matches, exact }: SearchRequest): RowSet {
  const set = new Uint8Array(index.rows.length).fill(1);
  const isOther = (row: number): boolean => row !== exact;
  query.terms.forEach(({ isExcluded }, at) => {
    const found = matches[at];
    keep(set, (row) => !isOther(row) || (found?.has(row) ?? false) !== isExcluded);
  });
  for (const clause of query.ranges) {
    keep(set, (row) => {
      const entry = index.rows[row];
      return entry !== undefined && isInRange(entry, clause) !== clause.isExcluded;
    });
  }
  for (const clause of query.facets.filter(({ isExcluded }) => isExcluded)) {
    const excluded = rowsOfPlaces(index, clause.facet, placesOfClause(index, clause));
    keep(set, (row) => excluded[row] === 0);
  }
  return set;
}

/** What is chosen of one facet: several values are alternatives. */
interface Choice {
  places: ReadonlySet<number>;
  rows: RowSet;
}

function choices(index: SearchIndex, query: Query): Map<SearchFacet, Choice> {
  const places = new Map<SearchFacet, Set<number>>();
  for (const clause of query.facets.filter(({ isExcluded }) => !isExcluded)) {
    const chosen = places.get(clause.facet) ?? new Set();
    for (const at of placesOfClause(index, clause)) chosen.add(at);
    places.set(clause.facet, chosen);
  }
  return new Map(
    [...places].map(([facet, chosen]) => [
      facet,
      { places: chosen, rows: rowsOfPlaces(index, facet, chosen) },
    ]),
  );
}

function isInAll(
  chosen: ReadonlyMap<SearchFacet, Choice>,
  row: number,
  but?: SearchFacet,
): boolean {
  for (const [facet, { rows }] of chosen) if (facet !== but && rows[row] !== 1) return false;
  return true;
}

function weights(
  index: SearchIndex,
  { query, matches, exact }: SearchRequest,
): Map<number, number> {
  const sums = new Map<number, number>();
  query.terms.forEach(({ isExcluded }, at) => {
    if (isExcluded) return;
    for (const [row, weight] of matches[at] ?? []) sums.set(row, (sums.get(row) ?? 0) + weight);
  });
  const words = query.terms
    .filter(({ isExcluded }) => !isExcluded)
    .flatMap(({ text }) => wordsOf(text));
  if (words.length > 0) {
    // A title that has all the words comes before texts that have them, the same title first.
    for (const [row, weight] of sums) {
      const title = wordsOf(index.rows[row]?.title ?? '');
      const isSame = title.join(' ') === words.join(' ');
      const hasAll = words.every((word) => title.includes(word));
      sums.set(row, weight + (isSame ? 2e6 : hasAll ? 1e6 : 0));
    }
  }
  if (exact !== undefined) sums.set(exact, Infinity);
  return sums;
}

/** Runs a query over an index whose facets it needs were read (`facetsNeeded`). */
export function runSearch(index: SearchIndex, request: SearchRequest): SearchOutcome {
  const base = withoutFacets(index, request);
  const chosen = choices(index, request.query);
  const rows: number[] = [];
  base.forEach((is, row) => {
    if (is === 1 && isInAll(chosen, row)) rows.push(row);
  });
  const counts = new Map<SearchFacet, number[]>();
  for (const [facet, values] of index.facets) {
    const choice = chosen.get(facet);
    const open = base.map((is, row) => (is === 1 && isInAll(chosen, row, facet) ? 1 : 0));
    const more = open.map((is, row) => (is === 1 && choice?.rows[row] !== 1 ? 1 : 0));
    counts.set(
      facet,
      values.map((value, at) => {
        const counted = choice === undefined || choice.places.has(at) ? open : more;
        return value.rows.reduce((sum, row) => sum + (counted[row] ?? 0), 0);
      }),
    );
  }
  return { rows: orderRows(index, rows, request.order, weights(index, request)), counts };
}

/** The facets of a query that the index does not hold yet. */
export function facetsNeeded(index: SearchIndex, query: Query): SearchFacet[] {
  const facets = new Set(query.facets.map(({ facet }) => facet));
  return [...facets].filter((facet) => !index.facets.has(facet));
}
