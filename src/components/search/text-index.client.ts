// The full text in the browser: Pagefind, run on the page itself, asked for one term at a time.
// It never says that a part of its index is missing and answers with fewer results instead, so what
// it fetches is watched here.

import { fromFullText } from '../../core/search/excerpt.ts';
import type { TermMatches } from '../../core/search/run-search.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import type { Sequence } from '../../core/search/text-search.ts';
import { SearchFault } from './search-fault.client.ts';

interface Found {
  id: string;
  score: number;
  data(): Promise<{ content: string }>;
}
interface Instance {
  init(): Promise<void>;
  search(words: string): Promise<{ results: Found[] }>;
}
interface Pagefind {
  createInstance(options: { basePath: string; noWorker: boolean; metaCacheTag: string }): Instance;
}

/** Parts of the index that could not be fetched. */
const missing = new Set<string>();
let watched: string | undefined;

function watchFetches(folder: string): void {
  if (watched !== undefined) return;
  watched = folder;
  const fetchAsBefore = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    // Without the text of one entry only its excerpt is missing.
    if (!pathname.startsWith(folder) || pathname.endsWith('.pf_fragment'))
      return fetchAsBefore(input, init);
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

const INCOMPLETE =
  'A part of the text index could not be loaded, so the results would not be complete.';

/** The text of an archive, searched by words. */
export class TextIndex {
  readonly #folder: string;
  readonly #index: SearchIndex;
  #instance: Promise<Instance> | undefined;
  readonly #asked = new Map<string, Promise<TermMatches>>();
  readonly #texts = new Map<number, () => Promise<{ content: string }>>();

  constructor(base: string, index: SearchIndex) {
    this.#folder = `${base}pagefind/`;
    this.#index = index;
  }

  /** Loads what every search needs, before anything is typed. */
  load(): Promise<Instance> {
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
        // Names the state of the text: a cached answer of another state is never taken for it.
        metaCacheTag: this.#index.textState,
      });
      await instance.init();
      return instance;
    } catch (error) {
      this.#instance = undefined;
      throw new SearchFault('The text index could not be loaded.', { cause: error });
    }
  }

  /** Rows whose text has a sequence of words, with a weight. */
  search(sequence: Sequence): Promise<TermMatches> {
    const words = sequence.length > 1 ? `"${sequence.join(' ')}"` : (sequence[0] ?? '');
    let found = this.#asked.get(words);
    if (found === undefined) {
      found = this.#ask(words);
      this.#asked.set(words, found);
      // What failed is asked again when it is wanted again.
      found.catch(() => {
        this.#asked.delete(words);
        this.#instance = undefined;
      });
    }
    return found;
  }

  async #ask(words: string): Promise<TermMatches> {
    const instance = await this.load();
    const { results } = await instance.search(words);
    if (missing.size > 0) throw new SearchFault(INCOMPLETE);
    const matches = new Map<number, number>();
    for (const result of results) {
      const row = this.#index.rowOfText.get(result.id.replace(/^[a-z]+_/, ''));
      if (row === undefined)
        throw new SearchFault('The text index is of another state of this site than the page.');
      matches.set(row, result.score);
      this.#texts.set(row, () => result.data());
    }
    // The word is in the list, so some text has it.
    if (matches.size === 0 && !words.startsWith('"')) throw new SearchFault(INCOMPLETE);
    return matches;
  }

  /** The text of a row that was found, in lines; undefined if it cannot be had. */
  async textOf(row: number): Promise<string[] | undefined> {
    try {
      const data = await this.#texts.get(row)?.();
      return data === undefined ? undefined : fromFullText(data.content);
    } catch {
      return undefined;
    }
  }
}
