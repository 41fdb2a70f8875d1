// The form of a record: its groups of fields, made from the schema of its release.

import { FORM_GROUPS } from '../../../core/editing/form-words.ts';
import { placeInForm } from '../../../core/editing/problem-places.ts';
import type { RecordNode } from '../../../core/editing/record-tree.ts';
import type { Problem } from '../../../core/problem.ts';
import { pointerParts } from '../../../core/schema/problem-message.ts';
import { shownLine } from '../../../core/text/shown-text.ts';
import { element } from '../../browser/dom.client.ts';
import type { FormContext, SetNode } from './form-part.client.ts';
import { ProblemNotes } from './form-part.client.ts';
import { ObjectPart } from './object-part.client.ts';

/** What the archive or the schema decides; shown, and changed in the JSON view only. */
const FIXED = new Set(['identifier', 'schemaVersion']);

export class RecordForm {
  readonly element = element('div', { class: 'record-form' });
  readonly #object: ObjectPart;
  readonly #rest = element('p', { class: 'small muted' });
  readonly #notes = new ProblemNotes();
  readonly #places: ReadonlySet<string>;

  constructor(context: FormContext, set: SetNode) {
    const { fields } = context.model;
    const shown = fields.filter(({ name }) => !FIXED.has(name));
    this.#object = new ObjectPart('Dandiset', shown, context, set);
    this.#places = new Set(shown.map(({ name }) => name));
    const grouped = new Set(FORM_GROUPS.flatMap((group) => group.fields));
    const others = shown.filter(({ name }) => !grouped.has(name)).map(({ name }) => name);
    for (const [index, group] of FORM_GROUPS.entries()) {
      const isLast = index === FORM_GROUPS.length - 1;
      const names = isLast ? [...group.fields, ...others] : group.fields;
      const parts = names.flatMap((name) => this.#object.parts.get(name)?.element ?? []);
      const id = `group-${group.id}`;
      this.element.append(
        element(
          'section',
          { class: 'form-group', 'aria-labelledby': id },
          element('h2', { id }, group.title),
          element('div', { class: 'fields' }, ...parts),
          ...(isLast ? [this.#rest, this.#notes.element] : []),
        ),
      );
    }
  }

  show(tree: RecordNode): void {
    this.#object.show(tree);
    const unknown = this.#object.unknown.filter((name) => !FIXED.has(name));
    const said = `Also in the record, and kept as they are: ${unknown.join(', ')}. The JSON view shows them.`;
    this.#rest.textContent = unknown.length === 0 ? '' : shownLine(said, 600);
  }

  mark(problems: readonly Problem[]): void {
    const byPlace = Map.groupBy(problems, placeInForm);
    this.#object.mark(byPlace, '');
    // Problems of no field of the form are shown at its end.
    this.#notes.show(
      problems.filter((problem) => !this.#places.has(pointerParts(placeInForm(problem))[0] ?? '')),
    );
  }

  /** Moves the focus to the field of a place in the record; false where the form has none. */
  focus(way: readonly string[]): boolean {
    return way.length > 0 && this.#object.focus(way);
  }
}
