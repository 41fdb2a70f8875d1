// Everything a search reads from the site, each file once and only when it is needed.

import {
  formatSitePath,
  isOwnAddress,
  parseDandiAddress,
} from '../../core/identifiers/dandi-address.ts';
import type { Query, Term } from '../../core/search/query.ts';
import { facetsNeeded, type TermMatches } from '../../core/search/run-search.ts';
import {
  decodeIndex,
  withFacets,
  type EncodedFacets,
  type EncodedIndex,
  type SearchIndex,
} from '../../core/search/search-index.ts';
import { matchTerm, unknownWords, wordsOfTerm } from '../../core/search/text-search.ts';
import { nearestWords } from '../../core/search/nearest-words.ts';
import { WordIndex } from '../../core/search/word-index.ts';
import { leadSettings } from '../lead-on.client.ts';
import { SearchFault } from './search-fault.client.ts';
import { TextIndex } from './text-index.client.ts';

export interface TextAnswer {
  matches: TermMatches[];
  /** Words that no text has, by the place of their term. */
  unknown: Map<Term, string[]>;
}

const WORDS_OFFERED = 3;

/** The files of a site's search. */
export class SearchData {
  readonly base: string;
  readonly prefix: string;
  readonly #settings: ReturnType<typeof leadSettings>;
  readonly #parts = new Map<number, Promise<void>>();
  #wordIndex: WordIndex | undefined;
  #spellings: Promise<string[]> | undefined;
  #index: Promise<SearchIndex> | undefined;
  #people: Promise<SearchIndex> | undefined;
  #text: TextIndex | undefined;

  constructor(dataset: DOMStringMap) {
    this.#settings = leadSettings(dataset);
    ({ base: this.base, prefix: this.prefix } = this.#settings);
  }

  async #fetch(file: string): Promise<Response> {
    const answer = await fetch(`${this.base}search/${file}`).catch(() => undefined);
    if (answer?.ok !== true)
      throw new SearchFault('A part of the search index could not be loaded.');
    return answer;
  }

  /** A file of the same state as the index; of another one there is none. */
  async #fetchOfState(file: string): Promise<Response> {
    return this.#fetch(`${(await this.index()).textState}/${file}`);
  }

  /** The index of titles and facets without the list of people. */
  index(): Promise<SearchIndex> {
    this.#index ??= this.#fetch('index.json')
      .then(async (answer) => decodeIndex((await answer.json()) as EncodedIndex))
      .catch((error: unknown) => {
        this.#index = undefined;
        throw error;
      });
    return this.#index;
  }

  /** The index with the list of people, which is as long as all the rest. */
  indexWithPeople(): Promise<SearchIndex> {
    this.#people ??= Promise.all([this.index(), this.#fetchOfState('contributors.json')])
      .then(async ([index, answer]) => withFacets(index, (await answer.json()) as EncodedFacets))
      .catch((error: unknown) => {
        this.#people = undefined;
        throw error;
      });
    return this.#people;
  }

  /** The index with all facets that a query asks for, or that were loaded before. */
  async indexFor(query: Query): Promise<SearchIndex> {
    const index = await this.index();
    return this.#people !== undefined || facetsNeeded(index, query).length > 0
      ? this.indexWithPeople()
      : index;
  }

  async text(): Promise<TextIndex> {
    this.#text ??= new TextIndex(this.base, await this.index());
    return this.#text;
  }

  async #words(): Promise<WordIndex> {
    const { wordParts, rows } = await this.index();
    this.#wordIndex ??= new WordIndex(wordParts, rows.length);
    return this.#wordIndex;
  }

  #loadPart(words: WordIndex, part: number): Promise<void> {
    let loading = this.#parts.get(part);
    if (loading === undefined) {
      loading = this.#fetchOfState(`words/${part}.txt`).then(async (answer) => {
        words.add(part, await answer.text());
      });
      loading.catch(() => this.#parts.delete(part));
      this.#parts.set(part, loading);
    }
    return loading;
  }

  /** What the texts say of the terms of a query. */
  async match(terms: readonly Term[]): Promise<TextAnswer> {
    const unknown = new Map<Term, string[]>();
    if (terms.length === 0) return { matches: [], unknown };
    const [words, text] = await Promise.all([this.#words(), this.text()]);
    const parts = new Set(terms.flatMap(wordsOfTerm).flatMap((word) => words.partsOf(word)));
    await Promise.all([...parts].map((part) => this.#loadPart(words, part)));
    for (const term of terms) {
      const absent = unknownWords(term, words);
      if (absent.length > 0) unknown.set(term, absent);
    }
    const matches = await Promise.all(
      terms.map((term) => matchTerm(term, words, (phrase) => text.searchPhrase(phrase))),
    );
    return { matches, unknown };
  }

  /** The words nearest to one that no text has. */
  async nearest(word: string): Promise<string[]> {
    this.#spellings ??= this.#fetchOfState('spellings.txt')
      .then(async (answer) => (await answer.text()).split('\n'))
      .catch((error: unknown) => {
        this.#spellings = undefined;
        throw error;
      });
    return nearestWords(word, await this.#spellings, WORDS_OFFERED);
  }

  /** The Dandiset that a text names, and the page for it below the base; undefined if it names none. */
  addressOf(text: string): { number: string; path: string } | undefined {
    const found = parseDandiAddress(text.trim(), this.#settings);
    if (found === undefined || !isOwnAddress(found, this.prefix)) return undefined;
    return { number: found.number, path: formatSitePath(found) };
  }
}
