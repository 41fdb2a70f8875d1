// An object in a single field, such as a contact.

import type { FormField } from '../../../core/editing/form-model.ts';
import type { RecordNode } from '../../../core/editing/record-tree.ts';
import { element } from '../../browser/dom.client.ts';
import {
  ProblemNotes,
  type FormContext,
  type FormPart,
  type ProblemsByPlace,
  type SetNode,
} from './form-part.client.ts';
import { ObjectPart } from './object-part.client.ts';

export class NestedPart implements FormPart {
  readonly element: HTMLElement;
  readonly #object: ObjectPart;
  readonly #notes = new ProblemNotes();

  constructor(field: FormField, model: string, context: FormContext, set: SetNode) {
    const fields = context.model.fieldsOf(model);
    this.#object = new ObjectPart(model, fields, context, set, !field.required);
    this.element = element(
      'fieldset',
      { class: 'field wide nested', 'data-field': field.name },
      element('legend', {}, field.label),
      element(
        'div',
        { class: 'fields' },
        ...[...this.#object.parts.values()].map((part) => part.element),
      ),
      this.#notes.element,
    );
  }

  show(node: RecordNode | undefined): void {
    this.#object.show(node);
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    this.#notes.show(problems.get(pointer) ?? []);
    this.#object.mark(problems, pointer);
  }

  focus(rest: readonly string[]): boolean {
    return this.#object.focus(rest);
  }
}
