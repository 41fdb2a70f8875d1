// Lines of texts that have a label and many parts. Names of subjects and sessions are the longest: many, and
// full of dates. They are searched by their words.

import { formatCount } from '../text/format.ts';
import { foldedWords } from '../text/fold.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
// `20220628T024839`: nobody searches for the second, and there are thousands of them.
const TIME_OF_DAY = /(\d{8})T\d{4,6}(?!\d)/gi;

/** A label without what nobody types: random identifiers, and the time after a date. */
function plainLabel(label: string): string {
  return label.replace(UUID, ' ').replace(TIME_OF_DAY, '$1').trim();
}

/** The words a label is found by. */
export function labelWords(label: string): string[] {
  return foldedWords(plainLabel(label));
}

/**
 * Labels as the parts of texts that contain all of their words: whole labels up to the length limit, and of
 * all others the words that are not in it.
 */
export function labelParts(
  labels: readonly string[],
  length: number,
): { whole: string[]; more: string[] } {
  const shown: string[] = [];
  const words = new Set<string>();
  const more = new Set<string>();
  let used = 0;
  for (const label of labels.map(plainLabel)) {
    const own = foldedWords(label);
    if (used + label.length <= length && own.some((word) => !words.has(word))) {
      shown.push(label);
      used += label.length + 2;
      for (const word of own) words.add(word);
    } else for (const word of own) if (!words.has(word)) more.add(word);
  }
  return { whole: shown, more: [...more].filter((word) => !words.has(word)) };
}

/** More than any record has: a thousand people with their affiliations, ten thousand subjects. */
const LINE_LENGTH = 200_000;

/**
 * A line of a text: its label and each part once, however it is spelled. If it would become longer than
 * `length`, it says how many parts were left out. Empty if no part has words.
 */
export function labelledLine(
  label: string,
  parts: readonly string[],
  length = LINE_LENGTH,
): string {
  const known = new Set(['']);
  const shown: string[] = [];
  let [used, leftOut] = [0, 0];
  for (const part of parts) {
    const words = foldedWords(part).join(' ');
    if (known.has(words)) continue;
    known.add(words);
    used += part.length + 2;
    if (used > length) leftOut += 1;
    else shown.push(part);
  }
  if (leftOut > 0) shown.push(`and ${formatCount(leftOut)} more`);
  return shown.length === 0 ? '' : `${label}: ${shown.join(', ')}`;
}
