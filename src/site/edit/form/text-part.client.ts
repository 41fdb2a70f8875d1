// A field of text, of a number, or of JSON: a label, a control, help, and problems.

import type { FormField } from '../../../core/editing/form-model.ts';
import { pastedIdentifier } from '../../../core/editing/pasted-identifier.ts';
import {
  textOf,
  readTree,
  treeOf,
  valueOf,
  writeTree,
  type RecordNode,
} from '../../../core/editing/record-tree.ts';
import { element } from '../../browser/dom.client.ts';
import {
  helpOf,
  newElementId,
  ProblemNotes,
  type FormPart,
  type ProblemsByPlace,
  type SetNode,
} from './form-part.client.ts';

type TextControl = HTMLInputElement | HTMLTextAreaElement;

function controlFor({ control, required }: FormField, id: string): TextControl {
  const shared = { id, autocomplete: 'off', 'aria-required': required ? 'true' : undefined };
  if (control.kind === 'json') {
    return element('textarea', { ...shared, rows: '4', class: 'mono', spellcheck: 'false' });
  }
  if (control.kind === 'text' && control.isLong) {
    return element('textarea', { ...shared, rows: '5' });
  }
  const format = control.kind === 'text' ? control.format : undefined;
  const mode = control.kind === 'number' ? 'decimal' : format === 'uri' ? 'url' : format;
  return element('input', {
    ...shared,
    type: 'text',
    ...(mode === 'url' || mode === 'email' || mode === 'decimal' ? { inputmode: mode } : {}),
    ...(format === undefined ? {} : { spellcheck: 'false' }),
  });
}

/** What a control shows of a value. */
function shownText(node: RecordNode | undefined, isJson: boolean): string {
  if (node === undefined) return '';
  if (isJson) return writeTree(node).trimEnd();
  return textOf(node) ?? (node.kind === 'plain' ? node.token : JSON.stringify(valueOf(node)));
}

export class TextPart implements FormPart {
  readonly element: HTMLElement;
  readonly control: TextControl;
  readonly #field: FormField;
  readonly #set: SetNode;
  readonly #notes = new ProblemNotes();
  readonly #count = element('span', { class: 'count muted small' });
  readonly #mark = newElementId();
  #node: RecordNode | undefined;

  constructor(field: FormField, set: SetNode) {
    this.#field = field;
    this.#set = set;
    const id = newElementId();
    this.control = controlFor(field, id);
    const help = helpOf(field, `${id}-help`);
    this.control.setAttribute(
      'aria-describedby',
      [help?.id, this.#notes.element.id].filter(Boolean).join(' '),
    );
    this.control.addEventListener('input', (event) => {
      const { inputType = '' } = event as InputEvent;
      if (inputType.startsWith('insertFrom')) this.#takeApart();
      this.#changed();
    });
    this.control.addEventListener('change', () => {
      if (this.#takeApart()) this.#changed();
    });
    const { kind } = field.control;
    const isWide = kind === 'json' || (kind === 'text' && field.control.isLong);
    this.element = element(
      'div',
      { class: isWide ? 'field wide' : 'field', 'data-field': field.name },
      element('div', { class: 'field-head' }, labelOf(field, id), this.#count),
      this.control,
      help,
      this.#notes.element,
    );
  }

  show(node: RecordNode | undefined): void {
    if (node === this.#node && node !== undefined) return;
    this.#node = node;
    const text = shownText(node, this.#field.control.kind === 'json');
    if (this.control.value !== text) this.control.value = text;
    this.#showCount(text);
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    const own =
      this.#field.control.kind === 'json'
        ? [...problems].flatMap(([place, found]) =>
            place === pointer || place.startsWith(`${pointer}/`) ? found : [],
          )
        : (problems.get(pointer) ?? []);
    const isWrong = this.#notes.show(own);
    if (isWrong) this.control.setAttribute('aria-invalid', 'true');
    else this.control.removeAttribute('aria-invalid');
  }

  focus(): boolean {
    this.control.focus();
    return true;
  }

  #showCount(text: string): void {
    const { control } = this.#field;
    if (
      control.kind !== 'text' ||
      control.maxLength === undefined ||
      control.maxLength >= 1000 !== control.isLong
    )
      return;
    // Shown only where it begins to matter.
    const length = [...text].length;
    this.#count.textContent =
      length > control.maxLength * 0.8 ? `${length} of ${control.maxLength}` : '';
  }

  /** Brings a pasted identifier into the form of the record; returns whether that changed the text. */
  #takeApart(): boolean {
    const { list } = this.#field;
    const { value } = this.control;
    const text = list === undefined ? value : pastedIdentifier(list, value);
    if (text === value) return false;
    this.control.value = text;
    return true;
  }

  #changed(): void {
    const text = this.control.value;
    const { control } = this.#field;
    if (text === '') this.#set(undefined, this.#mark);
    else if (control.kind === 'json') this.#changedJson(text);
    else if (control.kind === 'number' && /^-?\d+(\.\d+)?$/.test(text.trim())) {
      const read = readTree(text.trim());
      if (read.ok) this.#set(read.tree, this.#mark);
    } else this.#set(treeOf(text), this.#mark);
  }

  #changedJson(text: string): void {
    const read = readTree(text);
    this.control.setCustomValidity(read.ok ? '' : read.problem.message);
    if (!read.ok) return;
    this.#node = read.tree;
    this.#set(read.tree, this.#mark);
  }
}

/** The label of a control. */
export function labelOf(field: FormField, id: string): HTMLElement {
  return element(
    'label',
    { for: id },
    field.label,
    field.required ? element('span', { class: 'needed' }, ' needed') : undefined,
  );
}
