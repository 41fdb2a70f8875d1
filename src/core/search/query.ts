// What somebody typed, parsed: words, phrases, and operators such as `species:mouse`.

import {
  FIELD_WORDS,
  fieldOf,
  isFacet,
  type FieldWords,
  type SearchFacet,
  type SearchRange,
} from './fields.ts';
import { foldedWords } from '../text/fold.ts';
import { parseRange, type Range } from './range-value.ts';

interface Part {
  isExcluded: boolean;
  /** Its position in the text that was typed. */
  start: number;
  end: number;
}
/** A word or several that must be adjacent. */
export type QueryTerm = Part & {
  /** As typed, without quotes. */
  text: string;
  isPhrase: boolean;
};
export type FacetClause<Facet extends string = SearchFacet> = Part & {
  facet: Facet;
  value: string;
};
export type RangeClause<Kind extends string = SearchRange> = Part & {
  range: Kind;
  text: string;
} & Range;

export interface QueryProblem {
  /** A sentence for the person who typed it. */
  message: string;
  start: number;
  end: number;
}

export interface Query<Facet extends string = SearchFacet, Kind extends string = SearchRange> {
  terms: QueryTerm[];
  facets: FacetClause<Facet>[];
  ranges: RangeClause<Kind>[];
  problems: QueryProblem[];
}

/** The operators of one kind of search. */
export interface Grammar<Facet extends string, Kind extends string> {
  words: Readonly<Record<Facet | Kind, FieldWords>>;
  /** The field that an operator names, under any of its names. */
  fieldOf: (operator: string) => Facet | Kind | undefined;
  isFacet: (field: Facet | Kind) => field is Facet;
  parseRange: (field: Kind, text: string) => Range | undefined;
}

/** The operators of the search for Dandisets. */
const DANDISETS: Grammar<SearchFacet, SearchRange> = {
  words: FIELD_WORDS,
  fieldOf,
  isFacet,
  parseRange,
};

/** Longer texts are cut, and that is reported: nobody types them, and somebody may paste them. */
const MAX_QUERY_LENGTH = 1000;

// Quoted parts may be inside: `technique:"spike sorting"`. A quote that is not closed ends with the text.
const TOKEN = /-?(?:[^\s"“”„]+[:=])?["“”„][^"“”„]*["“”„]?|\S+/gu;
const OPERATOR = /^(-?)([A-Za-z][A-Za-z-]*):(.*)$/su;
/** Identifiers that look like an operator. */
const SCHEMES =
  /^(?:https?|doi|rrid|ncbitaxon|uberon|doid|mondo|hp|cl|spdx|pmid|dandi|award|[a-z-]*dandi)$/i;

function unquoted(text: string): string {
  return text.replace(/["“”„]/gu, '').trim();
}

function readClause<Facet extends string, Kind extends string>(
  grammar: Grammar<Facet, Kind>,
  query: Query<Facet, Kind>,
  [operator, value]: readonly [string, string],
  place: Part,
): 'read' | 'words' {
  const field = grammar.fieldOf(operator);
  const { start, end } = place;
  if (field === undefined) {
    query.problems.push({
      message: `There is no operator “${operator}:”. Its words were searched for instead. Operators are ${Object.keys(grammar.words).join(', ')}.`,
      start,
      end,
    });
    return 'words';
  }
  if (value === '') return 'read';
  if (grammar.isFacet(field)) {
    query.facets.push({ ...place, facet: field, value });
    return 'read';
  }
  const kind = field as Kind;
  const range = grammar.parseRange(kind, value);
  if (range === undefined) {
    query.problems.push({
      message: `“${value}” is no range for “${field}:”. Write it as ${grammar.words[kind].about}.`,
      start,
      end,
    });
  } else query.ranges.push({ ...place, range: kind, text: value, ...range });
  return 'read';
}

/** What other searches have between words, and how it is said here. */
const BETWEEN_WORDS = new Map([
  ['AND', 'AND was left out: all words must occur anyway.'],
  [
    'OR',
    'OR was left out: all words must occur. Values of one list are alternatives, such as species:mouse species:rat.',
  ],
  ['NOT', 'NOT was left out. A hyphen before a word excludes it: -mouse.'],
]);

/** Reads what was typed. Never throws; what it cannot read is reported in `problems`. */
export function parseQuery(text: string): Query {
  return parseQueryOf(DANDISETS, text);
}

/** The same for a search with other operators. */
export function parseQueryOf<Facet extends string, Kind extends string>(
  grammar: Grammar<Facet, Kind>,
  text: string,
): Query<Facet, Kind> {
  const query: Query<Facet, Kind> = { terms: [], facets: [], ranges: [], problems: [] };
  let wordless: Part | undefined;
  if (text.length > MAX_QUERY_LENGTH) {
    query.problems.push({
      message: `The query is too long: only its first ${MAX_QUERY_LENGTH} characters were read.`,
      start: MAX_QUERY_LENGTH,
      end: text.length,
    });
  }
  let before = '';
  for (const match of text.slice(0, MAX_QUERY_LENGTH).matchAll(TOKEN)) {
    const [token] = match;
    // `multi-task, -session and -subject` is prose, and excludes nothing.
    const isSuspended = /,$|^(?:and|or)$/.test(before);
    before = token;
    const place = { isExcluded: false, start: match.index, end: match.index + token.length };
    const isBetween = query.terms.length + query.facets.length > 0 || token === 'NOT';
    const message = isBetween ? BETWEEN_WORDS.get(token) : undefined;
    if (message !== undefined && match.index + token.length < text.trimEnd().length) {
      if (!query.problems.some((problem) => problem.message === message))
        query.problems.push({ message, start: place.start, end: place.end });
      continue;
    }
    const [, minus, operator = '', value = ''] = OPERATOR.exec(token) ?? [];
    if (minus !== undefined && !SCHEMES.test(operator)) {
      place.isExcluded = minus === '-';
      // `Title: words` is prose; an operator has its value directly after the colon.
      if (grammar.fieldOf(operator) !== undefined || value !== '') {
        if (readClause(grammar, query, [operator, unquoted(value)], place) === 'read') continue;
      }
    }
    const isExcluded = !isSuspended && /^-["“”„\p{L}\p{N}]/u.test(token);
    const typed = unquoted(isExcluded ? token.slice(1) : token);
    if (foldedWords(typed).length === 0) {
      if (!/^\p{P}*$/u.test(typed)) wordless ??= place;
      continue;
    }
    query.terms.push({ ...place, text: typed, isPhrase: /^-?["“”„]/u.test(token), isExcluded });
  }
  if (wordless !== undefined && isEmptyQuery(query) && query.problems.length === 0) {
    const { start, end } = wordless;
    query.problems.push({
      message: `“${text.slice(start, end)}” has no letters and no digits, and nothing else can be searched for.`,
      start,
      end,
    });
  }
  return query;
}

/** Whether there is nothing to search for. */
export function isEmptyQuery({
  terms,
  facets,
  ranges,
}: Pick<Query<string, string>, 'terms' | 'facets' | 'ranges'>): boolean {
  return terms.length + facets.length + ranges.length === 0;
}

/** A facet's value as an operator: `technique:"spike sorting technique"`. */
export function facetOperator(facet: string, value: string): string {
  const plain = unquoted(value);
  return `${facet}:${/^[\p{L}\p{N}._/-]+$/u.test(plain) ? plain : `"${plain}"`}`;
}
