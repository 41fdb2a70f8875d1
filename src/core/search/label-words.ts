// Names of subjects and sessions: many, long, and full of dates. They are searched by their words.

import { wordsOf } from './fold.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
// `20220628T024839`: nobody looks for the second, and there are thousands of them.
const TIME_OF_DAY = /(\d{8})T\d{4,6}(?!\d)/gi;

/** A label without what nobody types: random identifiers, and the time behind a date. */
function plainLabel(label: string): string {
  return label.replace(UUID, ' ').replace(TIME_OF_DAY, '$1').trim();
}

/** The words a label is found by. */
export function labelWords(label: string): string[] {
  return wordsOf(plainLabel(label));
}

/**
 * Labels as a text that holds all of their words: whole labels as far as the text may reach, then
 * only the words that did not occur.
 */
export function labelText(labels: readonly string[], length: number): string {
  const shown: string[] = [];
  const words = new Set<string>();
  const more = new Set<string>();
  let used = 0;
  for (const label of labels.map(plainLabel)) {
    const own = wordsOf(label);
    if (used + label.length <= length && own.some((word) => !words.has(word))) {
      shown.push(label);
      used += label.length + 2;
    } else for (const word of own) if (!words.has(word)) more.add(word);
    if (shown.at(-1) === label) for (const word of own) words.add(word);
  }
  return [...shown, ...[...more].filter((word) => !words.has(word))].join(', ');
}
