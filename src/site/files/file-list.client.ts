// The list of one folder, of any length: only the rows in view are in the page. All rows have the same
// height; two empty bodies before and after them keep the scroll bar true.

import { element } from '../browser/dom.client.ts';

/** What a list shows. */
export interface ListContent {
  total: number;
  /** The table row of a position, or undefined while it is not loaded. */
  row(position: number): HTMLTableRowElement | undefined;
  /** A placeholder row for one not loaded. */
  placeholder(): HTMLTableRowElement;
  /** Loads rows; the list is drawn again when it is done. */
  load(from: number, to: number): Promise<void>;
}

const ROWS_BEYOND = 12;
/** Up to this number all rows are drawn, so that the browser's own search finds them. */
const DRAWN_WHOLE = 300;
const FIRST_GUESS = 36;
// Browsers lay nothing out beyond some 33 million pixels.
const MAX_HEIGHT = 30_000_000;

export class FileList {
  readonly #scroller: HTMLElement;
  readonly #table: HTMLTableElement;
  readonly #rows: HTMLTableSectionElement;
  readonly #before: HTMLTableCellElement;
  readonly #after: HTMLTableCellElement;
  readonly #bodies: HTMLTableSectionElement[];
  readonly #drawn = new Map<number, HTMLTableRowElement>();
  #content: ListContent | undefined;
  #height = FIRST_GUESS;
  #active = 0;
  #waiting = false;
  /** Position of the row with the keyboard focus. */
  get active(): number {
    return this.#active;
  }

  constructor(scroller: HTMLElement, table: HTMLTableElement) {
    this.#scroller = scroller;
    this.#table = table;
    const spacer = (): [HTMLTableSectionElement, HTMLTableCellElement] => {
      // One cell, not one across all columns: narrow pages show fewer of them.
      const cell = element('td');
      const body = element('tbody', { class: 'spacer', 'aria-hidden': 'true' });
      body.append(element('tr', {}, cell));
      return [body, cell];
    };
    const [before, beforeCell] = spacer();
    const [after, afterCell] = spacer();
    this.#before = beforeCell;
    this.#after = afterCell;
    this.#rows = element('tbody', { class: 'files-rows' });
    this.#bodies = [before, this.#rows, after];
    scroller.addEventListener('scroll', () => this.#draw(), { passive: true });
    new ResizeObserver(() => this.#measure()).observe(scroller);
    this.#rows.addEventListener('focusin', (event) => {
      const row = (event.target as Element).closest('tr');
      for (const [position, drawn] of this.#drawn) if (drawn === row) this.#setActive(position);
    });
  }

  /** Shows other rows, with one of them active and in view. */
  show(content: ListContent, active: number): void {
    // Until there is something to show, the rows that the page came with stay.
    if (this.#content === undefined) {
      for (const body of [...this.#table.tBodies]) body.remove();
      this.#table.append(...this.#bodies);
      this.#table.setAttribute('role', 'grid');
    }
    this.#content = content;
    this.#drawn.clear();
    this.#rows.replaceChildren();
    this.#active = Math.max(0, Math.min(active, content.total - 1));
    this.#table.setAttribute('aria-rowcount', String(content.total + 1));
    this.#draw();
    this.#measure();
    this.#reveal(this.#active, true);
  }

  /** Whether the keyboard is in the list. */
  get hasFocus(): boolean {
    return this.#scroller.contains(document.activeElement);
  }

  /** Puts the keyboard on a row and brings it into view. */
  focus(position: number): void {
    const { total } = this.#content ?? { total: 0 };
    if (total === 0) {
      this.#scroller.focus({ preventScroll: true });
      return;
    }
    this.#setActive(Math.max(0, Math.min(position, total - 1)));
    this.#reveal(this.#active);
    const link = this.#drawn.get(this.#active)?.querySelector('a');
    (link ?? this.#scroller).focus({ preventScroll: true });
  }

  /** How many rows are in view. */
  get page(): number {
    return Math.max(1, Math.floor(this.#scroller.clientHeight / this.#height) - 2);
  }

  #setActive(position: number): void {
    this.#active = position;
    this.#markActive();
  }

  /** Only one row is in the tab order: the active one, or the first in view where that is far. */
  #markActive(): void {
    const stop = this.#drawn.has(this.#active) ? this.#active : Math.min(...this.#drawn.keys());
    for (const [position, row] of this.#drawn) {
      for (const link of row.querySelectorAll('a')) link.tabIndex = position === stop ? 0 : -1;
      row.classList.toggle('active', position === this.#active);
    }
  }

  /** Brings a row into view: just so far as needed, or into the middle. */
  #reveal(position: number, middle = false): void {
    const top = position * this.#height;
    const { scrollTop, clientHeight } = this.#scroller;
    // The head stays in place above the rows.
    const room = clientHeight - (this.#table.tHead?.offsetHeight ?? 0) - this.#height;
    const isAbove = top < scrollTop;
    if (isAbove || top > scrollTop + room) {
      this.#scroller.scrollTop = middle ? top - room / 2 : isAbove ? top : top - room;
    }
    this.#draw();
  }

  /** The height of rows follows from type size and width: it is measured, never assumed. */
  #measure(): void {
    const row = this.#rows.querySelector('tr');
    const height = row?.getBoundingClientRect().height ?? 0;
    if (height > 0 && Math.abs(height - this.#height) > 0.01) {
      this.#height = height;
      this.#reveal(this.#active);
    } else this.#draw();
  }

  #draw(): void {
    const content = this.#content;
    if (content === undefined) return;
    const { scrollTop, clientHeight } = this.#scroller;
    const visible = Math.ceil((clientHeight || 600) / this.#height);
    const top = Math.floor(scrollTop / this.#height);
    const whole = content.total <= DRAWN_WHOLE;
    const first = Math.max(0, Math.min(top, content.total - visible) - ROWS_BEYOND);
    const from = whole ? 0 : first;
    const to = whole ? content.total : Math.min(content.total, top + visible + ROWS_BEYOND);
    this.#drop(from, to);
    let missing = false;
    for (let position = from; position < to; position += 1) {
      let row = this.#drawn.get(position);
      if (row?.classList.contains('loading') === true) {
        const loaded = content.row(position);
        if (loaded !== undefined) {
          row.replaceWith(loaded);
          row = loaded;
        }
      }
      if (row === undefined) {
        row = content.row(position) ?? content.placeholder();
        this.#rows.insertBefore(row, this.#nextDrawn(position));
      }
      if (row.classList.contains('loading')) missing = true;
      // The head is the first row of the grid.
      row.setAttribute('aria-rowindex', String(position + 2));
      this.#drawn.set(position, row);
    }
    const space = (rows: number): string => `${Math.min(rows * this.#height, MAX_HEIGHT)}px`;
    this.#before.style.height = space(from);
    this.#after.style.height = space(content.total - to);
    this.#markActive();
    if (missing) void this.#fetch(content, from, to);
  }

  #drop(from: number, to: number): void {
    for (const [position, row] of this.#drawn) {
      if (position >= from && position < to) continue;
      // The focus must stay in the list although its row leaves the page.
      if (row.contains(document.activeElement)) this.#scroller.focus({ preventScroll: true });
      row.remove();
      this.#drawn.delete(position);
    }
  }

  #nextDrawn(position: number): HTMLTableRowElement | null {
    let next: number | undefined;
    for (const key of this.#drawn.keys()) {
      if (key > position && (next === undefined || key < next)) next = key;
    }
    return next === undefined ? null : (this.#drawn.get(next) ?? null);
  }

  async #fetch(content: ListContent, from: number, to: number): Promise<void> {
    if (this.#waiting) return;
    this.#waiting = true;
    try {
      await content.load(from, to);
    } finally {
      this.#waiting = false;
    }
    if (this.#content === content) this.#draw();
  }
}
