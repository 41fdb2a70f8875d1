// Texts as searching compares them: without accents, letter case and punctuation. The index of the search,
// its queries, and the filters of lists all go through here, so that they cannot disagree. What identifies
// something, such as a slug or the spelling of a term, has rules of its own.

import { plainLetters } from './normal-form.ts';

// Letters that Unicode does not decompose into a plain one and a mark.
const PLAIN_LETTERS = new Map([
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  // The micro sign has become the Greek letter by then. On a keyboard without it people type `um`.
  ['μ', 'u'],
]);
const ODD_LETTERS = new RegExp(`[${[...PLAIN_LETTERS.keys()].join('')}]`, 'g');

/** The text in the letters a reader would type on a plain keyboard; `µ` in either form is `u`. */
export function foldText(text: string): string {
  return plainLetters(text).replace(ODD_LETTERS, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
}

/**
 * A test of texts for what was typed: each of its words is somewhere in the text, or a part of a word in it.
 */
export function textFilter(typed: string): (text: string) => boolean {
  const words = foldText(typed).split(/\s+/).filter(Boolean);
  return (text) => {
    const folded = words.length === 0 ? '' : foldText(text);
    return words.every((word) => folded.includes(word));
  };
}

const WORD = /[\p{L}\p{N}]+/gu;
/** Longer runs of letters are sequences or keys, which nobody types. */
export const MAX_WORD_LENGTH = 60;

function cut(words: readonly string[]): string[] {
  return words.map((word) => word.slice(0, MAX_WORD_LENGTH));
}

/** The words of a text in order: runs of letters and digits, folded. */
export function foldedWords(text: string): string[] {
  return cut(foldText(text).match(WORD) ?? []);
}

/**
 * Spellings of a text's words other than their literal one: `ø` as `o`, and `μ` both as `u` and as `mu`. They
 * are indexed along with the text, so that either is found.
 */
export function otherSpellings(text: string): string[] {
  const found = new Set<string>();
  for (const word of plainLetters(text).match(WORD) ?? []) {
    if (word.search(ODD_LETTERS) < 0) continue;
    found.add(foldText(word));
    if (word.includes('μ')) found.add(foldText(word.replaceAll('μ', 'mu')));
  }
  return cut([...found]);
}

/** The possible readings of what was typed as words: as it is, and with `mu` if it has a `μ`. */
export function readingsOf(typed: string): string[][] {
  const plain = plainLetters(typed);
  const words = foldedWords(plain);
  return plain.includes('μ') ? [words, foldedWords(plain.replaceAll('μ', 'mu'))] : [words];
}

const COMPOUND = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:[-‐‑'’][\p{L}\p{N}]+)+(?![\p{L}\p{N}])/gu;
/** A longer part of a compound is a word that is searched for by itself. */
const SHORT_PART = 2;

/**
 * Compounds with a short part, written as one word: `cfos` for `c-Fos`, `oconnor` for `O'Connor`; all of them
 * in names of people.
 */
export function joinedSpellings(text: string, isName = false): string[] {
  const found = new Set<string>();
  for (const [compound] of text.matchAll(COMPOUND)) {
    const words = foldedWords(compound);
    const joined = words.join('');
    const isShort = isName || words.some((word) => word.length <= SHORT_PART);
    // Digits alone are dates and ranges.
    if (words.length <= 3 && joined.length <= 20 && isShort && /\p{L}{2}/u.test(joined))
      found.add(joined);
  }
  return [...found];
}
