// One object of a list: a line that says what it is, and its fields when it is opened.

import { modelWords, termWords } from '../../../core/editing/form-words.ts';
import {
  treeOf,
  valueOf,
  writeTree,
  readTree,
  type RecordNode,
} from '../../../core/editing/record-tree.ts';
import { hasOrcidCheckDigit, parseOrcid } from '../../../core/identifiers/orcid.ts';
import { parseRor } from '../../../core/identifiers/ror.ts';
import {
  isJsonObject,
  listMember,
  textMember,
  type JsonValue,
} from '../../../core/json/json-text.ts';
import { shownLine } from '../../../core/text/shown-text.ts';
import { element } from '../../browser/dom.client.ts';
import {
  countWithin,
  newElementId,
  ProblemNotes,
  type FormContext,
  type ProblemsByPlace,
  type SetNode,
} from './form-part.client.ts';
import { ObjectPart } from './object-part.client.ts';
import { countOf } from '../../../core/text/format.ts';

/** What a row needs from its list. */
export interface RowActions {
  set: SetNode;
  move(by: -1 | 1): void;
  /** Replaces this row by the row of an id. */
  drop(id: number): void;
  remove(): void;
  /** The fields were made and show no problems yet. */
  opened(): void;
}

const DRAGGED = 'application/x-dandiset-row';

/** What an object is called in its line; '' if nothing is known of it. */
function titleOf(value: JsonValue): string {
  if (!isJsonObject(value)) return shownLine(JSON.stringify(value), 120);
  const texts = ['name', 'identifier', 'url', 'email', 'status'].map((key) =>
    textMember(value, key),
  );
  const found = texts.find((text) => text !== undefined && text.trim() !== '') ?? '';
  return shownLine(found.startsWith('dandi:') ? termWords(found) : found, 160);
}

/** What else its line says. */
function noteOf(value: JsonValue): string {
  const roles = listMember(value, 'roleName').filter((role) => typeof role === 'string');
  const relation = textMember(value, 'relation');
  const identifier = textMember(value, 'identifier');
  const orcid = parseOrcid(identifier);
  const award = textMember(value, 'awardNumber');
  const parts = [
    relation === undefined ? '' : termWords(relation),
    roles.map(termWords).join(', '),
    award === undefined ? '' : `award ${award}`,
    orcid !== undefined ? (hasOrcidCheckDigit(orcid) ? 'ORCID ✓' : 'ORCID ✗') : '',
    parseRor(identifier) === undefined ? '' : 'ROR',
  ];
  return shownLine(parts.filter((part) => part !== '').join(' · '), 200);
}

export class ObjectRow {
  readonly element: HTMLElement;
  readonly #model: string;
  readonly #context: FormContext;
  readonly #actions: RowActions;
  readonly #toggle: HTMLButtonElement;
  readonly #up: HTMLButtonElement;
  readonly #down: HTMLButtonElement;
  readonly #remove: HTMLButtonElement;
  readonly #name = element('bdi', { class: 'row-title' });
  readonly #note = element('span', { class: 'muted small' });
  readonly #badge = element('span', { class: 'badge', hidden: '' });
  readonly #notes = new ProblemNotes();
  readonly #body = element('div', { class: 'row-body', id: newElementId(), hidden: '' });
  #object: ObjectPart | undefined;
  #node: RecordNode | undefined;
  title = '';

  constructor(id: number, model: string, context: FormContext, actions: RowActions) {
    this.#model = model;
    this.#context = context;
    this.#actions = actions;
    this.#toggle = element(
      'button',
      {
        type: 'button',
        class: 'row-toggle',
        'aria-expanded': 'false',
        'aria-controls': this.#body.id,
      },
      this.#name,
      this.#note,
      this.#badge,
    );
    this.#toggle.addEventListener('click', () => (this.#body.hidden ? this.open() : this.#close()));
    const button = (text: string, act: () => void): HTMLButtonElement => {
      const made = element('button', { type: 'button', class: 'quiet' }, text);
      made.addEventListener('click', act);
      return made;
    };
    this.#up = button('↑', () => actions.move(-1));
    this.#down = button('↓', () => actions.move(1));
    this.#remove = button('×', () => actions.remove());
    const handle = element(
      'span',
      { class: 'handle', draggable: 'true', 'aria-hidden': 'true', title: 'Drag to another place' },
      '⠿',
    );
    const head = element(
      'div',
      { class: 'row-head' },
      handle,
      this.#toggle,
      this.#up,
      this.#down,
      this.#remove,
    );
    this.element = element('li', { class: 'object-row' }, head, this.#notes.element, this.#body);
    this.element.addEventListener('keydown', (event) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      event.stopPropagation();
      actions.move(event.key === 'ArrowUp' ? -1 : 1);
    });
    this.#makeDraggable(handle, id);
  }

  #makeDraggable(handle: HTMLElement, id: number): void {
    const { element: row } = this;
    handle.addEventListener('dragstart', (event) => {
      event.dataTransfer?.setData(DRAGGED, String(id));
      event.dataTransfer?.setDragImage(row, 10, 10);
    });
    row.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes(DRAGGED) !== true) return;
      event.preventDefault();
      event.stopPropagation();
      row.classList.add('drop-here');
    });
    row.addEventListener('dragleave', () => row.classList.remove('drop-here'));
    row.addEventListener('drop', (event) => {
      row.classList.remove('drop-here');
      const dragged = event.dataTransfer?.getData(DRAGGED) ?? '';
      if (dragged === '') return;
      event.preventDefault();
      event.stopPropagation();
      this.#actions.drop(Number(dragged));
    });
  }

  show(node: RecordNode, index: number, count: number): void {
    const [isFirst, isLast] = [index === 0, index === count - 1];
    if (this.#up.disabled !== isFirst) this.#up.disabled = isFirst;
    if (this.#down.disabled !== isLast) this.#down.disabled = isLast;
    if (node === this.#node) return;
    this.#node = node;
    const value = valueOf(node);
    this.title = titleOf(value) || `New ${modelWords(this.#model)}`;
    this.#name.textContent = this.title;
    this.#note.textContent = noteOf(value);
    for (const [button, verb] of [
      [this.#up, 'Move up'],
      [this.#down, 'Move down'],
      [this.#remove, 'Remove'],
    ] as const) {
      button.setAttribute('aria-label', `${verb}: ${this.title}`);
      button.title = verb;
    }
    this.#object?.show(node);
  }

  open(): void {
    if (!this.#body.hidden) return;
    this.#body.hidden = false;
    this.#toggle.setAttribute('aria-expanded', 'true');
    if (this.#object === undefined) this.#makeFields();
    this.#actions.opened();
  }

  #close(): void {
    this.#body.hidden = true;
    this.#toggle.setAttribute('aria-expanded', 'false');
  }

  #makeFields(): void {
    if (this.#node?.kind !== 'object') {
      this.#body.replaceChildren(this.#rawText());
      return;
    }
    const fields = this.#context.model.fieldsOf(this.#model);
    this.#object = new ObjectPart(this.#model, fields, this.#context, this.#actions.set);
    this.#object.show(this.#node);
    const parts = [...this.#object.parts.values()].map((part) => part.element);
    this.#body.replaceChildren(element('div', { class: 'fields' }, ...parts));
    const { unknown } = this.#object;
    if (unknown.length > 0) {
      const said = `Fields without a control here stay as they are: ${unknown.join(', ')}. The JSON view shows them.`;
      this.#body.append(element('p', { class: 'small muted' }, shownLine(said, 500)));
    }
  }

  /** An entry that is not an object, as old records have them: shown and changed as JSON. */
  #rawText(): HTMLElement {
    const area = element('textarea', {
      class: 'mono',
      rows: '2',
      'aria-label': 'JSON of this entry',
    });
    area.value = this.#node === undefined ? '' : writeTree(this.#node).trimEnd();
    area.addEventListener('change', () => {
      const read = readTree(area.value);
      this.#actions.set(read.ok ? read.tree : treeOf(area.value));
    });
    return area;
  }

  mark(problems: ProblemsByPlace, pointer: string): void {
    const count = problems.size === 0 ? 0 : countWithin(problems, pointer);
    if (this.#badge.hidden !== (count === 0)) this.#badge.hidden = count === 0;
    const words = countOf(count, 'problem');
    if (this.#badge.textContent !== words) this.#badge.textContent = words;
    this.#notes.show([
      ...(problems.get(pointer) ?? []),
      ...(problems.get(`${pointer}/schemaKey`) ?? []),
    ]);
    if (!this.#body.hidden) this.#object?.mark(problems, pointer);
  }

  focus(rest: readonly string[]): boolean {
    if (this.#object?.focus(rest) === true) return true;
    this.focusTitle();
    return true;
  }

  focusTitle(): void {
    this.#toggle.focus();
  }

  focusMover(direction: 'up' | 'down'): void {
    const [first, second] = direction === 'up' ? [this.#up, this.#down] : [this.#down, this.#up];
    (first.disabled ? second : first).focus();
  }
}
