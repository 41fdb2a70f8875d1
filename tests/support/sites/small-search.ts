// A few documents and their index, for tests of the search's parts.

import type { DocumentValue, SearchDocument } from '../../../src/core/search/search-document.ts';
import {
  decodeIndex,
  encodeIndex,
  type SearchIndex,
} from '../../../src/core/search/search-index.ts';
import {
  blockOf,
  encodeBlocks,
  shownRow,
  type ShownRow,
} from '../../../src/core/search/row-details.ts';
import { SynonymNames } from '../../../src/core/search/synonyms.ts';
import { sizeColumns } from '../../../src/core/search/size-columns.ts';
import { decodeNames, encodeWords, WordIndex } from '../../../src/core/search/word-index.ts';

export const MOUSE: DocumentValue = {
  facet: 'species',
  id: 'NCBITaxon_10090',
  label: 'Mus musculus',
  note: 'House mouse',
};
export const HUMAN: DocumentValue = {
  facet: 'species',
  id: 'NCBITaxon_9606',
  label: 'Homo sapiens',
  note: 'Human',
};

/** A published document with a title; its size in kB is its number. */
export function searchDocument(
  number: string,
  title: string,
  more: Partial<SearchDocument> = {},
): SearchDocument {
  return {
    number,
    title,
    version: '0.240102.1200',
    status: 'published',
    day: '2024-01-02',
    bytes: Number(number) * 1000,
    values: [],
    lines: [title],
    mainLines: 1,
    looseLines: 0,
    ...more,
  };
}

/** The index of documents as a browser reads it, with sizes. */
export function indexOf(documents: readonly SearchDocument[]): SearchIndex {
  const wordParts = encodeWords(documents).starts;
  const written = JSON.stringify({ ...encodeIndex(documents), state: 's', wordParts });
  const index = decodeIndex(JSON.parse(written) as Parameters<typeof decodeIndex>[0]);
  return { ...index, sizes: sizeColumns(documents) };
}

/** The details shown for some rows. */
export function shownRowsOf(documents: readonly SearchDocument[], rows: number[]): ShownRow[] {
  const [index, blocks] = [indexOf(documents), encodeBlocks(documents)];
  return rows.map((row) => shownRow(index, row, blocks[blockOf(row)] ?? []));
}

/** The words of documents, all parts read. */
export function wordsIndexOf(documents: readonly SearchDocument[]): WordIndex {
  const { starts, parts } = encodeWords(documents);
  const words = new WordIndex(starts, documents.length);
  parts.forEach((part, at) => words.add(at, part));
  return words;
}

/** The names of the terms that documents are about. */
export function namesOf(documents: readonly SearchDocument[]): SynonymNames {
  return new SynonymNames(decodeNames(encodeWords(documents).names));
}

/** The place of a value in its facet's list. */
export function placeOf(index: SearchIndex, { facet, id }: DocumentValue): number {
  return index.facets.get(facet)?.findIndex((value) => value.id === id) ?? -1;
}
