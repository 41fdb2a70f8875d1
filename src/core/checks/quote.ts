// Words of records inside messages: short, on one line, without what could harm a reader.

import { shownLine } from '../text/shown-text.ts';

/** The text in quotation marks, cut to a length that fits a message. */
export function quote(text: string): string {
  return `"${shownLine(text, 120)}"`;
}
