// The tree of a file's objects: an ARIA tree whose rows are made when their group is opened, a few hundred at
// a time. A filter replaces it by the objects whose names match.

import type { TreeObject } from '../../../core/data-tree/data-tree.ts';
import { textMember } from '../../../core/json/json-text.ts';
import { parentPath } from '../../../core/nwb/tree-reader.ts';
import { countOf, formatCount } from '../../../core/text/format.ts';
import { shownLine } from '../../../core/text/shown-text.ts';
import { shownPath } from '../../../core/text/shown-path.ts';
import { element, isolated } from '../../browser/dom.client.ts';
import { nameFilter } from '../../files/file-names.ts';
import { objectName, type TreeLookup } from './tree-lookup.ts';
import { shapeWords, typeWords } from './tree-words.ts';

const ROWS_AT_ONCE = 300;

/** A row of the tree: an object, or what shows more of a group. */
interface Row {
  path: string;
  level: number;
  object: TreeObject | undefined;
  position: number;
  count: number;
}

/** What an object is, next to its name. */
export function objectKind(object: TreeObject): string {
  switch (object.kind) {
    case 'group':
      return shownLine(textMember(object.attributes, 'neurodata_type') ?? '', 60);
    case 'dataset':
      return object.shape === null || object.shape.length === 0
        ? typeWords(object.type)
        : `${typeWords(object.type)} · ${shapeWords(object.shape)}`;
    case 'link':
      return `→ ${shownLine(object.file === undefined ? object.target : `${object.file}: ${object.target}`, 80)}`;
    case 'unreadable':
      return 'not readable';
  }
}

/** The tree of one file. */
export class ObjectTree {
  readonly node = element('ul', { role: 'tree', class: 'object-tree', 'aria-label': 'Objects' });
  readonly status = element('span', { class: 'small muted', role: 'status' });
  readonly #lookup: TreeLookup;
  readonly #choose: (path: string, byPointer: boolean) => void;
  readonly #open = new Set(['/']);
  readonly #limits = new Map<string, number>();
  #rows: Row[] = [];
  #selected = '';
  /** The row that Tab reaches. */
  #active = 0;
  #typed = '';

  constructor(lookup: TreeLookup, choose: (path: string, byPointer: boolean) => void) {
    this.#lookup = lookup;
    this.#choose = choose;
    this.node.addEventListener('click', (event) => {
      const item = event.target instanceof Element ? event.target.closest('li') : null;
      const at = item === null ? -1 : [...this.node.children].indexOf(item);
      if (at < 0) return;
      this.#active = at;
      this.#focus(at);
      const isMark = event.target instanceof Element && event.target.closest('.twist') !== null;
      if (isMark) this.#toggle(at);
      else this.#activate(at, true);
    });
    this.node.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.#pressed(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.#draw();
  }

  /** Shows only the objects whose names match; '' shows the tree. */
  filter(typed: string): void {
    this.#typed = typed.trim();
    this.#limits.delete('');
    this.#active = 0;
    if (this.#typed === '') this.select(this.#selected);
    else this.#draw();
  }

  /** Marks an object, and opens the groups it is in; '' marks none. */
  select(path: string): void {
    this.#selected = path;
    if (path !== '' && this.#typed === '') {
      for (let above = path; above !== '/';) {
        const parent = parentPath(above);
        const at = this.#lookup.membersOf(parent).findIndex((one) => one.path === above);
        const limit = this.#limits.get(parent) ?? ROWS_AT_ONCE;
        if (at >= limit) this.#limits.set(parent, at + 1);
        this.#open.add(parent);
        above = parent;
      }
    }
    this.#draw();
    const at = this.#rows.findIndex((row) => row.object !== undefined && row.path === path);
    if (at < 0) return;
    this.#active = at;
    this.#markActive();
    this.#scrollTo(this.node.children[at]);
  }

  /** Scrolls within the tree alone: the page stays where it is. */
  #scrollTo(item: Element | undefined): void {
    if (!(item instanceof HTMLElement)) return;
    const { offsetTop, offsetHeight } = item;
    const { scrollTop, clientHeight } = this.node;
    if (offsetTop < scrollTop) this.node.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > scrollTop + clientHeight)
      this.node.scrollTop = offsetTop + offsetHeight - clientHeight;
  }

  #isOpen(path: string): boolean {
    return this.#typed === '' && this.#open.has(path);
  }

  #visibleRows(): Row[] {
    const rows: Row[] = [];
    const add = (objects: readonly TreeObject[], home: string, level: number): void => {
      const limit = this.#limits.get(home) ?? ROWS_AT_ONCE;
      const count = objects.length;
      objects.slice(0, limit).forEach((object, at) => {
        rows.push({ path: object.path, level, object, position: at + 1, count });
        if (home !== '' && this.#isOpen(object.path))
          add(this.#lookup.membersOf(object.path), object.path, level + 1);
      });
      if (count > limit)
        rows.push({ path: home, level, object: undefined, position: limit, count });
    };
    if (this.#typed === '') {
      const root = this.#lookup.at('/');
      if (root !== undefined)
        rows.push({ path: '/', level: 1, object: root, position: 1, count: 1 });
      if (this.#isOpen('/')) add(this.#lookup.membersOf('/'), '/', 2);
      this.status.textContent = countOf(this.#lookup.all.length, 'object');
      return rows;
    }
    const matches = nameFilter(this.#typed);
    const found = this.#lookup.all.filter(({ path }) =>
      matches(objectName(path), path.slice(0, path.lastIndexOf('/') + 1)),
    );
    add(found, '', 1);
    this.status.textContent =
      found.length === 0
        ? 'No name matches.'
        : `${formatCount(found.length)} of ${countOf(this.#lookup.all.length, 'object')}`;
    return rows;
  }

  #item({ path, level, object, position, count }: Row): HTMLElement {
    const attributes: Record<string, string | undefined> = {
      role: 'treeitem',
      tabindex: '-1',
      'aria-level': String(level),
      'aria-setsize': String(count),
      'aria-posinset': String(object === undefined ? position + 1 : position),
      class: `level-${Math.min(level, 12)}`,
    };
    if (object === undefined) {
      const more = Math.min(ROWS_AT_ONCE, count - position);
      return element(
        'li',
        { ...attributes, class: `${attributes['class']} more` },
        `Show ${formatCount(more)} more of ${formatCount(count)}`,
      );
    }
    const isGroup = this.#typed === '' && this.#lookup.membersOf(path).length > 0;
    const isOpen = this.#isOpen(path);
    const name = this.#typed === '' ? objectName(path) : path;
    return element(
      'li',
      {
        ...attributes,
        'aria-selected': String(path === this.#selected),
        'aria-expanded': isGroup ? String(isOpen) : undefined,
        class: `${attributes['class']} ${object.kind}`,
      },
      element(
        'span',
        { class: 'twist', 'aria-hidden': 'true' },
        isGroup ? (isOpen ? '▾' : '▸') : '',
      ),
      element('span', { class: 'name' }, isolated(shownPath(name))),
      ' ',
      element('span', { class: 'kind' }, isolated(objectKind(object))),
    );
  }

  #draw(): void {
    const { scrollTop } = this.node;
    const hadFocus = this.node.contains(document.activeElement);
    this.#rows = this.#visibleRows();
    this.node.replaceChildren(...this.#rows.map((row) => this.#item(row)));
    this.node.hidden = this.#rows.length === 0;
    this.node.scrollTop = scrollTop;
    this.#active = Math.max(0, Math.min(this.#active, this.#rows.length - 1));
    this.#markActive();
    if (hadFocus) this.#focus(this.#active);
  }

  #markActive(): void {
    this.node.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    this.node.children[this.#active]?.setAttribute('tabindex', '0');
  }

  #focus(at: number): void {
    if (this.#rows.length === 0) return;
    this.#active = Math.max(0, Math.min(at, this.#rows.length - 1));
    this.#markActive();
    const item = this.node.children[this.#active];
    (item as HTMLElement | undefined)?.focus({ preventScroll: true });
    this.#scrollTo(item);
  }

  #activate(at: number, byPointer = false): void {
    const row = this.#rows[at];
    if (row === undefined) return;
    if (row.object !== undefined) return this.#choose(row.path, byPointer);
    this.#limits.set(row.path, row.position + ROWS_AT_ONCE);
    this.#draw();
  }

  #toggle(at: number): void {
    const row = this.#rows[at];
    if (row?.object === undefined) return;
    if (!this.#open.delete(row.path)) this.#open.add(row.path);
    this.#draw();
  }

  /** Acts on a key; false for one that has no meaning here. */
  #pressed(key: string): boolean {
    const at = this.#active;
    const row = this.#rows[at];
    if (row === undefined) return false;
    const isGroup =
      row.object !== undefined && this.#typed === '' && this.#lookup.membersOf(row.path).length > 0;
    const isOpen = isGroup && this.#isOpen(row.path);
    switch (key) {
      case 'ArrowDown':
        this.#focus(at + 1);
        return true;
      case 'ArrowUp':
        this.#focus(at - 1);
        return true;
      case 'Home':
        this.#focus(0);
        return true;
      case 'End':
        this.#focus(Infinity);
        return true;
      case 'ArrowRight':
        if (isOpen) this.#focus(at + 1);
        else if (isGroup) this.#toggle(at);
        return true;
      case 'ArrowLeft':
        if (isOpen) this.#toggle(at);
        else
          this.#focus(
            this.#rows.findLastIndex((one, index) => index < at && one.level < row.level),
          );
        return true;
      case 'Enter':
      case ' ':
        this.#activate(at);
        return true;
      default:
        return key.length === 1 && key !== '/' && this.#goToLetter(key);
    }
  }

  /** The next row whose name begins with a letter. */
  #goToLetter(letter: string): boolean {
    const wanted = letter.toLowerCase();
    const order = this.#rows.map((_, step) => (this.#active + 1 + step) % this.#rows.length);
    const found = order.find((at) => {
      const row = this.#rows[at];
      return row?.object !== undefined && objectName(row.path).toLowerCase().startsWith(wanted);
    });
    if (found !== undefined) this.#focus(found);
    return found !== undefined;
  }
}
