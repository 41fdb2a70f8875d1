// Fields whose values are chosen: one of a few, several of a few, yes or no.

import type { FormField } from '../../../core/editing/form-model.ts';
import { termWords } from '../../../core/editing/form-words.ts';
import { textOf, treeOf, valueOf, type RecordNode } from '../../../core/editing/record-tree.ts';
import { element } from '../../browser/dom.client.ts';
import {
  helpOf,
  legendOf,
  newElementId,
  ProblemNotes,
  type FormPart,
  type ProblemsByPlace,
  type SetNode,
} from './form-part.client.ts';
import { labelOf } from './text-part.client.ts';

/** One of a list. A value that is none of them stays and is offered as it is. */
export class ChoicePart implements FormPart {
  readonly element: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #odd = element('option', { hidden: '' });
  readonly #notes = new ProblemNotes();

  constructor(field: FormField, options: readonly string[], set: SetNode) {
    const id = newElementId();
    this.#select = element(
      'select',
      { id, 'aria-describedby': this.#notes.element.id },
      element('option', { value: '' }, field.required ? 'Choose …' : 'not given'),
      ...options.map((option) => element('option', { value: option }, termWords(option))),
      this.#odd,
    );
    this.#select.addEventListener('change', () => {
      const { value } = this.#select;
      set(value === '' ? undefined : treeOf(value));
    });
    this.element = element(
      'div',
      { class: 'field', 'data-field': field.name },
      labelOf(field, id),
      this.#select,
      helpOf(field),
      this.#notes.element,
    );
  }

  show(node: RecordNode | undefined): void {
    const value = node === undefined ? '' : (textOf(node) ?? JSON.stringify(valueOf(node)));
    this.#select.value = value;
    const isOdd = this.#select.value !== value || (value !== '' && this.#odd.value === value);
    this.#odd.hidden = !isOdd;
    if (!isOdd) return;
    this.#odd.value = value;
    this.#odd.textContent = value.slice(0, 80);
    this.#select.value = value;
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    this.#select.toggleAttribute('aria-invalid', false);
    if (this.#notes.show(problems.get(pointer) ?? []))
      this.#select.setAttribute('aria-invalid', 'true');
  }

  focus(): boolean {
    this.#select.focus();
    return true;
  }
}

/** Several of a list, as boxes to tick. Values that are none of them have a box too. */
export class ChoicesPart implements FormPart {
  readonly element: HTMLElement;
  readonly #boxes = new Map<string, HTMLInputElement>();
  readonly #grid = element('div', { class: 'boxes' });
  readonly #chosen = element('span', { class: 'muted' });
  readonly #notes = new ProblemNotes();
  readonly #set: SetNode;
  readonly #details: HTMLDetailsElement | undefined;
  #node: RecordNode | undefined;

  constructor(field: FormField, options: readonly string[], set: SetNode) {
    this.#set = set;
    for (const option of options) this.#addBox(option);
    const isMany = options.length > 8;
    if (isMany) {
      this.#details = element('details', {}, element('summary', {}, this.#chosen), this.#grid);
    }
    this.element = element(
      'fieldset',
      {
        class: isMany ? 'field wide' : 'field',
        'data-field': field.name,
        'aria-describedby': this.#notes.element.id,
      },
      legendOf(field),
      this.#details ?? this.#grid,
      helpOf(field),
      this.#notes.element,
    );
  }

  #addBox(option: string): HTMLInputElement {
    const box = element('input', { type: 'checkbox', value: option });
    box.addEventListener('change', () => this.#toggle(option, box.checked));
    this.#boxes.set(option, box);
    this.#grid.append(element('label', { class: 'box' }, box, ` ${termWords(option)}`));
    return box;
  }

  #toggle(option: string, isOn: boolean): void {
    const items = this.#node?.kind === 'list' ? this.#node.items : [];
    const others = items.filter((item) => textOf(item) !== option);
    const list =
      this.#node?.kind === 'list' ? this.#node : { kind: 'list' as const, id: treeOf([]).id };
    this.#set({ ...list, items: isOn ? [...others, treeOf(option)] : others });
  }

  show(node: RecordNode | undefined): void {
    if (node === this.#node && node !== undefined) return;
    this.#node = node;
    const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
    const chosen = items.map((item) => textOf(item) ?? JSON.stringify(valueOf(item)));
    for (const one of chosen) if (!this.#boxes.has(one)) this.#addBox(one);
    for (const [option, box] of this.#boxes) box.checked = chosen.includes(option);
    this.#chosen.textContent =
      chosen.length === 0 ? 'none chosen' : chosen.map(termWords).join(', ');
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    const inner = [...problems].flatMap(([place, found]) =>
      place === pointer || place.startsWith(`${pointer}/`) ? found : [],
    );
    this.#notes.show(inner);
  }

  focus(): boolean {
    const [first] = this.#boxes.values();
    if (this.#details !== undefined) {
      this.#details.open = true;
      this.#details.querySelector('summary')?.focus();
    } else first?.focus();
    return true;
  }
}

/** Yes or no. An absent value counts as `standard`. */
export class YesNoPart implements FormPart {
  readonly element: HTMLElement;
  readonly #box: HTMLInputElement;
  readonly #standard: boolean;
  readonly #notes = new ProblemNotes();

  constructor(field: FormField, standard: boolean, set: SetNode) {
    this.#standard = standard;
    this.#box = element('input', { type: 'checkbox' });
    this.#box.addEventListener('change', () => set(treeOf(this.#box.checked)));
    this.element = element(
      'div',
      { class: 'field yes-no', 'data-field': field.name },
      element('label', { class: 'box' }, this.#box, ` ${field.label}`),
      this.#notes.element,
    );
  }

  show(node: RecordNode | undefined): void {
    const value = node === undefined ? undefined : valueOf(node);
    this.#box.checked = typeof value === 'boolean' ? value : this.#standard;
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    this.#notes.show(problems.get(pointer) ?? []);
  }

  focus(): boolean {
    this.#box.focus();
    return true;
  }
}
