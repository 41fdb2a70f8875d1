// A typed text and what it finds: the single path from words to rows, for the search page and for the list
// below the field in every header.

import { correctedQuery, type CorrectedQuery } from '../../core/search/corrected-query.ts';
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
  /** Words that no text has, by their term. */
  unknown: TextAnswer['unknown'];
  /** The nearest words to each of these, the best first. */
  nearest: Map<string, string[]>;
  /** Names that were searched for along with what was typed. */
  alsoFound: string[];
  /** What is shown in place of a query that finds nothing because of a typing error. */
  corrected?: CorrectedQuery;
}

const NAMES_SHOWN = 6;

function looseQuery(query: Query): Query {
  return { ...query, terms: looseTerms(query.terms) };
}

async function findLiterally(
  data: SearchData,
  text: string,
  { order, isLoose = false }: FindOptions,
): Promise<Found> {
  const typed = parseQuery(data.meaningOf(text));
  const query = isLoose ? looseQuery(typed) : typed;
  const index = await data.indexFor(query, order);
  const number = (await data.addressOf(text))?.number;
  const exact = number === undefined ? -1 : index.rows.findIndex((row) => row.number === number);
  const { matches, unknown, widening } = await data.match(query.terms);
  const request: SearchRequest = {
    query,
    matches,
    order,
    exact: exact < 0 ? undefined : exact,
  };
  const names = await data.names();
  return {
    index,
    request,
    outcome: runSearch(index, request),
    unknown,
    nearest: new Map(),
    alsoFound: names.otherNames(widening).slice(0, NAMES_SHOWN),
  };
}

/**
 * What a text finds. If it finds nothing and has a typing error, what its correction finds. Throws a
 * `SearchError` where a part of the index is unavailable.
 */
export async function find(data: SearchData, text: string, options: FindOptions): Promise<Found> {
  const found = await findLiterally(data, text, options);
  const isAnswered = found.outcome.rows.length > 0 || found.request.exact !== undefined;
  // While a word is being typed, it is unknown for a moment.
  if (options.isLoose === true) return found;
  for (const [, absent] of found.unknown)
    for (const word of absent) found.nearest.set(word, await data.nearest(word));
  const corrected = isAnswered ? undefined : correctedQuery(text, found.unknown, found.nearest);
  if (corrected === undefined) return found;
  const instead = await findLiterally(data, corrected.text, options);
  if (instead.outcome.rows.length === 0) return found;
  return { ...instead, nearest: found.nearest, corrected };
}
