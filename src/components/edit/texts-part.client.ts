// A list of texts: a row each, and an empty one at the end that begins the next.

import type { FormField } from '../../core/editing/form-model.ts';
import {
  textOf,
  treeOf,
  valueOf,
  type ListNode,
  type RecordNode,
} from '../../core/editing/record-tree.ts';
import { element } from '../files/element.client.ts';
import {
  newElementId,
  ProblemNotes,
  type FormContext,
  type FormPart,
  type ProblemsByPlace,
  type SetNode,
} from './form-part.client.ts';

interface Row {
  element: HTMLElement;
  input: HTMLInputElement;
  notes: ProblemNotes;
}

export class TextsPart implements FormPart {
  readonly element: HTMLElement;
  readonly #field: FormField;
  readonly #context: FormContext;
  readonly #set: SetNode;
  readonly #rows = new Map<number, Row>();
  readonly #list = element('ul', { class: 'texts' });
  readonly #next: HTMLInputElement;
  readonly #notes = new ProblemNotes();
  #node: RecordNode | undefined;

  constructor(field: FormField, context: FormContext, set: SetNode) {
    this.#field = field;
    this.#context = context;
    this.#set = set;
    this.#next = this.#input(`Add to ${field.label.toLowerCase()}`);
    this.#next.placeholder = 'Add …';
    this.#next.addEventListener('change', () => this.#add());
    this.#next.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      this.#add();
    });
    const needed = field.required ? element('span', { class: 'needed' }, ' needed') : undefined;
    const help = field.help === undefined ? undefined : element('p', { class: 'help' }, field.help);
    this.element = element(
      'fieldset',
      { class: 'field wide', 'data-field': field.name, 'aria-describedby': this.#notes.element.id },
      element('legend', {}, field.label, needed),
      this.#list,
      help,
      this.#notes.element,
    );
    this.#list.append(element('li', { class: 'text-row' }, this.#next));
  }

  #input(label: string): HTMLInputElement {
    const isPlain =
      this.#field.control.kind === 'texts' && this.#field.control.format === undefined;
    return element('input', {
      type: 'text',
      'aria-label': label,
      autocomplete: 'off',
      ...(isPlain ? {} : { inputmode: 'url', spellcheck: 'false' }),
    });
  }

  get #items(): readonly RecordNode[] {
    return this.#node?.kind === 'list' ? this.#node.items : [];
  }

  #setItems(items: readonly RecordNode[], mark?: string): void {
    const list: ListNode =
      this.#node?.kind === 'list'
        ? { ...this.#node, items }
        : { ...(treeOf([]) as ListNode), items };
    this.#set(list, mark);
  }

  #add(): void {
    const text = this.#next.value.trim();
    this.#next.value = '';
    if (text === '') return;
    // Keywords often come as one line.
    const texts =
      this.#field.name === 'keywords'
        ? text.split(/\s*[;,\n]\s*/).filter((one) => one !== '')
        : [text];
    this.#setItems([...this.#items, ...texts.map(treeOf)]);
  }

  #newRow(id: number): Row {
    const input = this.#input(this.#field.label);
    const notes = new ProblemNotes();
    input.setAttribute('aria-describedby', notes.element.id);
    const at = (): number => this.#items.findIndex((item) => item.id === id);
    const mark = newElementId();
    input.addEventListener('input', () => {
      const items = this.#items.map((item) =>
        item.id === id ? { ...treeOf(input.value), id } : item,
      );
      this.#setItems(items, mark);
    });
    const removeRow = (): void => {
      const place = at();
      this.#setItems(this.#items.filter((item) => item.id !== id));
      this.#focusRow(Math.max(0, place - 1));
    };
    input.addEventListener('change', () => {
      if (input.value.trim() === '') this.#setItems(this.#items.filter((item) => item.id !== id));
    });
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        this.#next.focus();
      } else if (event.key === 'Backspace' && input.value === '') {
        event.preventDefault();
        removeRow();
      }
    });
    const remove = element('button', { type: 'button', class: 'quiet' }, '×');
    remove.addEventListener('click', () => {
      this.#context.announce(`Removed ${input.value}`);
      removeRow();
    });
    input.addEventListener('focus', () =>
      remove.setAttribute('aria-label', `Remove ${input.value}`),
    );
    const row = {
      element: element('li', { class: 'text-row' }, input, remove, notes.element),
      input,
      notes,
    };
    this.#rows.set(id, row);
    return row;
  }

  #focusRow(index: number): void {
    const item = this.#items[index];
    (item === undefined ? this.#next : (this.#rows.get(item.id)?.input ?? this.#next)).focus();
  }

  show(node: RecordNode | undefined): void {
    if (node === this.#node && node !== undefined) return;
    this.#node = node;
    const kept = new Set(this.#items.map(({ id }) => id));
    for (const [id, row] of this.#rows) {
      if (kept.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    this.#items.forEach((item, index) => {
      const row = this.#rows.get(item.id) ?? this.#newRow(item.id);
      const text = textOf(item) ?? JSON.stringify(valueOf(item));
      if (row.input.value !== text) row.input.value = text;
      row.element.querySelector('button')?.setAttribute('aria-label', `Remove ${text}`);
      const there = this.#list.children[index];
      if (there !== row.element) this.#list.insertBefore(row.element, there ?? null);
    });
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    this.#notes.show(problems.get(pointer) ?? []);
    this.#items.forEach((item, index) => {
      const row = this.#rows.get(item.id);
      if (row === undefined) return;
      const isWrong = row.notes.show(problems.get(`${pointer}/${index}`) ?? []);
      if (isWrong) row.input.setAttribute('aria-invalid', 'true');
      else row.input.removeAttribute('aria-invalid');
    });
  }

  focus([index]: readonly string[]): boolean {
    this.#focusRow(Number(index ?? -1));
    return true;
  }
}
