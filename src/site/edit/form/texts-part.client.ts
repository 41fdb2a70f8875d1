// A list of texts: a row each, and an empty one at the end for the next.

import type { FormField } from '../../../core/editing/form-model.ts';
import {
  itemsOf,
  textOf,
  treeOf,
  valueOf,
  withItems,
  type RecordNode,
} from '../../../core/editing/record-tree.ts';
import { element } from '../../browser/dom.client.ts';
import {
  newElementId,
  helpOf,
  legendOf,
  placeRows,
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
    this.element = element(
      'fieldset',
      { class: 'field wide', 'data-field': field.name, 'aria-describedby': this.#notes.element.id },
      legendOf(field),
      this.#list,
      helpOf(field),
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
    return itemsOf(this.#node);
  }

  #setItems(items: readonly RecordNode[], mark?: string): void {
    this.#set(withItems(this.#node, items), mark);
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
    placeRows(this.#list, this.#rows, this.#items, (item) => {
      const row = this.#rows.get(item.id) ?? this.#newRow(item.id);
      const text = textOf(item) ?? JSON.stringify(valueOf(item));
      if (row.input.value !== text) row.input.value = text;
      row.element.querySelector('button')?.setAttribute('aria-label', `Remove ${text}`);
      return row;
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
