// Which rows of any index a query leaves, by words, facets and ranges, and how many each value of a facet would
// leave.

import { resolveValue } from './facet-values.ts';
import type { FacetClause, Query, RangeClause } from './query.ts';
import type { IndexValue } from './search-index.ts';

/** What of an index is needed to filter its rows. */
export interface FilteredIndex<Facet extends string, Kind extends string> {
  /** The number of rows. */
  readonly size: number;
  readonly facets: ReadonlyMap<Facet, readonly IndexValue[]>;
  readonly isInRange: (row: number, clause: RangeClause<Kind>) => boolean;
}

export interface FilterRequest<Facet extends string, Kind extends string> {
  query: Query<Facet, Kind>;
  /** The rows that have each term of the query, in its order. */
  matches: readonly { has: (row: number) => boolean }[];
  /** A row that is found whatever its text says. */
  exact?: number | undefined;
}

type RowSet = Uint8Array;

function placesOfClause<Facet extends string, Kind extends string>(
  index: FilteredIndex<Facet, Kind>,
  { facet, value }: FacetClause<Facet>,
): number[] {
  return resolveValue(index.facets.get(facet) ?? [], value);
}

function rowsOfPlaces<Facet extends string, Kind extends string>(
  index: FilteredIndex<Facet, Kind>,
  facet: Facet,
  places: Iterable<number>,
): RowSet {
  const set = new Uint8Array(index.size);
  const values = index.facets.get(facet) ?? [];
  for (const at of places) {
    for (const row of values[at]?.rows ?? []) set[row] = 1;
  }
  return set;
}

function keep(set: RowSet, isSaved: (row: number) => boolean): void {
  for (let row = 0; row < set.length; row += 1) if (set[row] === 1 && !isSaved(row)) set[row] = 0;
}

/** What terms, ranges and exclusions leave; chosen values of facets are applied afterwards. */
function withoutFacets<Facet extends string, Kind extends string>(
  index: FilteredIndex<Facet, Kind>,
  { query, matches, exact }: FilterRequest<Facet, Kind>,
): RowSet {
  const set = new Uint8Array(index.size).fill(1);
  const isOther = (row: number): boolean => row !== exact;
  query.terms.forEach(({ isExcluded }, at) => {
    const found = matches[at];
    keep(set, (row) => !isOther(row) || (found?.has(row) ?? false) !== isExcluded);
  });
  for (const clause of query.ranges) {
    keep(set, (row) => index.isInRange(row, clause) !== clause.isExcluded);
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

function choices<Facet extends string, Kind extends string>(
  index: FilteredIndex<Facet, Kind>,
  query: Query<Facet, Kind>,
): Map<Facet, Choice> {
  const places = new Map<Facet, Set<number>>();
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

function isInAll<Facet extends string>(
  chosen: ReadonlyMap<Facet, Choice>,
  row: number,
  but?: Facet,
): boolean {
  for (const [facet, { rows }] of chosen) if (facet !== but && rows[row] !== 1) return false;
  return true;
}

/** What a query leaves: before and after its chosen values. */
export interface Filtered<Facet extends string> {
  base: RowSet;
  chosen: ReadonlyMap<Facet, Choice>;
  /** In their order. */
  rows: number[];
}

/** Filters the rows of an index that has the facets of the query. */
export function filterRows<Facet extends string, Kind extends string>(
  index: FilteredIndex<Facet, Kind>,
  request: FilterRequest<Facet, Kind>,
): Filtered<Facet> {
  const base = withoutFacets(index, request);
  const chosen = choices(index, request.query);
  const rows: number[] = [];
  base.forEach((is, row) => {
    if (is === 1 && isInAll(chosen, row)) rows.push(row);
  });
  return { base, chosen, rows };
}

/**
 * For each value of each facet that was read: how many rows choosing it would leave. If others of its facet are
 * chosen and it is not, how many it would add to the result.
 */
export function countValues<Facet extends string>(
  { facets }: Pick<FilteredIndex<Facet, string>, 'facets'>,
  { base, chosen }: Filtered<Facet>,
): Map<Facet, number[]> {
  const counts = new Map<Facet, number[]>();
  for (const [facet, values] of facets) {
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
  return counts;
}
