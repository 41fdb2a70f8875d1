// A typed text and what it finds: the single path from words to rows, for the search page and for the list
// below the field in every header.

import { parseQuery, type Query } from '../../core/search/query.ts';
import type { SearchOrder } from '../../core/search/order-rows.ts';
import { runSearch, type SearchOutcome, type SearchRequest } from '../../core/search/run-search.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import { looseTerms, type TextAnswer } from '../../core/search/text-search.ts';
import type { SearchData } from './search-data.client.ts';

export interface FindOptions {
  order: SearchOrder;
  /** Whether words of phrases may be apart; without that, phrases need WebAssembly. */
  isLoose?: boolean;
}

export interface Found {
  index: SearchIndex;
  request: SearchRequest;
  outcome: SearchOutcome;
  unknown: TextAnswer['unknown'];
}

function looseQuery(query: Query): Query {
  return { ...query, terms: looseTerms(query.terms) };
}

/** What a text finds. Throws a `SearchError` where a part of the index is unavailable. */
export async function find(
  data: SearchData,
  text: string,
  { order, isLoose = false }: FindOptions,
): Promise<Found> {
  const typed = parseQuery(text);
  const query = isLoose ? looseQuery(typed) : typed;
  const index = await data.indexFor(query, order);
  const number = data.addressOf(text)?.number;
  const exact = number === undefined ? -1 : index.rows.findIndex((row) => row.number === number);
  const { matches, unknown } = await data.match(query.terms);
  const request: SearchRequest = {
    query,
    matches,
    order,
    exact: exact < 0 ? undefined : exact,
  };
  return { index, request, outcome: runSearch(index, request), unknown };
}
