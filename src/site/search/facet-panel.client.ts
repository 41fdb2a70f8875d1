// The lists next to a result: every value of every facet with the number of Dandisets it leaves, and the ends
// of ranges. The choice is part of the text of the query, so the lists only change that.

import { isCalled } from '../../core/search/facet-values.ts';
import type { QueryEditor } from '../../core/search/edit-query.ts';
import type { FieldWords } from '../../core/search/fields.ts';
import { foldedWords } from '../../core/text/fold.ts';
import { dayText } from '../../core/search/range-value.ts';
import type { IndexValue } from '../../core/search/search-index.ts';
import { formatCount } from '../../core/text/format.ts';
import { element } from '../browser/dom.client.ts';

/** What the panel is shown for, and what it changes. */
export interface PanelState<Facet> {
  index: { facets: ReadonlyMap<Facet, readonly IndexValue[]> };
  text: string;
  counts: ReadonlyMap<Facet, readonly number[]>;
}

/** What a search can be narrowed by, and how its queries are changed. */
export interface PanelFields<Facet extends string, Kind extends string> {
  facets: readonly Facet[];
  openAtFirst: readonly Facet[];
  /** With the examples in their empty fields. */
  ranges: readonly (readonly [range: Kind, type: 'text' | 'date', from: string, to: string])[];
  words: Readonly<Record<Facet | Kind, FieldWords>>;
  editor: QueryEditor<Facet, Kind>;
}

const VALUES_AT_FIRST = 8;
/** Longer lists are searched rather than read. */
const MOST_VALUES = 300;

interface Listed {
  value: IndexValue;
  at: number;
  count: number;
  isChosen: boolean;
  /** Whether others of its list are chosen, so that its count is added to what is found. */
  isMore: boolean;
}

/** The panel below one element. `change` receives the new text of the query. */
export class FacetPanel<Facet extends string, Kind extends string> {
  readonly #fields: PanelFields<Facet, Kind>;
  readonly #place: HTMLElement;
  readonly #change: (text: string) => void;
  /** Reads a list that is absent. */
  readonly #load: () => void;
  readonly #open: Set<Facet>;
  readonly #whole = new Set<Facet>();
  readonly #filters = new Map<Facet, string>();
  readonly #lists = new Map<Facet, HTMLElement>();
  #state: PanelState<Facet> | undefined;

  constructor(
    place: HTMLElement,
    fields: PanelFields<Facet, Kind>,
    change: (text: string) => void,
    load: () => void,
  ) {
    this.#place = place;
    this.#fields = fields;
    this.#open = new Set(fields.openAtFirst);
    this.#change = change;
    this.#load = load;
  }

  show(state: PanelState<Facet>): void {
    const isFirst = this.#state === undefined;
    this.#state = state;
    if (isFirst) {
      this.#place.replaceChildren(
        ...this.#fields.facets.map((facet) => this.#section(facet)),
        ...this.#fields.ranges.map((range) => this.#range(...range)),
      );
    }
    for (const facet of this.#fields.facets) this.#fill(facet);
    this.#fillRanges();
  }

  #section(facet: Facet): HTMLElement {
    const list = element('div', { class: 'facet-values' });
    this.#lists.set(facet, list);
    const section = element(
      'details',
      { class: 'facet', 'data-facet': facet },
      element('summary', {}, this.#fields.words[facet].title),
      list,
    );
    section.open = this.#open.has(facet);
    section.addEventListener('toggle', () => {
      if (section.open) this.#open.add(facet);
      else this.#open.delete(facet);
      this.#fill(facet);
    });
    return section;
  }

  #listed(facet: Facet, { index, text, counts }: PanelState<Facet>): Listed[] {
    const chosen = this.#fields.editor.chosenValues(index, text, facet);
    const filter = foldedWords(this.#filters.get(facet) ?? '');
    return (index.facets.get(facet) ?? [])
      .map((value, at) => ({
        value,
        at,
        count: counts.get(facet)?.[at] ?? 0,
        isChosen: chosen.has(at),
        isMore: chosen.size > 0 && !chosen.has(at),
      }))
      .filter(({ value }) => isCalled(value, filter))
      .sort(
        (a, b) =>
          Number(b.isChosen) - Number(a.isChosen) ||
          b.count - a.count ||
          (a.value.label < b.value.label ? -1 : 1),
      );
  }

  #fill(facet: Facet): void {
    const [list, state] = [this.#lists.get(facet), this.#state];
    if (list === undefined || state === undefined || !this.#open.has(facet)) return;
    const values = state.index.facets.get(facet);
    if (values === undefined) {
      list.replaceChildren(element('p', { class: 'muted' }, 'Loading …'));
      this.#load();
      return;
    }
    const focused = document.activeElement?.id;
    const listed = this.#listed(facet, state);
    const isWhole = this.#whole.has(facet);
    const shown = listed.filter(({ isChosen, count }, at) =>
      isWhole ? at < MOST_VALUES : isChosen || (count > 0 && at < VALUES_AT_FIRST),
    );
    const old = list.querySelector('input[type=search]');
    const filter = values.length <= VALUES_AT_FIRST * 2 ? undefined : (old ?? this.#filter(facet));
    list.replaceChildren(
      ...(filter === undefined ? [] : [filter]),
      shown.length > 0
        ? element('ul', {}, ...shown.map((one) => this.#value(facet, one)))
        : element(
            'p',
            { class: 'muted small' },
            listed.length === 0 ? 'None is called so.' : 'None in this result.',
          ),
      ...this.#more(facet, listed.length, shown.length),
    );
    if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
  }

  #value(facet: Facet, { value, at, count, isChosen, isMore }: Listed): HTMLElement {
    const input = element('input', {
      type: 'checkbox',
      id: `facet-${facet}-${at}`,
      checked: isChosen ? '' : undefined,
      'data-value': value.id,
    });
    input.addEventListener('change', () => {
      if (this.#state !== undefined)
        this.#change(
          this.#fields.editor.toggleValue(this.#state.index, this.#state.text, facet, at),
        );
    });
    const name = value.note === '' ? value.label : `${value.label} (${value.note})`;
    return element(
      'li',
      { class: count === 0 && !isChosen ? 'none' : undefined },
      element(
        'label',
        {},
        input,
        element('span', { dir: 'auto' }, name),
        element('span', { class: 'count' }, (isMore ? '+' : '') + formatCount(count)),
      ),
    );
  }

  #filter(facet: Facet): HTMLElement {
    const { title } = this.#fields.words[facet];
    const input = element('input', {
      type: 'search',
      id: `filter-${facet}`,
      placeholder: 'Find in this list',
      'aria-label': `Find in the list: ${title}`,
      autocomplete: 'off',
    });
    input.addEventListener('input', () => {
      this.#filters.set(facet, input.value);
      this.#fill(facet);
    });
    return input;
  }

  #more(facet: Facet, all: number, shown: number): HTMLElement[] {
    if (all <= shown && !this.#whole.has(facet)) return [];
    if (this.#whole.has(facet) && all > shown)
      return [
        element(
          'p',
          { class: 'muted small' },
          `${formatCount(all - shown)} more: find them by typing.`,
        ),
      ];
    const isWhole = this.#whole.has(facet);
    if (isWhole && all <= VALUES_AT_FIRST) return [];
    const button = element(
      'button',
      { type: 'button', id: `more-${facet}` },
      isWhole ? 'Show fewer' : `Show all ${formatCount(all)}`,
    );
    button.addEventListener('click', () => {
      if (isWhole) this.#whole.delete(facet);
      else this.#whole.add(facet);
      this.#fill(facet);
    });
    return [button];
  }

  #range(range: Kind, type: string, from: string, to: string): HTMLElement {
    const end = (name: string, placeholder: string): HTMLInputElement =>
      element('input', {
        type,
        id: `range-${range}-${name}`,
        'data-range': range,
        placeholder: placeholder === '' ? undefined : placeholder,
        'aria-label': `${this.#fields.words[range].title} ${name}`,
        autocomplete: 'off',
      });
    const ends = [end('from', from), end('to', to)] as const;
    for (const input of ends) {
      input.addEventListener('change', () => {
        if (this.#state !== undefined)
          this.#change(
            this.#fields.editor.withRange(this.#state.text, range, ends[0].value, ends[1].value),
          );
      });
    }
    return element(
      'fieldset',
      { class: 'range' },
      element('legend', {}, this.#fields.words[range].title),
      ...ends,
    );
  }

  #fillRanges(): void {
    const { ranges } = this.#fields.editor.parse(this.#state?.text ?? '');
    for (const [range, type] of this.#fields.ranges) {
      const clause = ranges.find((one) => one.range === range && !one.isExcluded);
      const words = (end: number | undefined): string =>
        end === undefined ? '' : type === 'date' ? dayText(end) : String(end);
      const [, from, to] = /^(.*?)\.\.(.*)$/.exec(clause?.text ?? '') ?? [];
      const ends = [type === 'date' ? undefined : from, type === 'date' ? undefined : to];
      ['from', 'to'].forEach((name, at) => {
        const input = document.getElementById(`range-${range}-${name}`) as HTMLInputElement | null;
        if (input === null || input === document.activeElement) return;
        input.value = ends[at] ?? words(at === 0 ? clause?.min : clause?.max);
      });
    }
  }
}
