// What the spellings of one name have in common for a search: `two-photon`, `Two Photon` and `twophoton`;
// `local field potentials` and `local field potential`.

/** Plurals that no rule makes, of animals, people and tissue. */
const IRREGULAR = new Map([
  ['mice', 'mouse'],
  ['geese', 'goose'],
  ['calves', 'calf'],
  ['wolves', 'wolf'],
  ['oxen', 'ox'],
  ['larvae', 'larva'],
  ['men', 'man'],
  ['women', 'woman'],
  ['children', 'child'],
  ['cortices', 'cortex'],
]);
const IRREGULAR_OF = new Map([...IRREGULAR].map(([many, one]) => [one, many]));

/** A word without the ending of an English plural; the same word if it has none. */
export function singular(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length < 4 || !/[^sui]s$/.test(word)) return word;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:ch|sh|x|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** The plural of a singular word. */
export function plural(word: string): string {
  const irregular = IRREGULAR_OF.get(word);
  if (irregular !== undefined) return irregular;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return word + (/(?:ch|sh|x|z|s)$/.test(word) ? 'es' : 's');
}

/** The key of a name given as folded words. */
export function nameKey(words: readonly string[]): string {
  return words.slice(0, -1).join('') + singular(words.at(-1) ?? '');
}
