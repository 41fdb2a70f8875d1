// Paths as people see them. A path is an identifier: nothing of it may be folded or left out, so invisible
// characters are escaped, and two different paths never look the same.

import { normalPath } from '../identifiers/asset-path.ts';

/** Longer ones are shown without their middle. */
const MAX_SHOWN_PATH = 1200;

// Controls, halves of pairs, unassigned and private characters, blanks of every kind, what the standard lets
// programs ignore. The backslash starts an escape.
const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\\]/gu;
const NOT_PLAIN = /[^ -[\]-~]| /gu;

function writtenOut(sign: string): string {
  return `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Whether a blank is between two visible characters. */
function isSeenBlank(path: string, at: number): boolean {
  const [before, after] = [path[at - 1] ?? ' ', path[at + 1] ?? ' '];
  return ![before, after].some((sign) => sign === ' ' || sign === '/');
}

/**
 * A path as it may be shown, with invisible characters as `\u{200b}`: bidi controls, blanks that are not
 * single ones between letters, and in a path that is not in NFC all non-ASCII characters.
 */
export function shownPath(path: string): string {
  const pattern = normalPath(path) === path ? UNSEEN : NOT_PLAIN;
  const half = MAX_SHOWN_PATH / 2;
  const left = path.length - MAX_SHOWN_PATH;
  const show = (part: string): string =>
    part.replace(pattern, (sign, at: number) =>
      sign === ' ' && isSeenBlank(part, at) ? sign : writtenOut(sign),
    );
  if (left <= 0) return show(path);
  return `${show(path.slice(0, half))}\\u{…${left} more}${show(path.slice(-half))}`;
}
