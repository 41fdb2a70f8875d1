// Phrases in the browser: Pagefind's index is queried for whether words follow each other. Pagefind never
// reports that a part of its index is missing and returns fewer results instead, so its fetches are monitored
// here.

import { SearchError } from './search-error.client.ts';

interface Instance {
  init(): Promise<void>;
  search(words: string): Promise<{ results: { id: string }[] }>;
}
interface Pagefind {
  createInstance(options: { basePath: string; noWorker: boolean; metaCacheTag: string }): Instance;
}

/** The language all texts are indexed as; Pagefind's names begin with it. */
const LANGUAGE = 'en_';

/** Files of the index that could not be fetched. */
const missing = new Set<string>();
let isWatched = false;

function watchFetches(folder: string): void {
  if (isWatched) return;
  isWatched = true;
  const fetchAsBefore = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if (!pathname.startsWith(folder)) return fetchAsBefore(input, init);
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

/** The phrases of an archive. */
export class PhraseIndex {
  readonly #folder: string;
  readonly #state: string;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #queries = new Map<string, Promise<ReadonlySet<number>>>();
  #instance: Promise<Instance> | undefined;

  /** `state` names the state of the index, `keys` are Pagefind's names for its rows. */
  constructor(base: string, state: string, keys: readonly string[]) {
    this.#folder = `${base}pagefind/`;
    this.#state = state;
    this.#rows = new Map(keys.map((key, row) => [LANGUAGE + key, row]));
  }

  #load(): Promise<Instance> {
    this.#instance ??= this.#create();
    return this.#instance;
  }

  async #create(): Promise<Instance> {
    watchFetches(this.#folder);
    missing.clear();
    try {
      const module = (await import(/* @vite-ignore */ `${this.#folder}pagefind.js`)) as Pagefind;
      const instance = module.createInstance({
        basePath: this.#folder,
        noWorker: true,
        // A cached response of another state is never mistaken for it.
        metaCacheTag: this.#state,
      });
      await instance.init();
      return instance;
    } catch (error) {
      throw new SearchError('The index of phrases could not be loaded.', { cause: error });
    }
  }

  /** The rows whose text has some words one after the other. */
  search(words: readonly string[]): Promise<ReadonlySet<number>> {
    const phrase = `"${words.join(' ')}"`;
    let found = this.#queries.get(phrase);
    if (found === undefined) {
      found = this.#query(phrase);
      this.#queries.set(phrase, found);
      // Failed files are fetched again when they are next needed.
      found.catch(() => {
        this.#queries.delete(phrase);
        this.#instance = undefined;
      });
    }
    return found;
  }

  async #query(phrase: string): Promise<ReadonlySet<number>> {
    const { results } = await (await this.#load()).search(phrase);
    if (missing.size > 0)
      throw new SearchError(
        'A part of the index of phrases could not be loaded, so the result would not be complete.',
      );
    const rows = results.map(({ id }) => this.#rows.get(id));
    if (rows.includes(undefined))
      throw new SearchError('The index of phrases is of another state of this site.');
    return new Set(rows.filter((row) => row !== undefined));
  }
}
