// The index of facets, ranges and titles: written at a build as columns, which compress well, and
// read whole by whoever searches. Full text is not in it.

import { dayOfVersion } from '../text/format.ts';
import { SEARCH_FACETS, type SearchFacet } from './fields.ts';
import { wordsOf } from './fold.ts';
import { dayNumber, dayText } from './range-value.ts';
import type { SearchDocument } from './search-document.ts';

export interface IndexRow {
  number: string;
  title: string;
  version: string;
  status: SearchDocument['status'];
  day?: string;
  bytes?: number;
  files?: number;
  subjects?: number;
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
  /** Facets that were read; the longest list comes in a file of its own. */
  facets: ReadonlyMap<SearchFacet, readonly IndexValue[]>;
  /** Names the full text that was written with the index. */
  textState: string;
  /** The key of each row's full text. */
  texts: readonly string[];
  /** The first word of each part of the word index. */
  wordParts: readonly string[];
}

/** Names are left out where they say nothing new; rows are differences to the one before. */
interface EncodedFacet {
  labels: string[];
  ids: string[];
  notes: string[];
  spellings: string[];
  rows: number[][];
}
export type EncodedFacets = { [facet in SearchFacet]?: EncodedFacet };

export interface EncodedIndex {
  schema: 1;
  numbers: number[];
  titles: string[];
  versions: string[];
  /** One letter a row: p, d, w. */
  status: string;
  /** Days since 1970; 0: the version says it; -1: not known. */
  days: number[];
  bytes: number[];
  files: number[];
  subjects: number[];
  textState: string;
  texts: string[];
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
    encoded.ids.push(id === wordsOf(label).join(' ') ? '' : id);
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

/** What full text there is beside the index. */
export interface TextKeys {
  /** Names its state. */
  state: string;
  /** The key of each document's text. */
  keys: readonly string[];
}

/** The index of documents in order of their numbers. */
export function encodeIndex(
  documents: readonly SearchDocument[],
  text: TextKeys,
  wordParts: readonly string[],
): EncodedIndex {
  const facets: EncodedFacets = {};
  for (const [facet, values] of gather(documents)) facets[facet] = encodeFacet(values);
  return {
    schema: 1,
    numbers: differences(documents.map(({ number }) => Number(number))),
    titles: documents.map(({ title }) => title),
    versions: documents.map(({ version }) =>
      version === 'draft' ? '' : version.replace(/^0\./, ''),
    ),
    status: documents.map(({ status }) => STATUS_LETTERS[status]).join(''),
    days: documents.map(({ version, day }) =>
      day !== undefined && day === dayOfVersion(version) ? 0 : (dayNumber(day ?? '') ?? -1),
    ),
    bytes: documents.map(({ bytes }) => bytes ?? -1),
    files: documents.map(({ files }) => files ?? -1),
    subjects: documents.map(({ subjects }) => subjects ?? -1),
    textState: text.state,
    texts: [...text.keys],
    wordParts: [...wordParts],
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
      id: columns.ids[at] || wordsOf(label).join(' '),
      label,
      note: columns.notes[at] ?? '',
      spellings: (columns.spellings[at] ?? '').split(SPELLINGS_BETWEEN).filter(Boolean),
      rows: sums(columns.rows[at] ?? []),
    }));
    facets.set(facet, values);
  }
  return facets;
}

/** The index as it is searched. */
export function decodeIndex(encoded: EncodedIndex): SearchIndex {
  const rows = sums(encoded.numbers).map((number, at) => {
    const short = encoded.versions[at] ?? '';
    const version = short === '' ? 'draft' : `0.${short}`;
    const row: IndexRow = {
      number: String(number).padStart(6, '0'),
      title: encoded.titles[at] ?? '',
      version,
      status: STATUS_OF.get(encoded.status[at] ?? '') ?? 'draft',
    };
    const coded = encoded.days[at] ?? -1;
    const day = coded === 0 ? dayOfVersion(version) : coded < 0 ? undefined : dayText(coded);
    const [bytes = -1, files = -1, subjects = -1] = [
      encoded.bytes[at],
      encoded.files[at],
      encoded.subjects[at],
    ];
    if (day !== undefined) row.day = day;
    if (bytes >= 0) row.bytes = bytes;
    if (files >= 0) row.files = files;
    if (subjects >= 0) row.subjects = subjects;
    return row;
  });
  return {
    rows,
    facets: decodeFacets(encoded.facets),
    textState: encoded.textState,
    texts: encoded.texts,
    wordParts: encoded.wordParts,
  };
}

/** The index with facets that were read later. */
export function withFacets(index: SearchIndex, more: EncodedFacets): SearchIndex {
  return { ...index, facets: new Map([...index.facets, ...decodeFacets(more)]) };
}
