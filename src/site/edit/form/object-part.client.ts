// The fields of an object, and of the record itself. A change of a field is a changed object, passed on to
// its parent.

import type { FormField } from '../../../core/editing/form-model.ts';
import { withNode, without } from '../../../core/editing/change-record.ts';
import { memberNode, treeOf, type RecordNode } from '../../../core/editing/record-tree.ts';
import { escapePart } from '../../../core/schema/problem-message.ts';
import type { FormContext, FormPart, ProblemsByPlace, SetNode } from './form-part.client.ts';

/** The parts of an object's fields; the caller places their elements. */
export class ObjectPart {
  readonly parts = new Map<string, FormPart>();
  readonly #set: SetNode;
  readonly #model: string;
  readonly #fields: readonly FormField[];
  readonly #order: readonly string[];
  /** Whether an object with nothing left in it is removed. */
  readonly #isOptional: boolean;
  #node: RecordNode | undefined;

  constructor(
    model: string,
    fields: readonly FormField[],
    context: FormContext,
    set: SetNode,
    isOptional = false,
  ) {
    this.#model = model;
    this.#set = set;
    this.#fields = fields;
    this.#isOptional = isOptional;
    this.#order = fields.map(({ name }) => name);
    for (const field of fields) {
      const setField: SetNode = (node, mark) => this.#setField(field, node, mark);
      this.parts.set(field.name, context.partFor(field, model, context, setField, this));
    }
  }

  #setField(field: FormField, node: RecordNode | undefined, mark?: string): void {
    const isEmpty = node === undefined || (node.kind === 'list' && node.items.length === 0);
    const whole = this.#node ?? treeOf({ schemaKey: this.#model });
    const changed =
      node === undefined || (isEmpty && !field.required)
        ? without(whole, [field.name])
        : withNode(whole, [field.name], node, this.#order);
    this.#hand(changed, mark);
  }

  /** Sets several texts in one step. */
  setFields(texts: ReadonlyMap<string, string>): void {
    let changed = this.#node ?? treeOf({ schemaKey: this.#model });
    for (const [name, text] of texts)
      changed = withNode(changed, [name], treeOf(text), this.#order);
    this.#hand(changed);
  }

  #hand(changed: RecordNode, mark?: string): void {
    const isBare =
      changed.kind === 'object' && changed.members.every(({ name }) => name === 'schemaKey');
    this.#set(isBare && this.#isOptional ? undefined : changed, mark);
  }

  show(node: RecordNode | undefined): void {
    if (node === this.#node && node !== undefined) return;
    this.#node = node;
    for (const [name, part] of this.parts) part.show(memberNode(node, name));
  }

  /** Fields of the object that the form has no control for. */
  get unknown(): string[] {
    if (this.#node?.kind !== 'object') return [];
    const known = new Set([...this.#fields.map(({ name }) => name), 'schemaKey']);
    return this.#node.members.map(({ name }) => name).filter((name) => !known.has(name));
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    for (const [name, part] of this.parts) part.mark(problems, `${pointer}/${escapePart(name)}`);
  }

  focus([name, ...rest]: readonly string[]): boolean {
    const part = name === undefined ? [...this.parts.values()][0] : this.parts.get(name);
    return part?.focus(rest) ?? false;
  }
}
