// Text of records inside messages: short, on one line, without anything that could harm a reader.

import { shownPath } from './shown-path.ts';
import { shownLine } from './shown-text.ts';

/** The text in quotation marks, cut to a length that fits a message. */
export function quote(text: string): string {
  return `"${shownLine(text, 120)}"`;
}

const MAX_QUOTED_PATH = 400;

/** A path in quotation marks: nothing of it is folded, so that two paths never look the same. */
export function quotePath(path: string): string {
  const shown = shownPath(path);
  return `"${shown.length > MAX_QUOTED_PATH ? `${shown.slice(0, MAX_QUOTED_PATH)}…` : shown}"`;
}
