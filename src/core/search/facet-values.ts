// From what was typed behind an operator to the values it means: `species:mouse`.

import { facetOperator } from './query.ts';
import type { SearchFacet } from './fields.ts';
import { wordsOf } from './fold.ts';
import type { IndexValue } from './search-index.ts';

const key = (text: string): string => wordsOf(text).join(' ');

interface Names {
  /** Folded, the label's first. */
  keys: string[];
  words: string[][];
}
// Long lists are gone through at every key that is typed; their names are folded once.
const folded = new WeakMap<IndexValue, Names>();

function namesOf(value: IndexValue): Names {
  let names = folded.get(value);
  if (names === undefined) {
    const words = [value.label, value.note, ...value.spellings].map(wordsOf);
    names = { words, keys: words.map((one) => one.join(' ')) };
    folded.set(value, names);
  }
  return names;
}

/** Whether a name of a value has all of some folded words, or words that begin so. */
export function isCalled(value: IndexValue, words: readonly string[]): boolean {
  return namesOf(value).words.some((name) =>
    words.every((word) => name.some((one) => one.startsWith(word))),
  );
}

/** Identifiers are also known by their last part: a taxon by its number, an ORCID in an address. */
function isIdentifier({ id }: IndexValue, typed: string): boolean {
  const last = typed.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const plain = last.toLowerCase().replace(/^ncbitaxon:/, 'ncbitaxon_');
  return [typed.toLowerCase(), plain, `ncbitaxon_${plain}`].includes(id.toLowerCase());
}

/**
 * The places of the values that a text means: the one of that identifier or name, else all that are
 * also called so, else all that have its words. Empty if there is none.
 */
export function resolveValue(values: readonly IndexValue[], typed: string): number[] {
  const places = (is: (value: IndexValue) => boolean): number[] =>
    values.flatMap((value, at) => (is(value) ? [at] : []));
  const words = wordsOf(typed);
  const wanted = key(typed);
  const tries: ((value: IndexValue) => boolean)[] = [
    (value) => isIdentifier(value, typed.trim()) || value.id === wanted,
    (value) => namesOf(value).keys[0] === wanted,
    (value) => namesOf(value).keys.includes(wanted),
    (value) => isCalled(value, words),
  ];
  // What has no letters can only be an identifier.
  for (const is of words.length === 0 ? tries.slice(0, 1) : tries) {
    const found = places(is);
    if (found.length > 0) return found;
  }
  return [];
}

/** The operator that means one value and no other: by its label where no other is called so. */
export function operatorOf(
  facet: SearchFacet,
  values: readonly IndexValue[],
  value: IndexValue,
): string {
  const byLabel = resolveValue(values, value.label);
  const isPlain = byLabel.length === 1 && values[byLabel[0] ?? -1] === value;
  return facetOperator(facet, isPlain ? value.label : value.id);
}
