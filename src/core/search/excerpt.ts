// The part of a text that shows why it was found, with the words it was found by.

import { foldText } from '../text/fold.ts';

export interface ExcerptPart {
  text: string;
  isMatch: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const WORDS_SHOWN = 34;
const WORDS_BEFORE = 8;

function isFound(word: string, sought: readonly string[]): boolean {
  return sought.some((one) => word.startsWith(one) || (word.length >= 5 && one.startsWith(word)));
}

interface PlacedWord {
  start: number;
  end: number;
  /** The folded word if it is one of those searched for. */
  match: string | undefined;
}

function placedWords(text: string, sought: readonly string[]): PlacedWord[] {
  return [...text.matchAll(WORD)].map(({ 0: written, index }) => {
    const word = foldText(written);
    const match = isFound(word, sought) ? word : undefined;
    return { start: index, end: index + written.length, match };
  });
}

function markedSpan(
  text: string,
  words: readonly PlacedWord[],
  start: number,
  end: number,
): ExcerptPart[] {
  const parts: ExcerptPart[] = [];
  let place = start;
  for (const word of words) {
    if (word.match === undefined) continue;
    parts.push({ text: text.slice(place, word.start), isMatch: false });
    parts.push({ text: text.slice(word.start, word.end), isMatch: true });
    place = word.end;
  }
  parts.push({ text: text.slice(place, end), isMatch: false });
  return parts.filter((part) => part.text !== '');
}

/** A whole text with the words that were searched for, marked. */
export function markedText(text: string, sought: readonly string[]): ExcerptPart[] {
  return markedSpan(text, placedWords(text, sought), 0, text.length);
}

/** The start of the window that shows most of the words. */
function bestStart(words: readonly PlacedWord[]): number {
  const matches = words.flatMap(({ match }, at) => (match === undefined ? [] : [{ match, at }]));
  // Windows only move forward: at each match one word enters and those passed leave.
  const shown = new Map<string, number>();
  const count = (match: string, more: number): void => {
    const left = (shown.get(match) ?? 0) + more;
    if (left === 0) shown.delete(match);
    else shown.set(match, left);
  };
  let [best, bestCount] = [0, 0];
  let [first, last] = [0, 0];
  for (const { at } of matches) {
    const from = Math.max(0, at - WORDS_BEFORE);
    for (let next = matches[last]; next !== undefined && next.at < from + WORDS_SHOWN;) {
      count(next.match, 1);
      next = matches[(last += 1)];
    }
    for (let old = matches[first]; old !== undefined && old.at < from;) {
      count(old.match, -1);
      old = matches[(first += 1)];
    }
    if (shown.size > bestCount) [best, bestCount] = [from, shown.size];
  }
  return best;
}

/** A part of a text with the words that were searched for, marked; its beginning if none of them is in it. */
export function excerptOf(text: string, sought: readonly string[]): ExcerptPart[] {
  const words = placedWords(text, sought);
  const from = bestStart(words);
  const shown = words.slice(from, from + WORDS_SHOWN);
  const start = from === 0 ? 0 : (shown[0]?.start ?? 0);
  const end = from + WORDS_SHOWN >= words.length ? text.length : (shown.at(-1)?.end ?? text.length);
  return [
    ...(start > 0 ? [{ text: '… ', isMatch: false }] : []),
    ...markedSpan(text, shown, start, end),
    ...(end < text.length ? [{ text: ' …', isMatch: false }] : []),
  ];
}
