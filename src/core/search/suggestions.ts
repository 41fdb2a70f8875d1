// What is offered while somebody types: Dandisets by title or number, values, operators.

import { operatorOf } from './facet-values.ts';
import {
  FIELD_WORDS,
  fieldOf,
  isFacet,
  SEARCH_FACETS,
  SEARCH_RANGES,
  type SearchFacet,
} from './fields.ts';
import { wordsOf } from './fold.ts';
import type { IndexValue, SearchIndex } from './search-index.ts';

export type Suggestion =
  | { kind: 'dandiset'; row: number }
  /** The text as it would be with this completion. */
  | { kind: 'completion'; text: string; label: string; about: string };

const MOST = 8;
const OPEN_TOKEN = /(?:^|\s)(-?)(?:([A-Za-z]+):)?("[^"]*|[^\s"]*)$/;

function hasWords(words: readonly string[], text: string): boolean {
  const named = wordsOf(text);
  return words.every((word) => named.some((one) => one.startsWith(word)));
}

function isCalled({ label, note, spellings }: IndexValue, words: readonly string[]): boolean {
  return [label, note, ...spellings].some((name) => hasWords(words, name));
}

function valueSuggestions(
  index: SearchIndex,
  facets: readonly SearchFacet[],
  typed: string,
  before: string,
): Suggestion[] {
  const words = wordsOf(typed);
  return facets.flatMap((facet) => {
    const values = index.facets.get(facet) ?? [];
    return values
      .filter((value) => isCalled(value, words))
      .slice(0, MOST)
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

function dandisetSuggestions(index: SearchIndex, text: string): Suggestion[] {
  const words = wordsOf(text);
  const number = /^\d{1,6}$/.test(text.trim()) ? text.trim().padStart(6, '0') : undefined;
  const found: Suggestion[] = [];
  index.rows.forEach((one, row) => {
    if (one.number === number) found.unshift({ kind: 'dandiset', row });
    else if (found.length < MOST && hasWords(words, one.title))
      found.push({ kind: 'dandiset', row });
  });
  return found;
}

/** What could be meant by a text whose last word is being typed. */
export function suggestionsFor(index: SearchIndex, text: string): Suggestion[] {
  const [open, minus = '', operator, value = ''] = OPEN_TOKEN.exec(text) ?? [];
  if (open === undefined || text.trim() === '') return [];
  const before = text.slice(0, text.length - open.trimStart().length) + minus;
  const typed = value.replace('"', '');
  if (operator !== undefined) {
    const field = fieldOf(operator);
    return field === undefined || !isFacet(field)
      ? []
      : valueSuggestions(index, [field], typed, before).slice(0, MOST);
  }
  const values =
    typed.length < 2
      ? []
      : valueSuggestions(index, ['species', 'technique', 'approach', 'standard'], typed, before);
  const titles = minus === '' ? dandisetSuggestions(index, text) : [];
  const operators = operatorSuggestions(typed, before);
  return [...operators, ...titles.slice(0, MOST - Math.min(3, values.length)), ...values].slice(
    0,
    MOST + operators.length,
  );
}
