// Pagefind in the browser: which pages of the site have some words, and which Dandisets have words that follow
// each other. Pagefind never reports that a part of its index is missing and returns fewer results instead, so
// its fetches are monitored here.

import { SearchError } from './search-error.client.ts';

/** A page of the site, as Pagefind describes it. */
export interface PageResult {
  url: string;
  content: string;
  meta: { title?: string; kind?: string };
  /** The parts of the page, by their headings, that have the words. */
  sub_results: { title: string; url: string; plain_excerpt: string }[];
}
interface Answer {
  results: { id: string; data(): Promise<PageResult> }[];
}
interface Instance {
  init(): Promise<void>;
  mergeIndex(folder: string): Promise<void>;
  /** Without words, all that can be put in the order. */
  search(words: string | null, options?: { sort: { row: 'asc' } }): Promise<Answer>;
}
interface Pagefind {
  createInstance(options: { basePath: string; noWorker: boolean }): Instance;
}

/** Files of an index that could not be fetched. */
const missing = new Set<string>();
const watched = new Set<string>();

function watchFetches(folder: string): void {
  const isFirst = watched.size === 0;
  watched.add(folder);
  if (!isFirst) return;
  const fetchAsBefore = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if (![...watched].some((one) => pathname.startsWith(one))) return fetchAsBefore(input, init);
    try {
      const answer = await fetchAsBefore(input, init);
      if (!answer.ok) missing.add(pathname);
      return answer;
    } catch (error) {
      missing.add(pathname);
      throw error;
    }
  };
}

/** One of Pagefind's indexes, loaded at its first use; `texts` is the folder of one that is read along with it. */
class PagefindIndex {
  readonly #folder: string;
  readonly #texts: string | undefined;
  #instance: Promise<Instance> | undefined;
  /** The rows of the texts by the names that results have for them. */
  rows: ReadonlyMap<string, number> = new Map();

  constructor(folder: string, texts?: string) {
    this.#folder = folder;
    this.#texts = texts;
  }

  async #create(): Promise<Instance> {
    for (const folder of [this.#folder, ...(this.#texts === undefined ? [] : [this.#texts])]) {
      watchFetches(folder);
      for (const name of missing) if (name.startsWith(folder)) missing.delete(name);
    }
    try {
      const module = (await import(/* @vite-ignore */ `${this.#folder}pagefind.js`)) as Pagefind;
      const instance = module.createInstance({ basePath: this.#folder, noWorker: true });
      await instance.init();
      if (this.#texts !== undefined) {
        const all = async (): Promise<string[]> =>
          (await instance.search(null, { sort: { row: 'asc' } })).results.map(({ id }) => id);
        const pages = new Set(await all());
        await instance.mergeIndex(this.#texts);
        const texts = (await all()).filter((id) => !pages.has(id));
        this.rows = new Map(texts.map((id, row) => [id, row]));
      }
      return instance;
    } catch (error) {
      throw new SearchError('The index of phrases could not be loaded.', { cause: error });
    }
  }

  /** What a query finds; `use` reads from the answer, and may load more of the index. */
  async search<T>(words: string, use: (answer: Answer) => Promise<T> | T): Promise<T> {
    try {
      const answer = await use(await (await (this.#instance ??= this.#create())).search(words));
      if ([...missing].some((name) => name.startsWith(this.#texts ?? this.#folder)))
        throw new SearchError(
          'A part of the index of phrases could not be loaded, so the result would not be complete.',
        );
      return answer;
    } catch (error) {
      // Failed files are fetched again when they are next needed.
      this.#instance = undefined;
      throw error;
    }
  }
}

/** The site's pages, and the phrases in the texts of its Dandisets. */
export class PagefindSearch {
  readonly #pages: PagefindIndex;
  readonly #texts: PagefindIndex;
  readonly #phrases = new Map<string, Promise<ReadonlySet<number>>>();

  /** `state` names the state of the texts. */
  constructor(base: string, state: string) {
    const folder = `${base}pagefind/`;
    this.#pages = new PagefindIndex(folder);
    this.#texts = new PagefindIndex(folder, `${base}search/${state}/phrases/`);
  }

  /** The rows whose text has some words one after the other. */
  rowsWith(words: readonly string[]): Promise<ReadonlySet<number>> {
    const phrase = `"${words.join(' ')}"`;
    let found = this.#phrases.get(phrase);
    if (found === undefined) {
      found = this.#texts.search(phrase, ({ results }) => {
        const rows = results.map(({ id }) => this.#texts.rows.get(id));
        return new Set(rows.filter((row) => row !== undefined));
      });
      this.#phrases.set(phrase, found);
      found.catch(() => this.#phrases.delete(phrase));
    }
    return found;
  }

  /** The first pages that have some words. */
  pagesWith(words: readonly string[], most: number): Promise<PageResult[]> {
    return this.#pages.search(words.join(' '), ({ results }) =>
      Promise.all(results.slice(0, most).map((result) => result.data())),
    );
  }
}
