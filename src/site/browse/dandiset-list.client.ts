// Sorting and filtering of the list of Dandisets. The rows are those the page was built with; further pages
// of a long list are fetched once, on first use. The state is in the address.

import { textFilter } from '../../core/text/fold.ts';
import { countOf } from '../../core/text/format.ts';

type Order = (a: HTMLElement, b: HTMLElement) => number;

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
const text = (row: HTMLElement, key: string): string => row.dataset[key] ?? '';
const byNumber: Order = (a, b) => (text(a, 'number') < text(b, 'number') ? -1 : 1);
const descending =
  (key: string): Order =>
  (a, b) =>
    Number(text(b, key)) - Number(text(a, key)) || byNumber(a, b);

const ORDERS = new Map<string, Order>([
  ['identifier', byNumber],
  ['newest', (a, b) => collator.compare(text(b, 'day'), text(a, 'day')) || byNumber(a, b)],
  ['name', (a, b) => collator.compare(text(a, 'name'), text(b, 'name')) || byNumber(a, b)],
  ['size', descending('bytes')],
  ['files', descending('files')],
]);

class DandisetList extends HTMLElement {
  #rows: HTMLElement[] = [];
  #complete = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    const list = this.querySelector<HTMLElement>('.rows');
    if (form === null || list === null) return;
    this.#rows = [...list.children] as HTMLElement[];
    this.#readAddress(form);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => void this.#apply(form, list, true));
    addEventListener('popstate', () => {
      this.#readAddress(form);
      void this.#apply(form, list, false);
    });
    if (location.search !== '') void this.#apply(form, list, false);
  }

  #readAddress(form: HTMLFormElement): void {
    const state = new URLSearchParams(location.search);
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')) {
      const value = state.get(field.name);
      if (field instanceof HTMLInputElement && field.type === 'checkbox')
        field.checked = value === 'hide';
      else if (field instanceof HTMLSelectElement)
        field.value = ORDERS.has(value ?? '') ? (value ?? '') : 'identifier';
      else field.value = value ?? '';
    }
  }

  async #allRows(): Promise<HTMLElement[]> {
    if (this.#complete) return this.#rows;
    const pages = JSON.parse(this.dataset['pages'] ?? '[]') as string[];
    if (pages.length > 1) {
      const texts = await Promise.all(pages.map(async (page) => (await fetch(page)).text()));
      const parser = new DOMParser();
      this.#rows = texts.flatMap((html) =>
        [
          ...parser.parseFromString(html, 'text/html').querySelectorAll<HTMLElement>('.rows > li'),
        ].map((row) => document.adoptNode(row)),
      );
      this.querySelector('.pager')?.remove();
    }
    this.#complete = true;
    return this.#rows;
  }

  async #apply(form: HTMLFormElement, list: HTMLElement, remember: boolean): Promise<void> {
    const fields = new FormData(form);
    const value = (name: string): string => String(fields.get(name) ?? '');
    if (remember) {
      const state = new URLSearchParams();
      for (const name of ['filter', 'sort', 'drafts', 'empty']) {
        const given = value(name).trim();
        if (given !== '' && given !== 'identifier') state.set(name, given);
      }
      const query = state.toString();
      history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
    }
    const status = this.querySelector('[data-count]');
    let rows: HTMLElement[];
    try {
      rows = await this.#allRows();
    } catch {
      if (status !== null)
        status.textContent = 'The rest of the list could not be loaded. Try again.';
      return;
    }
    const isFound = textFilter(value('filter'));
    const shown = rows.filter((row) => {
      if (value('drafts') === 'hide' && text(row, 'status') === 'draft') return false;
      if (value('empty') === 'hide' && 'empty' in row.dataset) return false;
      return isFound(row.querySelector('div')?.textContent ?? '');
    });
    shown.sort(ORDERS.get(value('sort')) ?? byNumber);
    list.replaceChildren(...shown);
    if (status !== null) {
      status.textContent =
        shown.length === rows.length
          ? countOf(rows.length, 'Dandiset')
          : `${shown.length} of ${countOf(rows.length, 'Dandiset')}${shown.length === 0 ? '. Try fewer words, or show drafts and empty ones.' : ''}`;
    }
  }
}

customElements.define('dandiset-list', DandisetList);
