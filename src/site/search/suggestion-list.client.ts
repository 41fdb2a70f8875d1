// Suggestions below a search field while somebody types: the combobox pattern of the ARIA practices.
// Loaded by the first field that gets the focus.

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
  /** Told the text that a completion makes. */
  complete(text: string): void;
  /** The rows a text finds, the best first; undefined where results stand elsewhere on the page. */
  found?(text: string): Promise<readonly number[]>;
}

/** Offers suggestions below a field. */
export function offerSuggestions(
  input: HTMLInputElement,
  data: SearchData,
  { complete, found }: SuggestionUse,
): void {
  const list = element('ul', {
    role: 'listbox',
    id: `${input.id}-suggestions`,
    class: 'suggestions',
    'aria-label': 'Suggestions',
  });
  const status = element('p', { role: 'status', class: 'visually-hidden' });
  list.hidden = true;
  input.after(list, status);
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-expanded', 'false'],
    ['aria-controls', list.id],
    ['aria-autocomplete', 'list'],
    ['autocomplete', 'off'],
  ] as const)
    input.setAttribute(name, value);

  let shown: ShownRow[] = [];
  let offered: Suggestion[] = [];
  let active = -1;
  let timer = 0;
  let offers = 0;
  /** Steps by arrow keys that wait for the list of what was typed; undefined if it is there. */
  let steps: number | undefined;

  const rowOf = (suggestion: Suggestion): ShownRow | undefined =>
    suggestion.kind === 'dandiset' ? shown.find(({ row }) => row === suggestion.row) : undefined;
  const activate = (at: number): void => {
    active = at;
    [...list.children].forEach((option, place) =>
      option.setAttribute('aria-selected', String(place === at)),
    );
    const option = list.children[at];
    if (option === undefined) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }
  };
  /** To the next option or the one before; between the last and the first lies the field itself. */
  const move = (by: number): void => {
    const count = offered.length + 1;
    activate(((((active + 1 + by) % count) + count) % count) - 1);
  };
  const close = (): void => {
    clearTimeout(timer);
    offers += 1;
    steps = undefined;
    list.hidden = true;
    offered = [];
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
    status.textContent = '';
  };
  const take = (suggestion: Suggestion): void => {
    if (suggestion.kind === 'dandiset') {
      const row = rowOf(suggestion);
      if (row !== undefined) location.assign(`${data.base}dandiset/${row.number}/`);
      return;
    }
    input.value = suggestion.text;
    close();
    complete(suggestion.text);
    // An operator wants a value.
    if (suggestion.text.endsWith(':')) void offer();
  };
  const option = (suggestion: Suggestion, at: number): HTMLElement => {
    const row = rowOf(suggestion);
    const [label, about] =
      suggestion.kind === 'completion'
        ? [suggestion.label, suggestion.about]
        : [row?.title ?? '', `${data.prefix}:${row?.number ?? ''}`];
    const made = element(
      'li',
      { role: 'option', id: `${list.id}-${at}`, 'aria-selected': 'false' },
      element('span', { dir: 'auto' }, label),
      ' ',
      element('span', { class: 'meta' }, about),
    );
    // Before the field loses the focus.
    made.addEventListener('mousedown', (event) => {
      event.preventDefault();
      take(suggestion);
    });
    return made;
  };
  const offer = async (): Promise<void> => {
    clearTimeout(timer);
    const own = (offers += 1);
    steps ??= 0;
    const text = input.value;
    let index: SearchIndex | undefined;
    let rows: ShownRow[] = [];
    try {
      // People and funders are many: they are loaded when somebody asks for one.
      if (/(?:^|\s)-?(?:contributor|person|author|orcid|funder|ror):\S*$/i.test(text))
        data.addPeople();
      index = await data.indexFor(parseQuery(''), 'best');
      const most = ((await found?.(text)) ?? []).slice(0, MOST_SUGGESTIONS);
      rows = await data.shownRows(most);
    } catch {
      if (index === undefined) return; // The search itself says what cannot be loaded.
    }
    if (own !== offers || document.activeElement !== input) return;
    shown = rows;
    offered = suggestionsFor(
      index,
      text,
      rows.map(({ row }) => row),
    );
    list.replaceChildren(...offered.map(option));
    list.hidden = offered.length === 0;
    input.setAttribute('aria-expanded', String(offered.length > 0));
    activate(-1);
    status.textContent = offered.length === 0 ? '' : countOf(offered.length, 'suggestion');
    if (steps !== 0) move(steps);
    steps = undefined;
  };
  input.addEventListener('input', () => {
    // What was chosen belongs to the text before.
    activate(-1);
    clearTimeout(timer);
    offers += 1;
    steps = 0;
    timer = window.setTimeout(() => void offer(), WAIT);
  });
  input.addEventListener('blur', close);
  input.form?.addEventListener('submit', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      // With the list closed, the browser empties the field.
      if (!list.hidden) event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      if (steps === undefined && !list.hidden) move(by);
      else {
        steps = (steps ?? 0) + by;
        void offer();
      }
    } else if (event.key === 'Enter' && !event.isComposing) {
      const suggestion = offered[active];
      if (suggestion === undefined) return;
      event.preventDefault();
      take(suggestion);
    }
  });
  if (
    input.value !== '' &&
    document.activeElement === input &&
    input.dataset['typed'] !== undefined
  )
    void offer();
}
