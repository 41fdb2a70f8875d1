// What the spellings of one name have in common for a search: `two-photon`, `Two Photon` and `twophoton`;
// `local field potentials` and `local field potential`.

/** A word without the ending of an English plural; the same word if it has none. */
export function singular(word: string): string {
  if (word.length < 4 || !/[^sui]s$/.test(word)) return word;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:ch|sh|x|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** The key of a name given as folded words. */
export function nameKey(words: readonly string[]): string {
  return words.slice(0, -1).join('') + singular(words.at(-1) ?? '');
}
