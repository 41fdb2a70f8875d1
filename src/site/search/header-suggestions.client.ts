// The field in the header of every page lists what is found as the reader types.

import { isEmptyQuery, parseQuery } from '../../core/search/query.ts';
import { find } from './run-query.client.ts';
import { SearchData } from './search-data.client.ts';
import { SuggestionList } from './suggestion-list.client.ts';

/** Offers results and completions in the header's field, whose form holds the settings. */
export function suggestInHeader(input: HTMLInputElement): void {
  const data = new SearchData(input.form?.dataset ?? {});
  new SuggestionList(input, data, {
    complete: () => undefined,
    found: async (text) => {
      if (isEmptyQuery(parseQuery(text))) return [];
      // Only the search page may run WebAssembly.
      return (await find(data, text, { order: 'best', isLoose: true })).outcome.rows;
    },
  }).listen();
}
