// Plain text, with bounds that keep any file readable.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { countOf, formatCount } from '../../../core/text/format.ts';
import { shownText } from '../../../core/text/shown-text.ts';
import { element } from '../../browser/dom.client.ts';
import { binaryStatement, firstText, noteLine } from './first-text.client.ts';

const MOST_LINES = 5000;
const LONGEST_LINE = 2000;

/** Text in a box with a scroll of its own, and notes on what is left out. */
export function textBox(text: string, notes: readonly string[]): HTMLElement {
  const all = shownText(text, text.length).split('\n');
  const lines = all.slice(0, MOST_LINES);
  const long = lines.filter((line) => line.length > LONGEST_LINE).length;
  const shown = lines.map((line) =>
    line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line,
  );
  const more: string[] = [];
  if (all.length > MOST_LINES)
    more.push(`The first ${formatCount(MOST_LINES)} of ${countOf(all.length, 'line')}.`);
  if (long > 0)
    more.push(
      `${countOf(long, 'line')} longer than ${formatCount(LONGEST_LINE)} characters ${long === 1 ? 'is' : 'are'} cut.`,
    );
  return element(
    'div',
    { class: 'view-text' },
    noteLine([...notes, ...more]),
    element(
      'pre',
      { tabindex: '0', role: 'region', 'aria-label': 'Text of the file', dir: 'auto' },
      shown.join('\n'),
    ),
  );
}

/** Shows a text file. */
export async function textView(bytes: Bytes): Promise<Node> {
  const first = await firstText(bytes);
  return first === undefined ? binaryStatement() : textBox(first.text, first.notes);
}
