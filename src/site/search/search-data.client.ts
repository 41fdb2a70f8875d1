// Everything a search reads from the site, each file once and only when it is needed.

import { queryOfPage } from '../../core/identifiers/value-page.ts';
import type { Query, QueryTerm } from '../../core/search/query.ts';
import {
  blockOf,
  shownRow,
  type EncodedBlock,
  type ShownRow,
} from '../../core/search/row-details.ts';
import type { SearchOrder } from '../../core/search/order-rows.ts';
import { facetsNeeded, sizesNeeded } from '../../core/search/run-search.ts';
import {
  decodeFacets,
  decodeIndex,
  type EncodedFacets,
  type EncodedIndex,
  type SearchIndex,
} from '../../core/search/search-index.ts';
import type { SizeColumns } from '../../core/search/size-columns.ts';
import { frontDecode } from '../../core/search/front-coding.ts';
import { SynonymNames } from '../../core/search/synonyms.ts';
import { matchTerms, neededParts, type TextAnswer } from '../../core/search/text-search.ts';
import { byFrequency, nearestWords } from '../../core/search/nearest-words.ts';
import { decodeNames, WordIndex } from '../../core/search/word-index.ts';
import { leadSettings } from '../hosting/lead-settings.client.ts';
import { PagefindSearch, type PageResult } from './pagefind.client.ts';
import { SearchError } from './search-error.client.ts';

const WORDS_OFFERED = 3;
const WORDS_COMPARED = 8;

/** The files of a site's search. */
export class SearchData {
  readonly base: string;
  readonly prefix: string;
  readonly #settings: ReturnType<typeof leadSettings>;
  /** Addresses of the site besides its public one. */
  readonly #sites: string[];
  readonly #files = new Map<string, Promise<unknown>>();
  #wordIndex: WordIndex | undefined;
  #pagefind: Promise<PagefindSearch> | undefined;
  #wantsPeople = false;

  constructor(dataset: DOMStringMap) {
    this.#settings = leadSettings(dataset);
    const { record } = dataset;
    this.#sites = [new URL(this.#settings.base, location.href).href];
    if (record !== undefined) this.#sites.push(record);
    ({ base: this.base, prefix: this.prefix } = this.#settings);
  }

  async #fetch(file: string): Promise<Response> {
    const answer = await fetch(`${this.base}search/${file}`).catch(() => undefined);
    if (answer?.ok !== true)
      throw new SearchError('A part of the search index could not be loaded.', {
        isUnanswered: answer === undefined,
      });
    return answer;
  }

  /** The contents of a file, read once. A failed read is retried when the file is next needed. */
  #once<T>(file: string, read: () => Promise<T>): Promise<T> {
    let reading = this.#files.get(file) as Promise<T> | undefined;
    if (reading === undefined) {
      reading = read();
      reading.catch(() => this.#files.delete(file));
      this.#files.set(file, reading);
    }
    return reading;
  }

  /** A file of the same state as the index; undefined if it has another state. */
  #ofState<T>(file: string, read: (answer: Response) => Promise<T>): Promise<T> {
    return this.#once(file, async () =>
      read(await this.#fetch(`${(await this.index()).state}/${file}`)),
    );
  }

  #json<T>(file: string): Promise<T> {
    return this.#ofState(file, async (answer) => (await answer.json()) as T);
  }

  #lines(file: string): Promise<string[]> {
    return this.#ofState(file, async (answer) => (await answer.text()).split('\n'));
  }

  /** The index without what only some queries need. */
  index(): Promise<SearchIndex> {
    return this.#once('index.json', async () =>
      decodeIndex((await (await this.#fetch('index.json')).json()) as EncodedIndex),
    );
  }

  /** From now on the index has the lists of people and funders, which are as long as all the rest. */
  addPeople(): void {
    this.#wantsPeople = true;
  }

  /** The index with everything that a query and an order need. */
  async indexFor(query: Query, order: SearchOrder): Promise<SearchIndex> {
    let index = await this.index();
    if (this.#wantsPeople || facetsNeeded(index, query).length > 0) {
      this.#wantsPeople = true;
      const people = await this.#ofState('people.json', async (answer) =>
        decodeFacets((await answer.json()) as EncodedFacets),
      );
      index = { ...index, facets: new Map([...index.facets, ...people]) };
    }
    if (!sizesNeeded(query, order)) return index;
    return { ...index, sizes: await this.#json<SizeColumns>('sizes.json') };
  }

  /** The details shown for some rows. */
  async shownRows(rows: readonly number[]): Promise<ShownRow[]> {
    const index = await this.index();
    return Promise.all(
      rows.map(async (row) =>
        shownRow(index, row, await this.#json<EncodedBlock>(`rows/${blockOf(row)}.json`)),
      ),
    );
  }

  /** The text of a Dandiset in lines; undefined if unavailable: its row has no excerpt. */
  textOf(number: string): Promise<string[] | undefined> {
    return this.#lines(`texts/${number}.txt`).catch(() => undefined);
  }

  /** The names of all terms of the vocabularies that texts are about. */
  names(): Promise<SynonymNames> {
    return this.#ofState(
      'names.txt',
      async (answer) => new SynonymNames(decodeNames(await answer.text())),
    );
  }

  #withPagefind(): Promise<PagefindSearch> {
    return (this.#pagefind ??= this.index().then(
      ({ state }) => new PagefindSearch(this.base, state),
    ));
  }

  async #searchPhrase(words: readonly string[]): Promise<ReadonlySet<number>> {
    return (await this.#withPagefind()).rowsWith(words);
  }

  /** The first pages of the site, other than those of Dandisets, that have some words. */
  async pagesWith(words: readonly string[], most: number): Promise<PageResult[]> {
    return (await this.#withPagefind()).pagesWith(words, most);
  }

  /** The index of words with the parts that are needed. */
  async #wordsWith(needed: (words: WordIndex) => Iterable<number>): Promise<WordIndex> {
    const { wordParts, rows } = await this.index();
    const words = (this.#wordIndex ??= new WordIndex(wordParts, rows.length));
    await Promise.all(
      [...new Set(needed(words))].map((part) =>
        this.#ofState(`words/${part}.txt`, async (answer) => words.add(part, await answer.text())),
      ),
    );
    return words;
  }

  /** What the texts say of the terms of a query. */
  async match(terms: readonly QueryTerm[]): Promise<TextAnswer> {
    const names = await this.names();
    const words = await this.#wordsWith((index) => neededParts(terms, index, names));
    return matchTerms(terms, words, names, (phrase) => this.#searchPhrase(phrase));
  }

  /** All words that may be meant by a misspelled one; a saved copy of the site has them in the index alone. */
  async #spellings(): Promise<string[]> {
    try {
      return await this.#ofState('spellings.txt', async (answer) =>
        frontDecode(await answer.text()),
      );
    } catch (error) {
      if (!(error instanceof SearchError && error.isUnanswered)) throw error;
      return (await this.#wordsWith((index) => index.allParts())).spellings();
    }
  }

  /** The words nearest to one that no text has; of those equally near, the most frequent first. */
  async nearest(word: string): Promise<string[]> {
    const [spellings, names] = await Promise.all([this.#spellings(), this.names()]);
    const near = nearestWords(word, [...spellings, ...names.words()], WORDS_COMPARED);
    const words = await this.#wordsWith((index) => near.flatMap((one) => index.partsOf(one.word)));
    return byFrequency(near, words).slice(0, WORDS_OFFERED);
  }

  /** The Dandiset that a text names, and the page for it below the base; undefined if it names none. */
  async addressOf(text: string): Promise<{ number: string; path: string } | undefined> {
    // Each has digits; most searches have none, and what reads addresses is as large as the search.
    if (!/\d/.test(text)) return undefined;
    const { ownAddress } = await import('./pasted-dandiset.client.ts');
    return ownAddress(text, this.#settings, this.#sites);
  }

  /** What a text searches for: the address of a page of one value is the operator of the value. */
  meaningOf(text: string): string {
    return queryOfPage(text, [this.#settings.site, ...this.#sites]) ?? text;
  }
}
