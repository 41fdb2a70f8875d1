// From what was typed after an operator to the values it means: `species:mouse`.

import { facetOperator } from './query.ts';
import type { SearchFacet } from './fields.ts';
import { foldedWords } from '../text/fold.ts';
import type { IndexValue } from './search-index.ts';

const key = (text: string): string => foldedWords(text).join(' ');

interface Names {
  /** Folded, the label's first. */
  keys: string[];
  words: string[][];
}
// Long lists are searched at every keystroke; their names are folded once.
const folded = new WeakMap<IndexValue, Names>();

function namesOf(value: IndexValue): Names {
  let names = folded.get(value);
  if (names === undefined) {
    const words = [value.label, value.note, ...value.spellings].map(foldedWords);
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

/** It is followed by the identifier of one value, or the name of the one that has no identifier. */
const EXACTLY = '=';

/**
 * The indices of the values that a text means: the one of that identifier, else all of that name, else all
 * that have its words. After `=` only the single value it identifies. Empty if there is none.
 */
export function resolveValue(values: readonly IndexValue[], typed: string): number[] {
  const places = (is: (value: IndexValue) => boolean): number[] =>
    values.flatMap((value, at) => (is(value) ? [at] : []));
  const text = typed.trim();
  if (text.startsWith(EXACTLY)) {
    const id = text.slice(EXACTLY.length).trim();
    const same = places((value) => value.id.toLowerCase() === id.toLowerCase());
    return same.length > 0 ? same : places((value) => value.id === key(id));
  }
  const words = foldedWords(text);
  const wanted = key(text);
  const tries: ((value: IndexValue) => boolean)[] = [
    (value) => isIdentifier(value, text) && value.id !== wanted,
    (value) => value.id === wanted || namesOf(value).keys.includes(wanted),
    (value) => isCalled(value, words),
  ];
  // A text without letters can only be an identifier.
  for (const is of words.length === 0 ? tries.slice(0, 1) : tries) {
    const found = places(is);
    if (found.length > 0) return found;
  }
  return [];
}

/** The operator that means one value and no other: by its label if no other has the same. */
export function operatorOf(
  facet: SearchFacet,
  values: readonly IndexValue[],
  value: IndexValue,
): string {
  const isPlain = (text: string): boolean => {
    const found = resolveValue(values, text);
    return found.length === 1 && values[found[0] ?? -1] === value;
  };
  const text = [value.label, value.id].find(isPlain) ?? EXACTLY + value.label;
  return facetOperator(facet, text);
}
