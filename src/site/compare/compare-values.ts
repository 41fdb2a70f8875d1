// Values of metadata as a comparison shows them: short, on one line, without what is not shown.

import { changedPart } from '../../core/compare/changed-part.ts';
import type { FieldChange } from '../../core/compare/compare-metadata.ts';
import { isJsonObject, type JsonValue } from '../../core/json/json-text.ts';
import { shownLine, shownText } from '../../core/text/shown-text.ts';
import { mark, type Markup, type MarkupElement } from './compare-markup.ts';

const MAX_VALUE = 600;
const MAX_STEPS = 12;

/** Writes a value in words until the limit is reached. */
class ValueWriter {
  text = '';

  get #isFull(): boolean {
    // Somewhat more than is shown: what is cut off may be half of an e-mail address.
    return this.text.length > MAX_VALUE + 300;
  }

  write(value: JsonValue, isInner = false): void {
    if (this.#isFull) return;
    if (typeof value === 'string') this.text += value.slice(0, MAX_VALUE + 300);
    else if (Array.isArray(value))
      this.#join(
        value.map((item) => ['', item] as const),
        ', ',
      );
    else if (!isJsonObject(value)) this.text += String(value);
    else {
      const members = Object.entries(value).filter(([key]) => key !== 'schemaKey');
      if (isInner) this.text += '(';
      this.#join(members, '; ');
      if (isInner) this.text += ')';
    }
  }

  #join(members: readonly (readonly [key: string, value: JsonValue])[], separator: string): void {
    for (const [at, [key, value]] of members.entries()) {
      if (this.#isFull) return;
      if (at > 0) this.text += separator;
      if (key !== '') this.text += `${key.slice(0, 100)}: `;
      this.write(value, true);
    }
  }
}

/** A value of any kind as a short text. */
export function valueWords(value: JsonValue): string {
  const writer = new ValueWriter();
  writer.write(value);
  const line = shownLine(writer.text, MAX_VALUE);
  return line === '' ? '(empty)' : line;
}

/** `contributor › Doe, Jane › affiliation`. */
function pathWords(path: readonly string[]): string {
  const steps = path.slice(0, MAX_STEPS).map((step) => shownLine(step, 120) || '(no name)');
  return [...steps, ...(path.length > MAX_STEPS ? ['…'] : [])].join(' › ');
}

const value = (name: 'del' | 'ins', label: string, ...parts: Markup[]): MarkupElement =>
  mark(
    'p',
    {},
    mark('span', { class: 'small muted' }, `${label} `),
    mark(name, {}, mark('bdi', {}, ...parts)),
  );

/** Two texts with the words marked in which they differ. */
function textChange(before: string, after: string): Markup[] {
  const [left, right] = [shownText(before), shownText(after)];
  if (left === right) {
    const said = 'changed in a part that is not shown here, such as an e-mail address';
    return [mark('p', { class: 'muted' }, said)];
  }
  const { lead, before: gone, after: come, tail } = changedPart(left, right);
  const marked = (text: string): Markup[] =>
    text === '' ? [] : [mark('mark', {}, shownText(text, MAX_VALUE))];
  return [
    value('del', 'before', lead, ...marked(gone), tail),
    value('ins', 'after', lead, ...marked(come), tail),
  ];
}

/** The values of a change, the older first. */
function changedValues({ kind, before = null, after = null }: FieldChange): Markup[] {
  if (kind === 'removed') return [value('del', 'removed', valueWords(before))];
  if (kind === 'added') return [value('ins', 'added', valueWords(after))];
  if (kind === 'changed' && typeof before === 'string' && typeof after === 'string') {
    return textChange(before, after);
  }
  const said = kind === 'reordered' ? 'order ' : '';
  return [
    value('del', `${said}before`, valueWords(before)),
    value('ins', `${said}after`, valueWords(after)),
  ];
}

/** One difference of metadata: its location, and the old and new values. */
export function changeMarkup(change: FieldChange): MarkupElement {
  return mark(
    'li',
    {},
    mark('p', { class: 'compare-field' }, mark('bdi', {}, pathWords(change.path))),
    ...changedValues(change),
  );
}
