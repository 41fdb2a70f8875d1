// The index that every search reads completely: written at a build as columns, which compress well. It grows
// with the archive, so it contains only what finding, counting and ranking need of each Dandiset. What a row
// shows (`row-details.ts`), sizes (`size-columns.ts`), words (`word-index.ts`) and texts are in other files.

import { SEARCH_FACETS, type SearchFacet } from './fields.ts';
import { foldedWords } from '../text/fold.ts';
import { dayNumber } from './range-value.ts';
import type { SearchDocument } from './search-document.ts';
import type { SizeColumns } from './size-columns.ts';

export interface IndexRow {
  number: string;
  status: SearchDocument['status'];
  /** Days since 1970. */
  day?: number;
  /** How many words its title has. */
  titleWords: number;
}

export interface IndexValue {
  id: string;
  label: string;
  note: string;
  spellings: readonly string[];
  /** Rows that have it, in their order. */
  rows: readonly number[];
}

export interface SearchIndex {
  rows: readonly IndexRow[];
  /** Facets that were read; the longest lists come in a file of their own. */
  facets: ReadonlyMap<SearchFacet, readonly IndexValue[]>;
  /** Sizes, once they were read. */
  sizes?: SizeColumns;
  /** Names the files that were written with the index. */
  state: string;
  /** The first word of each part of the word index. */
  wordParts: readonly string[];
}

/** Names are left out if they add nothing; rows are differences to the previous one. */
interface EncodedFacet {
  labels: string[];
  ids: string[];
  notes: string[];
  spellings: string[];
  rows: number[][];
}
export type EncodedFacets = { [facet in SearchFacet]?: EncodedFacet };

export interface EncodedIndex {
  schema: 2;
  numbers: number[];
  /** One letter per row: p, d, w. */
  status: string;
  /** Days since 1970; -1: not known. */
  days: number[];
  /** One digit per row, of base 36. */
  titleWords: string;
  state: string;
  wordParts: string[];
  facets: EncodedFacets;
}

function differences(sorted: readonly number[]): number[] {
  return sorted.map((value, at) => value - (sorted[at - 1] ?? 0));
}

function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

interface Gathered {
  labels: Map<string, number>;
  note: string;
  spellings: Set<string>;
  rows: number[];
}

function gather(documents: readonly SearchDocument[]): Map<SearchFacet, Map<string, Gathered>> {
  const facets = new Map(
    SEARCH_FACETS.map((facet) => [facet, new Map<string, Gathered>()] as const),
  );
  documents.forEach(({ values }, row) => {
    for (const { facet, id, label, note = '', spellings = [] } of values) {
      const all = facets.get(facet);
      const value: Gathered = all?.get(id) ?? {
        labels: new Map(),
        note,
        spellings: new Set(),
        rows: [],
      };
      value.labels.set(label, (value.labels.get(label) ?? 0) + 1);
      for (const spelling of spellings) value.spellings.add(spelling);
      if (value.rows.at(-1) !== row) value.rows.push(row);
      all?.set(id, value);
    }
  });
  return facets;
}

/** One person or funder is spelled in several ways: the most frequent spelling names the value. */
function mostFrequent(labels: ReadonlyMap<string, number>): string {
  const [first] = [...labels].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first?.[0] ?? '';
}

const SPELLINGS_BETWEEN = '|';

function encodeFacet(values: ReadonlyMap<string, Gathered>): EncodedFacet {
  const encoded: EncodedFacet = { labels: [], ids: [], notes: [], spellings: [], rows: [] };
  const list = [...values].map(([id, value]) => ({
    id,
    ...value,
    label: mostFrequent(value.labels),
  }));
  list.sort((a, b) => b.rows.length - a.rows.length || (a.label < b.label ? -1 : 1));
  for (const { id, label, labels, note, spellings, rows } of list) {
    encoded.labels.push(label);
    encoded.ids.push(id === foldedWords(label).join(' ') ? '' : id);
    encoded.notes.push(note);
    const others = new Set([...labels.keys(), ...spellings]);
    for (const known of [label, note]) others.delete(known);
    encoded.spellings.push(
      [...others].map((one) => one.replaceAll(SPELLINGS_BETWEEN, ' ')).join(SPELLINGS_BETWEEN),
    );
    encoded.rows.push(differences(rows));
  }
  return encoded;
}

const STATUS_LETTERS = { published: 'p', draft: 'd', withdrawn: 'w' } as const;
const STATUS_OF = new Map(
  Object.entries(STATUS_LETTERS).map(([status, letter]) => [
    letter as string,
    status as IndexRow['status'],
  ]),
);

const MOST_TITLE_WORDS = 35;

/** The index of documents in order of their numbers, without the names of the other files. */
export function encodeIndex(
  documents: readonly SearchDocument[],
): Omit<EncodedIndex, 'state' | 'wordParts'> {
  const facets: EncodedFacets = {};
  for (const [facet, values] of gather(documents)) facets[facet] = encodeFacet(values);
  return {
    schema: 2,
    numbers: differences(documents.map(({ number }) => Number(number))),
    status: documents.map(({ status }) => STATUS_LETTERS[status]).join(''),
    days: documents.map(({ day }) => dayNumber(day ?? '') ?? -1),
    titleWords: documents
      .map(({ title }) => Math.min(foldedWords(title).length, MOST_TITLE_WORDS).toString(36))
      .join(''),
    facets,
  };
}

/** Facets read from what `encodeIndex` wrote. */
export function decodeFacets(encoded: EncodedFacets): Map<SearchFacet, IndexValue[]> {
  const facets = new Map<SearchFacet, IndexValue[]>();
  for (const facet of SEARCH_FACETS) {
    const columns = encoded[facet];
    if (columns === undefined) continue;
    const values = columns.labels.map((label, at) => ({
      id: columns.ids[at] || foldedWords(label).join(' '),
      label,
      note: columns.notes[at] ?? '',
      spellings: (columns.spellings[at] ?? '').split(SPELLINGS_BETWEEN).filter(Boolean),
      rows: sums(columns.rows[at] ?? []),
    }));
    facets.set(facet, values);
  }
  return facets;
}

/** The index in the form that is searched. */
export function decodeIndex(encoded: EncodedIndex): SearchIndex {
  const rows = sums(encoded.numbers).map((number, at) => {
    const row: IndexRow = {
      number: String(number).padStart(6, '0'),
      status: STATUS_OF.get(encoded.status[at] ?? '') ?? 'draft',
      titleWords: Number.parseInt(encoded.titleWords[at] ?? '0', 36),
    };
    const day = encoded.days[at] ?? -1;
    if (day >= 0) row.day = day;
    return row;
  });
  const { state, wordParts } = encoded;
  return { rows, facets: decodeFacets(encoded.facets), state, wordParts };
}
