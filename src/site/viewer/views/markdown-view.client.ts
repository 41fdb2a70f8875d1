// Markdown through the archive's one sanitizer.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { renderMarkdownFile } from '../../../core/text/markdown.ts';
import { MAX_SHOWN_TEXT } from '../../../core/text/shown-text.ts';
import { formatCount } from '../../../core/text/format.ts';
import { element } from '../../browser/dom.client.ts';
import { safeNodes } from '../../browser/markdown-nodes.client.ts';
import { binaryStatement, firstText, noteLine } from './first-text.client.ts';
import { textBox } from './text-view.client.ts';

/** Shows a Markdown file. */
export async function markdownView(bytes: Bytes): Promise<Node> {
  const first = await firstText(bytes);
  if (first === undefined) return binaryStatement();
  const { text, notes } = first;
  const isLong = text.length > MAX_SHOWN_TEXT;
  const long = `The first ${formatCount(MAX_SHOWN_TEXT)} characters are laid out; the source has more.`;
  const source = element('details', {}, element('summary', {}, 'Source'));
  source.addEventListener('toggle', () => source.append(textBox(text, [])), { once: true });
  return element(
    'div',
    { class: 'view-markdown' },
    noteLine(isLong ? [...notes, long] : notes),
    element('div', { class: 'prose' }, ...safeNodes(renderMarkdownFile(text))),
    source,
  );
}
