// Changes of a query's text: what a click on a value, a chip or a range does to what was typed. The
// text is the whole state of a search, so that it can be shared, typed and read.

import { operatorOf, resolveValue } from './facet-values.ts';
import { parseQuery, type FacetClause, type Query } from './query.ts';
import type { IndexValue } from './search-index.ts';

interface Place {
  start: number;
  end: number;
}

/** The text without some of its parts. */
export function withoutParts(text: string, parts: readonly Place[]): string {
  let rest = text;
  for (const { start, end } of [...parts].sort((a, b) => b.start - a.start))
    rest = `${rest.slice(0, start).trimEnd()} ${rest.slice(end).trimStart()}`.trim();
  return rest;
}

/** The text with operators appended. */
export function withParts(text: string, parts: readonly string[]): string {
  return [text.trim(), ...parts].filter((part) => part !== '').join(' ');
}

/** The text with a part of it reworded. */
export function withPartAs(text: string, { start, end }: Place, words: string): string {
  return text.slice(0, start) + words + text.slice(end);
}

type Facets<Facet> = { facets: ReadonlyMap<Facet, readonly IndexValue[]> };

/** Changes of the queries of one kind of search. */
export class QueryEditor<Facet extends string, Kind extends string> {
  readonly parse: (text: string) => Query<Facet, Kind>;

  constructor(parse: (text: string) => Query<Facet, Kind>) {
    this.parse = parse;
  }

  #clauses(text: string, facet: Facet): FacetClause<Facet>[] {
    return this.parse(text).facets.filter((one) => one.facet === facet && !one.isExcluded);
  }

  /** The indices of a facet's values that a query chooses. */
  chosenValues(index: Facets<Facet>, text: string, facet: Facet): Set<number> {
    const values = index.facets.get(facet) ?? [];
    return new Set(this.#clauses(text, facet).flatMap(({ value }) => resolveValue(values, value)));
  }

  /** The text with a value toggled: chosen if it was not, else not. */
  toggleValue(index: Facets<Facet>, text: string, facet: Facet, place: number): string {
    const values = index.facets.get(facet) ?? [];
    const operator = (at: number): string => {
      const value = values[at];
      return value === undefined ? '' : operatorOf(facet, values, value);
    };
    const holding = this.#clauses(text, facet).filter(({ value }) =>
      resolveValue(values, value).includes(place),
    );
    if (holding.length === 0) return withParts(text, [operator(place)]);
    // An operator may have meant several values: the others stay.
    const others = new Set(holding.flatMap(({ value }) => resolveValue(values, value)));
    others.delete(place);
    const rest = withoutParts(text, holding);
    const kept = this.chosenValues(index, rest, facet);
    return withParts(rest, [...others].filter((at) => !kept.has(at)).map(operator));
  }

  /** The text with a range's ends, either of which may be empty; without both it has no range. */
  withRange(text: string, range: Kind, from: string, to: string): string {
    const old = this.parse(text).ranges.filter((one) => one.range === range && !one.isExcluded);
    const [first, last] = [from, to].map((end) => end.replace(/\s/g, ''));
    const part = first === '' && last === '' ? '' : `${range}:${first}..${last}`;
    return withParts(withoutParts(text, old), [part]);
  }
}

/** Changes of queries for Dandisets. */
export const dandisetQueries = new QueryEditor(parseQuery);
