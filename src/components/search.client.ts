// Full-text search over the index beside the site. Identifiers are recognised before searching;
// everything found is put down as text, never as markup.

import {
  formatSitePath,
  isOwnAddress,
  parseDandiAddress,
} from '../core/identifiers/dandi-address.ts';

interface Found {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
}
interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>;
  debouncedSearch(words: string): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

const RESULTS_SHOWN = 20;

/** An excerpt's text with its marked words; the rest of the markup is not taken over. */
function excerptNodes(excerpt: string): Node[] {
  const parsed = new DOMParser().parseFromString(excerpt, 'text/html');
  return [...parsed.body.childNodes].map((node) => {
    if (node.nodeName !== 'MARK') return document.createTextNode(node.textContent ?? '');
    const mark = document.createElement('mark');
    mark.textContent = node.textContent;
    return mark;
  });
}

function resultRow(base: string, found: Found): HTMLElement {
  const row = document.createElement('li');
  const content = document.createElement('div');
  const link = document.createElement('a');
  link.className = 'name';
  link.href = base + found.url.replace(/^\/+/, '');
  link.textContent = found.meta['title'] ?? '';
  const meta = document.createElement('span');
  meta.className = 'meta';
  meta.textContent = [found.meta['identifier'], found.meta['version'], found.meta['about']]
    .filter(Boolean)
    .join(' · ');
  const excerpt = document.createElement('span');
  excerpt.className = 'meta';
  excerpt.append(...excerptNodes(found.excerpt));
  content.append(link, meta, excerpt);
  row.append(content);
  return row;
}

class DandisetSearch extends HTMLElement {
  #pagefind: Promise<Pagefind> | undefined;

  connectedCallback(): void {
    const input = this.querySelector('input');
    if (input === null) return;
    const read = (): void => {
      input.value = new URLSearchParams(location.search).get('q') ?? '';
      void this.#search(input.value);
    };
    input.addEventListener('input', () => {
      const query =
        input.value.trim() === ''
          ? location.pathname
          : `?${new URLSearchParams({ q: input.value })}`;
      history.replaceState(null, '', query);
      void this.#search(input.value);
    });
    input.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#goToIdentifier(input.value);
    });
    addEventListener('popstate', read);
    read();
    input.focus();
  }

  get #base(): string {
    return this.dataset['base'] ?? '/';
  }

  #load(): Promise<Pagefind> {
    this.#pagefind ??= (async () => {
      const module = (await import(
        /* @vite-ignore */ `${this.#base}pagefind/pagefind.js`
      )) as Pagefind;
      await module.options({ baseUrl: '/', excerptLength: 30 });
      return module;
    })();
    return this.#pagefind;
  }

  #identifierPath(words: string): string | undefined {
    const { prefix = '', site = '' } = this.dataset;
    const found = parseDandiAddress(words.trim(), { prefix, site });
    return found === undefined || !isOwnAddress(found, prefix)
      ? undefined
      : formatSitePath(found).replace(/^\/+/, '');
  }

  #goToIdentifier(words: string): void {
    const path = this.#identifierPath(words);
    if (path !== undefined) location.assign(this.#base + path);
  }

  #say(sentence: string): void {
    const status = this.querySelector('[data-status]');
    if (status !== null) status.textContent = sentence;
  }

  async #search(words: string): Promise<void> {
    const list = this.querySelector<HTMLElement>('[data-results]');
    const waysIn = this.querySelector<HTMLElement>('[data-ways-in]');
    if (list === null) return;
    if (waysIn !== null) waysIn.hidden = words.trim() !== '';
    if (words.trim() === '') {
      list.replaceChildren();
      this.#say('');
      return;
    }
    const identifier = this.#identifierPath(words);
    try {
      const search = await (await this.#load()).debouncedSearch(words);
      // Null: newer words were typed in the meantime.
      if (search === null) return;
      const found = await Promise.all(
        search.results.slice(0, RESULTS_SHOWN).map((result) => result.data()),
      );
      list.replaceChildren(...found.map((one) => resultRow(this.#base, one)));
      const count = search.results.length;
      const more = count > RESULTS_SHOWN ? `, the first ${RESULTS_SHOWN} shown` : '';
      const hint =
        identifier === undefined ? '' : ' Press Enter to open the Dandiset of this identifier.';
      this.#say(
        count === 0
          ? `Nothing found. Try fewer or shorter words.${hint}`
          : `${count} found${more}.${hint}`,
      );
    } catch {
      list.replaceChildren();
      this.#say('The search index could not be loaded. Reload the page, or use the lists below.');
      if (waysIn !== null) waysIn.hidden = false;
    }
  }
}

customElements.define('dandiset-search', DandisetSearch);
