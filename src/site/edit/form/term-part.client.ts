// The name of a term, completed from the archive's vocabularies: choosing one sets its identifier too.

import type { FormField } from '../../../core/editing/form-model.ts';
import { suggestTerms, type TermSuggestion } from '../../../core/editing/suggest-terms.ts';
import type { RecordNode } from '../../../core/editing/record-tree.ts';
import { element } from '../../browser/dom.client.ts';
import {
  newElementId,
  type FormContext,
  type FormPart,
  type ProblemsByPlace,
  type SetNode,
} from './form-part.client.ts';
import { TextPart } from './text-part.client.ts';

export class TermPart implements FormPart {
  readonly element: HTMLElement;
  readonly #text: TextPart;
  readonly #context: FormContext;
  readonly #choose: (fields: ReadonlyMap<string, string>) => void;
  readonly #list: HTMLUListElement;
  #shown: TermSuggestion[] = [];
  #active = -1;

  constructor(
    field: FormField,
    context: FormContext,
    set: SetNode,
    choose: (fields: ReadonlyMap<string, string>) => void,
  ) {
    this.#context = context;
    this.#choose = choose;
    this.#text = new TextPart(field, set);
    this.#list = element('ul', {
      class: 'suggestions',
      role: 'listbox',
      id: newElementId(),
      hidden: '',
      'aria-label': 'Terms of this archive',
    });
    const { control } = this.#text;
    for (const [name, value] of [
      ['role', 'combobox'],
      ['aria-autocomplete', 'list'],
      ['aria-expanded', 'false'],
      ['aria-controls', this.#list.id],
    ] as const) {
      control.setAttribute(name, value);
    }
    control.addEventListener('input', () => this.#offer());
    control.addEventListener('blur', () => this.#close());
    control.addEventListener('keydown', (event) => this.#key(event as KeyboardEvent));
    this.element = this.#text.element;
    this.element.classList.add('has-suggestions');
    control.after(this.#list);
  }

  #offer(): void {
    this.#shown = suggestTerms(this.#context.terms, this.#text.control.value);
    this.#active = -1;
    this.#list.replaceChildren(
      ...this.#shown.map(({ term, found }, index) => {
        const note = [term.commonName, found, term.identifier].filter((text) => text !== undefined);
        const option = element(
          'li',
          { role: 'option', id: `${this.#list.id}-${index}`, 'aria-selected': 'false' },
          element('span', {}, term.name),
          element('span', { class: 'small muted' }, ` ${note.join(' · ')}`),
        );
        // Before the field loses the focus, which would close the list.
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          this.#take(index);
        });
        return option;
      }),
    );
    this.#list.hidden = this.#shown.length === 0;
    this.#text.control.setAttribute('aria-expanded', String(!this.#list.hidden));
    this.#text.control.removeAttribute('aria-activedescendant');
  }

  #close(): void {
    this.#list.hidden = true;
    this.#text.control.setAttribute('aria-expanded', 'false');
    this.#text.control.removeAttribute('aria-activedescendant');
  }

  #key(event: KeyboardEvent): void {
    if (this.#list.hidden) return;
    const step = event.altKey
      ? 0
      : event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowUp'
          ? -1
          : 0;
    if (step !== 0) {
      event.preventDefault();
      const count = this.#shown.length;
      this.#active = (this.#active + step + (this.#active < 0 && step < 0 ? 1 : 0) + count) % count;
      [...this.#list.children].forEach((option, index) =>
        option.setAttribute('aria-selected', String(index === this.#active)),
      );
      this.#text.control.setAttribute('aria-activedescendant', `${this.#list.id}-${this.#active}`);
    } else if (event.key === 'Enter' && this.#active >= 0) {
      event.preventDefault();
      this.#take(this.#active);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.#close();
    }
  }

  #take(index: number): void {
    const term = this.#shown[index]?.term;
    if (term === undefined) return;
    const fields = new Map([['name', term.name]]);
    if (term.identifier !== undefined) fields.set('identifier', term.identifier);
    this.#choose(fields);
    this.#close();
    this.#context.announce(`${term.name} chosen`);
  }

  show(node: RecordNode | undefined): void {
    this.#text.show(node);
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    this.#text.mark(problems, pointer);
  }

  focus(): boolean {
    return this.#text.focus();
  }
}
