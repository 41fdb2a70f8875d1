// What the parts of the form have in common. A part shows one value of the record and passes on a changed
// one; it is notified of a new value and does nothing if it already shows that value.

import type { FormField, FormModel } from '../../../core/editing/form-model.ts';
import { problemInForm } from '../../../core/editing/problem-words.ts';
import type { RecordNode } from '../../../core/editing/record-tree.ts';
import type { Problem } from '../../../core/problem.ts';
import type { Term } from '../../../core/vocabulary/vocabulary.ts';
import { element } from '../../browser/dom.client.ts';

/** What every part needs of the form around it. */
export interface FormContext {
  model: FormModel;
  /** The terms of the archive's vocabularies. */
  terms: readonly Term[];
  /** Announces something to those who do not see the page. */
  announce(words: string): void;
  partFor: PartMaker;
}

/** Makes the part of one field of a model; `own` is the object around it. */
export type PartMaker = (
  field: FormField,
  model: string,
  context: FormContext,
  set: SetNode,
  own: { setFields(texts: ReadonlyMap<string, string>): void },
) => FormPart;

/** Takes the changed value of a part, undefined for none; a mark joins changes into one undo step. */
export type SetNode = (node: RecordNode | undefined, mark?: string) => void;

/** Problems by the pointer of the value they are about. */
export type ProblemsByPlace = ReadonlyMap<string, readonly Problem[]>;

export interface FormPart {
  readonly element: HTMLElement;
  show(node: RecordNode | undefined): void;
  /** Shows the problems of the value at a pointer, and those of values inside it. */
  mark(problems: ProblemsByPlace, pointer: string): void;
  /** Moves the focus to the value at the rest of a pointer; false where nothing can take it. */
  focus(rest: readonly string[]): boolean;
}

let lastId = 0;
/** An id that no other element has. */
export function newElementId(): string {
  lastId += 1;
  return `edit-${lastId}`;
}

/** The list of problems below a control. */
export class ProblemNotes {
  readonly element = element('ul', { class: 'field-problems', id: newElementId(), hidden: '' });
  #said = '';

  /** Shows them; returns whether there are any. */
  show(problems: readonly Problem[]): boolean {
    const entries = problems.map((problem) => ({
      severity: problem.severity,
      ...problemInForm(problem),
    }));
    const said = JSON.stringify(entries);
    if (said !== this.#said) {
      this.#said = said;
      this.element.replaceChildren(
        ...entries.map(({ severity, message, hint }) =>
          element(
            'li',
            { class: severity },
            element('span', {}, message),
            hint === undefined ? undefined : element('span', { class: 'hint' }, ` ${hint}`),
          ),
        ),
      );
      this.element.hidden = problems.length === 0;
    }
    return problems.length > 0;
  }
}

/** How many problems are at a pointer or inside it. */
export function countWithin(problems: ProblemsByPlace, pointer: string): number {
  let count = 0;
  for (const [place, found] of problems) {
    if (place === pointer || place.startsWith(`${pointer}/`)) count += found.length;
  }
  return count;
}

/** What a group of controls is called, and whether it is required. */
export function legendOf({ label, required }: FormField): HTMLElement {
  const needed = required ? element('span', { class: 'needed' }, ' needed') : undefined;
  return element('legend', {}, label, needed);
}

/** The help sentence of a field, if any; with an id that controls can name. */
export function helpOf({ help }: FormField, id?: string): HTMLElement | undefined {
  return help === undefined
    ? undefined
    : element('p', { class: 'help', ...(id === undefined ? {} : { id }) }, help);
}

/**
 * Matches the rows of a list to the items of a record. A row goes by its item's id and retains its element,
 * so that the focus is not lost.
 */
export function placeRows<Row extends { readonly element: HTMLElement }>(
  list: HTMLElement,
  rows: Map<number, Row>,
  items: readonly RecordNode[],
  rowFor: (item: RecordNode, index: number) => Row,
): void {
  const kept = new Set(items.map(({ id }) => id));
  for (const [id, row] of rows) {
    if (kept.has(id)) continue;
    row.element.remove();
    rows.delete(id);
  }
  items.forEach((item, index) => {
    const row = rowFor(item, index);
    const there = list.children[index];
    if (there !== row.element) list.insertBefore(row.element, there ?? null);
  });
}
