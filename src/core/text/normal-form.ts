// The one module that converts strangers' texts to Unicode's normal forms. Sorting the marks after one letter
// takes the square of their number, so a text of some 100 kB could block a program for minutes.

/**
 * The most marks in a row that are retained, as in Unicode's stream-safe text; no language needs half of
 * them.
 */
export const MOST_MARKS = 30;

// Two letters decompose into marks alone: the half-width voiced sound marks of Japanese.
const MARK = String.raw`[\p{M}\uff9e\uff9f]`;
const LONG_RUN = new RegExp(`(${MARK}{${MOST_MARKS}})${MARK}+`, 'gu');
const PLAIN = /^[\0-\x7f]*$/;

/**
 * The text in a normal form; after one letter at most MOST_MARKS marks are retained, so the work grows
 * linearly with the length of the text.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKD'): string {
  return PLAIN.test(text) ? text : text.replace(LONG_RUN, '$1').normalize(form);
}

/** The text in lower case without accents, as a reader would type it. */
export function plainLetters(text: string): string {
  // Most texts are plain, and the steps skipped here are most of the time that folding takes.
  if (PLAIN.test(text)) return text.toLowerCase();
  return normalForm(text, 'NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
