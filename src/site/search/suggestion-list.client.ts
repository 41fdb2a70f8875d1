// Suggestions below a search field as the reader types: the combobox pattern of the ARIA practices. Loaded by
// the first field that gets the focus.

import {
  MOST_SUGGESTIONS,
  suggestionsFor,
  type Suggestion,
} from '../../core/search/suggestions.ts';
import type { ShownRow } from '../../core/search/row-details.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import { parseQuery } from '../../core/search/query.ts';
import { countOf } from '../../core/text/format.ts';
import { element } from '../browser/dom.client.ts';
import type { SearchData } from './search-data.client.ts';

const WAIT = 60;

export interface SuggestionUse {
  /** Called with the completed text. */
  complete(text: string): void;
  /** The rows a text finds, the best first; undefined where results are shown elsewhere on the page. */
  found?(text: string): Promise<readonly number[]>;
}

// Operators whose values are people and funders.
const ASKS_FOR_PEOPLE = /(?:^|\s)-?(?:contributor|person|author|orcid|funder|ror):\S*$/i;

function listBelow(input: HTMLInputElement): HTMLElement {
  const list = element('ul', {
    role: 'listbox',
    id: `${input.id}-suggestions`,
    class: 'suggestions',
    'aria-label': 'Suggestions',
  });
  list.hidden = true;
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-expanded', 'false'],
    ['aria-controls', list.id],
    ['aria-autocomplete', 'list'],
    ['autocomplete', 'off'],
  ] as const)
    input.setAttribute(name, value);
  return list;
}

/** The suggestions below a field: shown from `listen()` on, as the reader types into it. */
export class SuggestionList {
  readonly #input: HTMLInputElement;
  readonly #data: SearchData;
  readonly #use: SuggestionUse;
  readonly #list: HTMLElement;
  readonly #status = element('p', { role: 'status', class: 'visually-hidden' });
  #shown: ShownRow[] = [];
  #offered: Suggestion[] = [];
  #active = -1;
  #timer = 0;
  /** Counts the requests, so that a late response is dropped. */
  #offers = 0;
  /** Arrow-key steps pending the list for the typed text; undefined once it is shown. */
  #steps: number | undefined;

  constructor(input: HTMLInputElement, data: SearchData, use: SuggestionUse) {
    this.#input = input;
    this.#data = data;
    this.#use = use;
    this.#list = listBelow(input);
    input.after(this.#list, this.#status);
  }

  listen(): void {
    const input = this.#input;
    input.addEventListener('input', () => this.#typed());
    input.addEventListener('blur', () => this.#close());
    input.form?.addEventListener('submit', () => this.#close());
    input.addEventListener('keydown', (event) => this.#pressed(event));
    const wasTyped = input.value !== '' && input.dataset['typed'] !== undefined;
    if (wasTyped && document.activeElement === input) void this.#offer();
  }

  #typed(): void {
    // The previous choice belongs to the previous text.
    this.#activate(-1);
    clearTimeout(this.#timer);
    this.#offers += 1;
    this.#steps = 0;
    this.#timer = window.setTimeout(() => void this.#offer(), WAIT);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      // With the list closed, the browser empties the field.
      if (!this.#list.hidden) event.preventDefault();
      this.#close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.#step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && !event.isComposing) {
      const suggestion = this.#offered[this.#active];
      if (suggestion === undefined) return;
      event.preventDefault();
      this.#take(suggestion);
    }
  }

  #step(by: number): void {
    if (this.#steps === undefined && !this.#list.hidden) this.#move(by);
    else {
      this.#steps = (this.#steps ?? 0) + by;
      void this.#offer();
    }
  }

  /** To the next option or the previous one; the field itself comes between the last and the first. */
  #move(by: number): void {
    const count = this.#offered.length + 1;
    this.#activate(((((this.#active + 1 + by) % count) + count) % count) - 1);
  }

  #activate(at: number): void {
    this.#active = at;
    [...this.#list.children].forEach((option, place) =>
      option.setAttribute('aria-selected', String(place === at)),
    );
    const option = this.#list.children[at];
    if (option === undefined) this.#input.removeAttribute('aria-activedescendant');
    else {
      this.#input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#offers += 1;
    this.#steps = undefined;
    this.#list.hidden = true;
    this.#offered = [];
    this.#input.setAttribute('aria-expanded', 'false');
    this.#activate(-1);
    this.#status.textContent = '';
  }

  #take(suggestion: Suggestion): void {
    if (suggestion.kind === 'dandiset') {
      const row = this.#rowOf(suggestion);
      if (row !== undefined) location.assign(`${this.#data.base}dandiset/${row.number}/`);
      return;
    }
    this.#input.value = suggestion.text;
    this.#close();
    this.#use.complete(suggestion.text);
    // An operator needs a value.
    if (suggestion.text.endsWith(':')) void this.#offer();
  }

  #rowOf(suggestion: Suggestion): ShownRow | undefined {
    return suggestion.kind === 'dandiset'
      ? this.#shown.find(({ row }) => row === suggestion.row)
      : undefined;
  }

  #option(suggestion: Suggestion, at: number): HTMLElement {
    const row = this.#rowOf(suggestion);
    const [label, about] =
      suggestion.kind === 'completion'
        ? [suggestion.label, suggestion.about]
        : [row?.title ?? '', `${this.#data.prefix}:${row?.number ?? ''}`];
    const made = element(
      'li',
      { role: 'option', id: `${this.#list.id}-${at}`, 'aria-selected': 'false' },
      element('span', { dir: 'auto' }, label),
      ' ',
      element('span', { class: 'meta' }, about),
    );
    // Before the field loses the focus.
    made.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.#take(suggestion);
    });
    return made;
  }

  async #offer(): Promise<void> {
    clearTimeout(this.#timer);
    const own = (this.#offers += 1);
    this.#steps ??= 0;
    const text = this.#input.value;
    let index: SearchIndex | undefined;
    let rows: ShownRow[] = [];
    try {
      // People and funders are many: they are loaded on first use.
      if (ASKS_FOR_PEOPLE.test(text)) this.#data.addPeople();
      index = await this.#data.indexFor(parseQuery(''), 'best');
      const most = ((await this.#use.found?.(text)) ?? []).slice(0, MOST_SUGGESTIONS);
      rows = await this.#data.shownRows(most);
    } catch {
      if (index === undefined) return; // The search itself reports what cannot be loaded.
    }
    if (own !== this.#offers || document.activeElement !== this.#input) return;
    this.#shown = rows;
    this.#show(
      suggestionsFor(
        index,
        text,
        rows.map(({ row }) => row),
      ),
    );
  }

  #show(offered: Suggestion[]): void {
    this.#offered = offered;
    this.#list.replaceChildren(...offered.map((one, at) => this.#option(one, at)));
    this.#list.hidden = offered.length === 0;
    this.#input.setAttribute('aria-expanded', String(offered.length > 0));
    this.#activate(-1);
    this.#status.textContent = offered.length === 0 ? '' : countOf(offered.length, 'suggestion');
    const steps = this.#steps ?? 0;
    if (steps !== 0) this.#move(steps);
    this.#steps = undefined;
  }
}
