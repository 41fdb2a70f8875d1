// The record as the text that is submitted. It can be edited here too; broken JSON changes nothing.

import { readTree } from '../../core/editing/record-tree.ts';
import { element } from '../browser/dom.client.ts';
import type { EditState } from './edit-state.client.ts';

export class JsonView {
  readonly element: HTMLElement;
  readonly #area: HTMLTextAreaElement;
  readonly #problem = element('p', { class: 'field-problems error', role: 'status' });
  readonly #state: EditState;

  constructor(state: EditState) {
    this.#state = state;
    this.#area = element('textarea', {
      class: 'mono json-text',
      id: 'json-text',
      rows: '30',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-describedby': 'json-problem',
    });
    this.#problem.id = 'json-problem';
    this.#area.addEventListener('input', () => this.#changed());
    this.element = element(
      'div',
      { class: 'field wide' },
      element('label', { for: 'json-text' }, 'dandiset.json'),
      this.#problem,
      this.#area,
    );
  }

  /** Shows the record as it is now. */
  show(): void {
    // While the user types here, whitespace stays as typed until the view is left.
    if (document.activeElement === this.#area) return;
    const { text } = this.#state;
    if (this.#area.value !== text) this.#area.value = text;
    this.#problem.textContent = '';
  }

  #changed(): void {
    // Pasted from a file, a text may begin with a byte order mark.
    const read = readTree(this.#area.value.replace(/^\ufeff/, ''));
    const isRecord = read.ok && read.tree.kind === 'object';
    this.#problem.textContent = isRecord
      ? ''
      : read.ok
        ? 'A record is a JSON object.'
        : `Line ${read.problem.line}, column ${read.problem.column}: ${read.problem.message}. The record stays as it was until this is fixed.`;
    if (isRecord) this.#state.change(read.tree, 'json');
  }

  /** The last state that could be parsed is retained. */
  focus(): void {
    this.#area.focus();
  }
}
