// Suggestions below a search field while somebody types: the combobox pattern of the ARIA practices.
// Loaded by the first field that gets the focus.

import { suggestionsFor, type Suggestion } from '../../core/search/suggestions.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import { parseQuery } from '../../core/search/query.ts';
import { countOf } from '../../core/text/format.ts';
import { element } from '../files/element.client.ts';
import type { SearchData } from './search-data.client.ts';

const WAIT = 60;

/** Offers suggestions below a field; `complete` is told the text that one of them makes. */
export function offerSuggestions(
  input: HTMLInputElement,
  data: SearchData,
  complete: (text: string) => void,
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

  let index: SearchIndex | undefined;
  let offered: Suggestion[] = [];
  let active = -1;
  let timer = 0;

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
  const close = (): void => {
    list.hidden = true;
    offered = [];
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
    status.textContent = '';
  };
  const take = (suggestion: Suggestion): void => {
    if (suggestion.kind === 'dandiset') {
      const row = index?.rows[suggestion.row];
      if (row !== undefined) location.assign(`${data.base}dandiset/${row.number}/`);
      return;
    }
    input.value = suggestion.text;
    close();
    complete(suggestion.text);
  };
  const option = (suggestion: Suggestion, at: number): HTMLElement => {
    const row = suggestion.kind === 'dandiset' ? index?.rows[suggestion.row] : undefined;
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
    const text = input.value;
    try {
      // People are many: they are loaded when somebody asks for one.
      const open = /(?:^|\s)-?(?:contributor|person|author|orcid):\S*$/i.test(text);
      index = open ? await data.indexWithPeople() : await data.indexFor(parseQuery(''));
    } catch {
      return; // The search itself says what cannot be loaded.
    }
    if (text !== input.value || document.activeElement !== input) return;
    offered = suggestionsFor(index, text);
    list.replaceChildren(...offered.map(option));
    list.hidden = offered.length === 0;
    input.setAttribute('aria-expanded', String(offered.length > 0));
    activate(-1);
    status.textContent = offered.length === 0 ? '' : countOf(offered.length, 'suggestion');
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void offer(), WAIT);
  });
  input.addEventListener('blur', close);
  input.form?.addEventListener('submit', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) void offer();
      else {
        const count = offered.length + 1;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        activate(((active + 1 + step + count) % count) - 1);
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
