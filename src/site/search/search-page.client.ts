// The search page. The text in the field and the order are its whole state and are in the address; results
// are written as text, never as markup.

import { FIELD_WORDS, type SearchFacet, type SearchRange } from '../../core/search/fields.ts';
import { isSearchOrder, type SearchOrder } from '../../core/search/order-rows.ts';
import { isEmptyQuery, parseQuery, type Query } from '../../core/search/query.ts';
import { resultEntries } from '../../core/search/result-files.ts';
import type { SearchOutcome } from '../../core/search/run-search.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import { wordsOfTerm } from '../../core/search/text-search.ts';
import { foldedWords } from '../../core/text/fold.ts';
import { countOf, formatCount } from '../../core/text/format.ts';
import { element } from '../browser/dom.client.ts';
import { FacetPanel } from './facet-panel.client.ts';
import { DANDISET_PANEL } from './dandiset-panel.client.ts';
import { find } from './run-query.client.ts';
import { adviceOn } from './search-advice.client.ts';
import { PAGES_READ, showPages, wordsForPages } from './page-results.client.ts';
import { queryChips } from './query-chips.client.ts';
import { offerResultFiles } from './result-download.client.ts';
import { excerptsWhenSeen, rowMaker } from './result-rows.client.ts';
import { SearchData } from './search-data.client.ts';
import { SearchError } from './search-error.client.ts';
import { noteElements, queryAddress, recordingsAddress } from './search-notes.client.ts';
import { SuggestionList } from './suggestion-list.client.ts';
import { saveResult } from './result-memory.client.ts';

const ROWS_AT_ONCE = 20;
const WAIT = 120;
/** Below more rows than these, pages are looked for when the reader gets there. */
const MOST_ROWS_ABOVE_PAGES = 4;

/** Stored with the history entry, for going back. */
interface Place {
  shown: number;
  scroll: number;
  focus?: string;
}

interface Result {
  index: SearchIndex;
  outcome: SearchOutcome;
  words: string[];
}

class DandisetSearch extends HTMLElement {
  #data = new SearchData(this.dataset);
  #panel: FacetPanel<SearchFacet, SearchRange> | undefined;
  #runs = 0;
  #timer = 0;
  #result: Result | undefined;
  #shown = ROWS_AT_ONCE;
  #seen: IntersectionObserver | undefined;
  #pagesSeen: IntersectionObserver | undefined;

  connectedCallback(): void {
    const { input, sort } = this.#fields;
    this.#part('tools').hidden = false;
    this.#panel = new FacetPanel(
      this.#part('facets'),
      DANDISET_PANEL,
      (text) => this.#ask(text, true),
      () => {
        this.#data.addPeople();
        void this.#run();
      },
    );
    const wide = matchMedia('(min-width: 52rem)');
    const frame = this.querySelector<HTMLDetailsElement>('[data-panel]');
    if (frame !== null) frame.open = wide.matches;
    new SuggestionList(input, this.#data, {
      complete: (text) => this.#ask(text, false),
    }).listen();
    input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#ask(input.value, false), WAIT);
    });
    input.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = input.value;
      this.#openIdentifier(text).then(
        (isOpened) => isOpened || this.#ask(text, true),
        (error: unknown) => this.#fail(error),
      );
    });
    sort.addEventListener('change', () => this.#ask(input.value, true));
    this.addEventListener('click', (event) => this.#clicked(event));
    addEventListener('popstate', () => this.#restore());
    addEventListener('pagehide', () => this.#keepPlace());
    history.scrollRestoration = 'manual';
    this.#restore();
  }

  get #fields(): { input: HTMLInputElement; sort: HTMLSelectElement } {
    const input = this.querySelector<HTMLInputElement>('#search-words');
    const sort = this.querySelector<HTMLSelectElement>('#search-order');
    if (input === null || sort === null) throw new Error('The search page lacks its fields');
    return { input, sort };
  }

  #part(name: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(`[data-${name}]`);
    if (part === null) throw new Error(`The search page lacks its ${name}`);
    return part;
  }

  get #order(): SearchOrder {
    const { value } = this.#fields.sort;
    return isSearchOrder(value) ? value : 'best';
  }

  /** Another text or order; `isStep` adds a history entry. */
  #ask(text: string, isStep: boolean): void {
    clearTimeout(this.#timer);
    const { input } = this.#fields;
    if (input.value !== text) input.value = text;
    this.#shown = ROWS_AT_ONCE;
    const target = queryAddress(text, this.#order);
    if (isStep) {
      this.#keepPlace();
      history.pushState(null, '', target);
    } else history.replaceState(null, '', target);
    void this.#run();
  }

  #restore(): void {
    const { input, sort } = this.#fields;
    const state = new URLSearchParams(location.search);
    const order = state.get('sort');
    input.value = state.get('q') ?? '';
    sort.value = isSearchOrder(order) ? order : 'best';
    const place = history.state as Place | null;
    this.#shown = place?.shown ?? ROWS_AT_ONCE;
    void this.#run().then(() => {
      if (place === null) return;
      const focused =
        place.focus === undefined
          ? null
          : this.querySelector<HTMLElement>(`[data-number="${place.focus}"] a`);
      focused?.focus({ preventScroll: true });
      scrollTo({ top: place.scroll, behavior: 'instant' });
    });
    if (place === null && input.value === '') input.focus();
  }

  #keepPlace(focus?: string): void {
    const kept = focus ?? (history.state as Place | null)?.focus;
    const place: Place = { shown: this.#shown, scroll: scrollY };
    if (kept !== undefined) place.focus = kept;
    history.replaceState(place, '');
  }

  async #openIdentifier(text: string): Promise<boolean> {
    const address = await this.#data.addressOf(text);
    const isHere = this.#result?.index.rows.some(({ number }) => number === address?.number);
    if (address === undefined || isHere !== true) return false;
    location.assign(`${this.#data.base}${address.path}`);
    return true;
  }

  #clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const query = target?.closest<HTMLElement>('[data-query]');
    if (
      query !== null &&
      query !== undefined &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.shiftKey
    ) {
      event.preventDefault();
      this.#ask(query.dataset['query'] ?? '', true);
      this.#fields.input.focus();
      return;
    }
    const number = target?.closest<HTMLElement>('a.name')?.closest<HTMLElement>('li')?.dataset[
      'number'
    ];
    if (number === undefined || this.#result === undefined) return;
    const { index, outcome } = this.#result;
    saveResult({
      address: location.pathname + location.search,
      numbers: outcome.rows.map((row) => index.rows[row]?.number ?? ''),
    });
    this.#keepPlace(number);
  }

  async #run(): Promise<void> {
    const run = (this.#runs += 1);
    const text = this.#fields.input.value;
    this.#showChips(text, parseQuery(text));
    try {
      await this.#search(text, () => run !== this.#runs);
    } catch (error) {
      if (run === this.#runs) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const reason = error instanceof SearchError ? error.message : 'The search failed.';
    this.#result = undefined;
    this.#part('results').replaceChildren();
    this.#part('more').hidden = true;
    this.#part('tools').hidden = true;
    this.#part('ways-in').hidden = false;
    // The notes say it, and are announced as well.
    this.#say('');
    const again = element('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => void this.#run());
    const advice =
      'Reload the page, or use the lists below. Without a network, new words can only be searched for where the archive is kept on this device.';
    this.#part('notes').replaceChildren(
      element('div', { class: 'notice danger' }, element('p', {}, `${reason} ${advice}`), again),
    );
    if (!(error instanceof SearchError)) throw error;
  }

  async #search(text: string, isOld: () => boolean): Promise<void> {
    const found = await find(this.#data, text, {
      order: this.#order,
    });
    if (isOld()) return;
    const { index, request, outcome } = found;
    const { query } = request;
    const words = query.terms.filter(({ isExcluded }) => !isExcluded).flatMap(wordsOfTerm);
    words.push(
      ...found.alsoFound
        .map(foldedWords)
        .filter(({ length }) => length === 1)
        .flat(),
    );
    const result: Result = { index, outcome, words: [...new Set(words)] };
    this.#result = result;
    this.#panel?.show({ index, text, counts: outcome.counts });
    this.#part('tools').hidden = outcome.rows.length === 0;
    this.#part('ways-in').hidden = outcome.rows.length > 0;
    this.#part('notes').replaceChildren();
    this.#say(this.#sentence(query, request.exact !== undefined));
    await this.#showRows(result);
    const advice = await adviceOn(this.#data, text, found);
    if (isOld()) return;
    const recordings = recordingsAddress(text);
    this.#part('notes').replaceChildren(...noteElements({ ...advice, recordings }));
    const asked = request.exact === undefined ? wordsForPages(query) : [];
    this.#offerPages(asked, isOld, outcome.rows.length > MOST_ROWS_ABOVE_PAGES);
  }

  /**
   * Last, since the engine that knows the pages is larger than all that was loaded before.
   */
  #offerPages(words: readonly string[], isOld: () => boolean, isBelowMuch: boolean): void {
    const [place, link] = [this.#part('pages'), this.#part('to-pages')];
    this.#pagesSeen?.disconnect();
    showPages(place, [], words);
    link.hidden = words.length === 0 || !isBelowMuch;
    if (words.length === 0) return;
    const load = async (): Promise<void> => {
      // Without them the result is complete.
      const pages = await this.#data.pagesWith(words, PAGES_READ).catch(() => []);
      if (isOld()) return;
      const count = showPages(place, pages, words);
      link.hidden = count === 0;
      link.textContent = `${countOf(count, 'page')} of this site`;
    };
    link.textContent = 'Pages of this site';
    if (!isBelowMuch) {
      void load();
      return;
    }
    this.#pagesSeen = new IntersectionObserver((entries, observer) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void load();
    });
    this.#pagesSeen.observe(place);
  }

  #sentence(query: Query, isExact: boolean): string {
    const count = this.#result?.outcome.rows.length ?? 0;
    const all = this.#result?.index.rows.length ?? 0;
    if (isEmptyQuery(query)) return `All ${countOf(all, 'Dandiset')}.`;
    const found = `${formatCount(count)} of ${countOf(all, 'Dandiset')} found.`;
    return isExact ? `${found} Press Enter to open the first.` : found;
  }

  #say(sentence: string): void {
    const status = this.#part('status');
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  #showChips(text: string, query: Query): void {
    const parts = [
      ...query.facets.map((one) => ({
        ...one,
        words: `${FIELD_WORDS[one.facet].title}: ${one.value}`,
      })),
      ...query.ranges.map((one) => ({
        ...one,
        words: `${FIELD_WORDS[one.range].title}: ${one.text}`,
      })),
    ];
    this.#part('chips').replaceChildren(...queryChips(text, parts));
  }

  /** The count appears at once; the rows follow when what they show was read. */
  async #showRows(result: Result): Promise<void> {
    const { index, outcome, words } = result;
    const { base, prefix } = this.#data;
    const list = this.#part('results');
    list.ariaBusy = 'true';
    const shown = await this.#data.shownRows(outcome.rows.slice(0, this.#shown));
    if (result !== this.#result) return;
    list.ariaBusy = null;
    const rows = shown.map(rowMaker(index, { base, prefix, words }));
    list.replaceChildren(...rows);
    list.classList.toggle('with-excerpts', words.length > 0);
    this.#seen?.disconnect();
    if (words.length > 0)
      this.#seen = excerptsWhenSeen(rows, words, (number) => this.#data.textOf(number));
    const left = outcome.rows.length - rows.length;
    const more = this.#part('more');
    more.hidden = left <= 0;
    more.textContent = `Show ${formatCount(Math.min(left, ROWS_AT_ONCE))} more of ${formatCount(left)}`;
    more.onclick = () => {
      this.#shown += ROWS_AT_ONCE;
      this.#showRows(result).then(
        // To the first of the new rows, for keyboard users.
        () => list.children[rows.length]?.querySelector('a')?.focus(),
        (error: unknown) => this.#fail(error),
      );
    };
    const site = new URL(base, location.href).href;
    offerResultFiles(
      this.#part('files'),
      outcome.rows.map((row) => `${prefix}:${index.rows[row]?.number ?? ''}`),
      async () => resultEntries(index, await this.#data.shownRows(outcome.rows), { prefix, site }),
      (error) => this.#fail(error),
    );
  }
}

customElements.define('dandiset-search', DandisetSearch);
