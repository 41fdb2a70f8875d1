// What the views of text begin with: the first megabyte, decoded, and words for what is not shown.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { formatBytes } from '../../../core/text/format.ts';
import { element } from '../../browser/dom.client.ts';
import { decodeText } from '../decode-text.ts';
import { FIRST_BYTES } from '../viewed-file.ts';

export interface FirstText {
  text: string;
  isCut: boolean;
  /** Sentences on what is cut, and on an unusual encoding. */
  notes: string[];
}

/** A paragraph for a file that has no view of its own. */
export function statement(words: string): HTMLElement {
  return element('p', { class: 'view-statement' }, words);
}

/** A line of sentences above or below a view; undefined if there are none. */
export function noteLine(notes: readonly string[]): HTMLElement | undefined {
  return notes.length === 0
    ? undefined
    : element('p', { class: 'view-note small muted' }, notes.join(' '));
}

/** The text at the beginning of a file; undefined if it is binary. */
export async function firstText(bytes: Bytes): Promise<FirstText | undefined> {
  const first = await bytes.range(0, FIRST_BYTES);
  const isCut = bytes.size > first.length;
  const decoded = decodeText(first, isCut);
  if (decoded === undefined) return undefined;
  const notes: string[] = [];
  if (isCut) notes.push(`The first 1 MB of ${formatBytes(bytes.size)}.`);
  if (decoded.encoding !== 'UTF-8') {
    notes.push(
      decoded.encoding === 'UTF-16'
        ? 'The text is encoded in UTF-16.'
        : 'The text is not UTF-8; it is shown as Windows-1252, so some characters may be wrong.',
    );
  }
  return { text: decoded.text, isCut, notes };
}

/** Said in place of text that is none. */
export function binaryStatement(): HTMLElement {
  return statement('This file is not text: it holds binary data. Download it to open it.');
}
