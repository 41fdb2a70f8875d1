// JSON as a tree that opens level by level.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import type { JsonValue } from '../../../core/json/json-text.ts';
import { shownText } from '../../../core/text/shown-text.ts';
import { element } from '../../browser/dom.client.ts';
import { metadataTree } from '../../files/metadata-tree.client.ts';
import { binaryStatement, firstText, noteLine } from './first-text.client.ts';
import { textBox } from './text-view.client.ts';

/** Reads JSON; a number that would change when it is read stays text, where the browser shows its source. */
function readJson(text: string): JsonValue {
  const asWritten = (_: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value !== 'number') return value;
    const source = context?.source ?? String(value);
    return String(value) === source ? value : source;
  };
  return JSON.parse(text, asWritten as (key: string, value: unknown) => unknown) as JsonValue;
}

function treeOf(value: JsonValue): HTMLElement {
  if (typeof value === 'object' && value !== null) {
    const isEmpty = Object.keys(value).length === 0;
    return isEmpty
      ? element('p', {}, element('code', {}, Array.isArray(value) ? '[]' : '{}'))
      : metadataTree(value);
  }
  return element('p', {}, element('code', {}, shownText(String(value), 2000)));
}

/** Shows a JSON file; one that is cut or damaged is shown as text. */
export async function jsonView(bytes: Bytes): Promise<Node> {
  const first = await firstText(bytes);
  if (first === undefined) return binaryStatement();
  if (first.isCut) return textBox(first.text, first.notes);
  let value: JsonValue;
  try {
    value = readJson(first.text);
  } catch (error) {
    const why =
      error instanceof RangeError ? 'It is nested too deeply to be shown as a tree.' : undefined;
    return textBox(first.text, [...first.notes, why ?? 'This is not valid JSON.']);
  }
  const asText = element('details', {}, element('summary', {}, 'As text'));
  asText.addEventListener('toggle', () => asText.append(textBox(first.text, [])), { once: true });
  return element('div', { class: 'view-json' }, noteLine(first.notes), treeOf(value), asText);
}
