// Suggestions while somebody types: Dandisets that are found, values, operators.

import { isCalled, operatorOf } from './facet-values.ts';
import {
  FIELD_WORDS,
  fieldOf,
  isFacet,
  SEARCH_FACETS,
  SEARCH_RANGES,
  type SearchFacet,
} from './fields.ts';
import { foldedWords } from '../text/fold.ts';
import type { SearchIndex } from './search-index.ts';

export type Suggestion =
  | { kind: 'dandiset'; row: number }
  /** The text as it would be with this completion. */
  | { kind: 'completion'; text: string; label: string; about: string };

/** The number of suggestions, not counting operators. */
export const MOST_SUGGESTIONS = 8;
/** The number of values that have room next to Dandisets. */
const VALUES_BESIDE = 3;
const OPEN_TOKEN = /(?:^|\s)(-?)(?:([A-Za-z]+):)?("[^"]*|[^\s"]*)$/;

function valueSuggestions(
  index: SearchIndex,
  facets: readonly SearchFacet[],
  typed: string,
  before: string,
): Suggestion[] {
  const words = foldedWords(typed);
  return facets.flatMap((facet) => {
    const values = index.facets.get(facet) ?? [];
    return values
      .filter((value) => isCalled(value, words))
      .slice(0, MOST_SUGGESTIONS)
      .map((value): Suggestion => ({
        kind: 'completion',
        text: `${before}${operatorOf(facet, values, value)} `.trimStart(),
        label: value.note === '' ? value.label : `${value.label} (${value.note})`,
        about: `${FIELD_WORDS[facet].title}, ${value.rows.length}`,
      }));
  });
}

function operatorSuggestions(typed: string, before: string): Suggestion[] {
  if (typed.length < 2) return [];
  return [...SEARCH_FACETS, ...SEARCH_RANGES]
    .filter((field) => field.startsWith(typed.toLowerCase()))
    .map((field) => ({
      kind: 'completion',
      text: `${before}${field}:`,
      label: `${field}:`,
      about: FIELD_WORDS[field].about,
    }));
}

/**
 * What could be meant by a text whose last word is being typed: operators, Dandisets, values.
 * `found` are the rows that the text finds, the best first.
 */
export function suggestionsFor(
  index: SearchIndex,
  text: string,
  found: readonly number[],
): Suggestion[] {
  if (text.trim() === '') return [];
  // After a closed quote nothing is open.
  const [open = '', minus = '', operator, value = ''] = OPEN_TOKEN.exec(text) ?? [];
  const before = text.slice(0, text.length - open.trimStart().length) + minus;
  const typed = value.replace('"', '');
  const field = operator === undefined ? undefined : fieldOf(operator);
  if (field !== undefined)
    return isFacet(field)
      ? valueSuggestions(index, [field], typed, before).slice(0, MOST_SUGGESTIONS)
      : [];
  const values =
    typed.length < 2 || operator !== undefined
      ? []
      : valueSuggestions(index, ['species', 'technique', 'approach', 'standard'], typed, before);
  const operators = operator === undefined ? operatorSuggestions(typed, before) : [];
  const rows = found.slice(0, MOST_SUGGESTIONS - Math.min(VALUES_BESIDE, values.length));
  return [
    ...operators,
    ...rows.map((row): Suggestion => ({ kind: 'dandiset', row })),
    ...values.slice(0, MOST_SUGGESTIONS - rows.length),
  ];
}
