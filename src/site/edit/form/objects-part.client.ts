// A list of objects: a row each, whose fields are made when it is opened, so that a list of a hundred people
// is as light as one of three. Rows are moved by buttons, Alt and an arrow, or dragging.

import type { FormField } from '../../../core/editing/form-model.ts';
import { modelWords } from '../../../core/editing/form-words.ts';
import {
  itemsOf,
  treeOf,
  valueOf,
  withItems,
  type RecordNode,
} from '../../../core/editing/record-tree.ts';
import { textMember, type JsonObject } from '../../../core/json/json-text.ts';
import { element } from '../../browser/dom.client.ts';
import {
  helpOf,
  legendOf,
  placeRows,
  ProblemNotes,
  type FormContext,
  type FormPart,
  type ProblemsByPlace,
  type SetNode,
} from './form-part.client.ts';
import { ObjectRow } from './object-row.client.ts';

/** What can be added to a list: an object of a model, possibly with initial values. */
interface Addable {
  label: string;
  model: string;
  value: JsonObject;
}

const FUNDER = {
  schemaKey: 'Organization',
  roleName: ['dcite:Funder'],
  includeInCitation: false,
};

function addables(models: readonly string[], field: string): Addable[] {
  const plain = models.map((model) => {
    const value: JsonObject = { schemaKey: model };
    if (model === 'Person')
      Object.assign(value, { roleName: ['dcite:Author'], includeInCitation: true });
    return { label: `Add ${modelWords(model)}`, model, value };
  });
  return field === 'contributor' && models.includes('Organization')
    ? [...plain, { label: 'Add funder', model: 'Organization', value: FUNDER }]
    : plain;
}

export class ObjectsPart implements FormPart {
  readonly element: HTMLElement;
  readonly #models: readonly string[];
  readonly #context: FormContext;
  readonly #set: SetNode;
  readonly #rows = new Map<number, ObjectRow>();
  readonly #list = element('ol', { class: 'object-rows' });
  readonly #notes = new ProblemNotes();
  readonly #buttons: HTMLButtonElement[];
  #node: RecordNode | undefined;
  #problems: ProblemsByPlace = new Map();
  #pointer = '';

  constructor(field: FormField, models: readonly string[], context: FormContext, set: SetNode) {
    this.#models = models;
    this.#context = context;
    this.#set = set;
    this.#buttons = addables(models, field.name).map(({ label, value }) => {
      const button = element('button', { type: 'button' }, label);
      button.addEventListener('click', () => this.#add(value));
      return button;
    });
    this.element = element(
      'fieldset',
      { class: 'field wide', 'data-field': field.name, 'aria-describedby': this.#notes.element.id },
      legendOf(field),
      helpOf(field),
      this.#notes.element,
      this.#list,
      element('div', { class: 'actions' }, ...this.#buttons),
    );
  }

  get #items(): readonly RecordNode[] {
    return itemsOf(this.#node);
  }

  #setItems(items: readonly RecordNode[], mark?: string): void {
    this.#set(withItems(this.#node, items), mark);
  }

  #add(value: JsonObject): void {
    const node = treeOf(value);
    this.#setItems([...this.#items, node]);
    const row = this.#rows.get(node.id);
    row?.open();
    row?.focus([]);
  }

  #move(id: number, to: number, by: 'button' | 'drag'): void {
    const items = this.#items;
    const from = items.findIndex((item) => item.id === id);
    const place = Math.min(Math.max(to, 0), items.length - 1);
    const item = items[from];
    if (item === undefined || from === place) return;
    this.#setItems(items.toSpliced(from, 1).toSpliced(place, 0, item));
    const row = this.#rows.get(id);
    if (by === 'button') row?.focusMover(place < from ? 'up' : 'down');
    this.#context.announce(`${row?.title ?? 'It'} is now ${place + 1} of ${items.length}`);
  }

  #remove(id: number): void {
    const at = this.#items.findIndex((item) => item.id === id);
    const title = this.#rows.get(id)?.title ?? '';
    this.#setItems(this.#items.filter((item) => item.id !== id));
    this.#context.announce(`${title} removed. Undo brings it back.`);
    const next = this.#items[Math.min(at, this.#items.length - 1)];
    if (next === undefined) this.#buttons[0]?.focus();
    else this.#rows.get(next.id)?.focusTitle();
  }

  #newRow(item: RecordNode): ObjectRow {
    const { id } = item;
    const known = textMember(valueOf(item), 'schemaKey') ?? '';
    const model = this.#models.includes(known) ? known : (this.#models[0] ?? '');
    const row = new ObjectRow(id, model, this.#context, {
      set: (node, mark) => {
        const items = this.#items.flatMap((one) =>
          one.id !== id ? one : node === undefined ? [] : { ...node, id },
        );
        this.#setItems(items, mark);
      },
      move: (by) => this.#move(id, this.#items.findIndex((one) => one.id === id) + by, 'button'),
      drop: (dragged) =>
        this.#move(
          dragged,
          this.#items.findIndex((one) => one.id === id),
          'drag',
        ),
      remove: () => this.#remove(id),
      opened: () => this.#markRow(id),
    });
    this.#rows.set(id, row);
    return row;
  }

  show(node: RecordNode | undefined): void {
    if (node === this.#node && node !== undefined) return;
    this.#node = node;
    placeRows(this.#list, this.#rows, this.#items, (item, index) => {
      const row = this.#rows.get(item.id) ?? this.#newRow(item);
      row.show(item, index, this.#items.length);
      return row;
    });
    this.#list.hidden = this.#items.length === 0;
  }

  #markRow(id: number): void {
    const index = this.#items.findIndex((item) => item.id === id);
    this.#rows.get(id)?.mark(this.#problems, `${this.#pointer}/${index}`);
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    this.#problems = problems;
    this.#pointer = pointer;
    this.#notes.show(problems.get(pointer) ?? []);
    this.#items.forEach((item, index) =>
      this.#rows.get(item.id)?.mark(problems, `${pointer}/${index}`),
    );
  }

  focus([index, ...rest]: readonly string[]): boolean {
    const item = this.#items[Number(index ?? -1)];
    if (item === undefined) {
      this.#buttons[0]?.focus();
      return true;
    }
    const row = this.#rows.get(item.id);
    row?.open();
    return row?.focus(rest) ?? false;
  }
}
