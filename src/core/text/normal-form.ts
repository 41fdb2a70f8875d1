// The one place that gives Unicode's normal forms for texts of strangers. Sorting the marks behind one letter
// takes the square of their number, so that a text of some 100 kB could hold a program up for minutes.

/** So many marks in a row are kept, as in Unicode's stream-safe text; no language needs half of them. */
export const MOST_MARKS = 30;

// Two letters are taken apart into marks alone: the half-width voiced sound marks of Japanese.
const MARK = String.raw`[\p{M}\uff9e\uff9f]`;
const LONG_RUN = new RegExp(`(${MARK}{${MOST_MARKS}})${MARK}+`, 'gu');
const PLAIN = /^[\0-\x7f]*$/;

/**
 * The text in a normal form; behind one letter at most MOST_MARKS marks are kept, so that the work
 * grows with the length of the text and no faster.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKD'): string {
  return PLAIN.test(text) ? text : text.replace(LONG_RUN, '$1').normalize(form);
}

/** The text in small letters without accents, as a reader would type it. */
export function plainLetters(text: string): string {
  // Most texts are plain, and the rest of the work is most of the time that folding takes.
  if (PLAIN.test(text)) return text.toLowerCase();
  return normalForm(text, 'NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
