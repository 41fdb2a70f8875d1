// A record as a tree that opens level by level. Nothing below a closed branch is made, and no branch shows
// more than a few hundred values at once, so a huge record costs nothing.

import { isJsonObject, type JsonValue } from '../../core/json/json-text.ts';
import { shownPath } from '../../core/text/shown-path.ts';
import { shownLine, shownText } from '../../core/text/shown-text.ts';
import { element, isolated } from '../browser/dom.client.ts';
import { countOf } from '../../core/text/format.ts';

const MAX_SHOWN = 200;
const MAX_TEXT = 2000;

function leaf(key: string, value: Exclude<JsonValue, object>): HTMLElement {
  const show = (text: string): string =>
    key === 'path' ? shownPath(text) : shownText(text, MAX_TEXT);
  const text = typeof value === 'string' ? show(value) : String(value);
  return element('span', { class: 'value' }, text === '' ? '(empty)' : isolated(text));
}

function entriesOf(value: JsonValue): [key: string, value: JsonValue][] {
  if (Array.isArray(value)) return value.map((item, at) => [String(at + 1), item]);
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** The label of a closed branch: the name or identifier of what it describes. */
function hintOf(value: JsonValue): string {
  if (Array.isArray(value)) return countOf(value.length, 'value');
  for (const key of ['name', 'identifier', 'value', 'schemaKey']) {
    const text = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof text === 'string') return shownLine(text, 80);
  }
  return '';
}

function branch(key: string, value: JsonValue, isOpen: boolean): HTMLElement {
  const name = element('span', { class: 'key' }, isolated(shownLine(key, 200)));
  if (typeof value !== 'object' || value === null) {
    return element('li', {}, name, ' ', leaf(key, value));
  }
  const hint = element('span', { class: 'hint' }, isolated(hintOf(value)));
  const details = element('details', {}, element('summary', {}, name, ' ', hint));
  details.addEventListener('toggle', () => details.append(metadataTree(value)), { once: true });
  details.open = isOpen;
  return element('li', {}, details);
}

/** The first level of a value as a list; deeper levels open on demand, one of them immediately. */
export function metadataTree(value: JsonValue, opened?: string): HTMLElement {
  const entries = entriesOf(value);
  const list = element('ul', { class: 'metadata-tree' });
  list.append(
    ...entries.slice(0, MAX_SHOWN).map(([key, inner]) => branch(key, inner, key === opened)),
  );
  const left = entries.length - MAX_SHOWN;
  if (left > 0) list.append(element('li', { class: 'hint' }, `${left} more: see the JSON`));
  return list;
}
