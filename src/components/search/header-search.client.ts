// Suggestions of the field in the header.

import { SearchData } from './search-data.client.ts';
import { offerSuggestions } from './suggestion-list.client.ts';

/** Offers suggestions in the header's field, whose form holds the settings. */
export function suggestInHeader(input: HTMLInputElement): void {
  offerSuggestions(input, new SearchData(input.form?.dataset ?? {}), () => undefined);
}
