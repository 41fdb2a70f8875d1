// The page that searches recordings. The text in the field is its whole state and is in the address.

import {
  parseRecordingQuery,
  RECORDING_WORDS,
  type RecordingFacet,
  type RecordingQuery,
  type RecordingRange,
} from '../../core/recordings/recording-query.ts';
import type { RecordingSearch } from '../../core/recordings/recording-search.ts';
import { isEmptyQuery } from '../../core/search/query.ts';
import { countOf, formatCount } from '../../core/text/format.ts';
import { element } from '../browser/dom.client.ts';
import { FacetPanel } from '../search/facet-panel.client.ts';
import { queryChips } from '../search/query-chips.client.ts';
import { SearchError } from '../search/search-error.client.ts';
import { queryAddress } from '../search/search-notes.client.ts';
import { openRecordings } from './recording-data.client.ts';
import { RECORDING_PANEL } from './recording-panel.client.ts';
import { recordingRow } from './recording-rows.client.ts';

const ROWS_AT_ONCE = 20;
const WAIT = 150;

class RecordingSearchPage extends HTMLElement {
  #opening: Promise<RecordingSearch> | undefined;
  #runs = 0;
  #timer = 0;
  #panel: FacetPanel<RecordingFacet, RecordingRange> | undefined;

  connectedCallback(): void {
    const input = this.#input;
    this.#panel = new FacetPanel(
      this.#part('facets'),
      RECORDING_PANEL,
      (text) => this.#ask(text, true),
      () => void this.#run(),
    );
    const frame = this.#frame;
    frame.open = matchMedia('(min-width: 52rem)').matches;
    frame.addEventListener('toggle', () => {
      if (frame.open) void this.#run();
    });
    input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#ask(input.value, false), WAIT);
    });
    input.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask(input.value, true);
    });
    this.addEventListener('click', (event) => this.#clicked(event));
    addEventListener('popstate', () => this.#restore());
    this.#restore();
  }

  get #input(): HTMLInputElement {
    const input = this.querySelector<HTMLInputElement>('#recording-words');
    if (input === null) throw new Error('The page lacks its field');
    return input;
  }

  #part(name: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(`[data-${name}]`);
    if (part === null) throw new Error(`The page lacks its ${name}`);
    return part;
  }

  get #frame(): HTMLDetailsElement {
    return this.#part('panel') as HTMLDetailsElement;
  }

  #restore(): void {
    this.#input.value = new URLSearchParams(location.search).get('q') ?? '';
    if (this.#input.value === '') this.#input.focus();
    void this.#run();
  }

  /** Another text; `isStep` adds a history entry. */
  #ask(text: string, isStep: boolean): void {
    clearTimeout(this.#timer);
    if (this.#input.value !== text) this.#input.value = text;
    if (isStep) history.pushState(null, '', queryAddress(text));
    else history.replaceState(null, '', queryAddress(text));
    void this.#run();
  }

  #clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const query = target?.closest<HTMLElement>('[data-query]');
    if (query === null || query === undefined) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#ask(query.dataset['query'] ?? '', true);
    this.#input.focus();
  }

  async #run(): Promise<void> {
    const run = (this.#runs += 1);
    const text = this.#input.value;
    const query = parseRecordingQuery(text);
    this.#showChips(text, query);
    try {
      await this.#search(query, text, () => run !== this.#runs);
    } catch (error) {
      if (run === this.#runs) this.#fail(error);
      if (!(error instanceof SearchError)) throw error;
    }
  }

  #open(): Promise<RecordingSearch> {
    const opening = (this.#opening ??= openRecordings(this.dataset['base'] ?? '/'));
    opening.catch(() => (this.#opening = undefined));
    return opening;
  }

  async #search(query: RecordingQuery, text: string, isOld: () => boolean): Promise<void> {
    const search = await this.#open();
    const found = await search.find(query);
    if (isOld()) return;
    this.#part('notes').replaceChildren(
      ...found.problems.map((problem) => element('p', { class: 'notice warning' }, problem)),
    );
    this.#part('examples').hidden = !isEmptyQuery(query) && found.rows.length > 0;
    this.#showCoverage(search);
    const files = countOf(search.size, 'file');
    this.#say(
      isEmptyQuery(query)
        ? `All ${files} of which something is known.`
        : `${formatCount(found.rows.length)} of ${files} found.`,
    );
    await this.#showRows(search, found.rows, isOld);
    // The lists are read after the answer, where they are seen.
    if (isOld() || !this.#frame.open) return;
    const { facets, counts } = await search.find(query, true);
    if (!isOld()) this.#panel?.show({ index: { facets }, text, counts });
  }

  #showCoverage({ head: { files, read, described } }: RecordingSearch): void {
    const rest = files - read - described;
    this.#part('coverage').textContent =
      `Searched are the newest versions. Of ${countOf(files, 'file')}, the contents of ` +
      `${formatCount(read)} were read. Of ${formatCount(described)} more only the record is known, ` +
      `which names types of data at most: no numbers and no regions. ` +
      `Of ${formatCount(rest)} nothing is known, and they are not found here.`;
  }

  async #showRows(
    search: RecordingSearch,
    rows: readonly number[],
    isOld: () => boolean,
  ): Promise<void> {
    const list = this.#part('results');
    const more = this.#part('more');
    const { base = '/', prefix = '', store = '' } = this.dataset;
    const place = { base, prefix, store };
    const add = async (): Promise<void> => {
      const from = list.children.length;
      const shown = await search.shown(rows.slice(from, from + ROWS_AT_ONCE));
      if (isOld()) return;
      list.append(...shown.map((file) => recordingRow(file, place)));
      const left = rows.length - list.children.length;
      more.hidden = left <= 0;
      more.textContent = `Show ${formatCount(Math.min(left, ROWS_AT_ONCE))} more of ${formatCount(left)}`;
      if (from > 0) list.children[from]?.querySelector('a')?.focus();
    };
    more.hidden = true;
    list.replaceChildren();
    more.onclick = () => void add().catch((error: unknown) => this.#fail(error));
    await add();
  }

  #fail(error: unknown): void {
    const reason = error instanceof SearchError ? error.message : 'The search failed.';
    this.#part('results').replaceChildren();
    this.#part('more').hidden = true;
    this.#say('');
    const again = element('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => void this.#run());
    this.#part('notes').replaceChildren(
      element('div', { class: 'notice danger' }, element('p', {}, reason), again),
    );
  }

  #say(sentence: string): void {
    const status = this.#part('status');
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  #showChips(text: string, query: RecordingQuery): void {
    const parts = [
      ...query.facets.map((one) => ({
        ...one,
        words: `${RECORDING_WORDS[one.facet].title}: ${one.value}`,
      })),
      ...query.ranges.map((one) => ({
        ...one,
        words: `${RECORDING_WORDS[one.range].title}: ${one.text}`,
      })),
    ];
    this.#part('chips').replaceChildren(...queryChips(text, parts));
  }
}

customElements.define('recording-search', RecordingSearchPage);
