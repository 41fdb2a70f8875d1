// From what was typed after an operator to the values it means: `species:mouse`.

import { facetOperator } from './query.ts';
import { foldedWords } from '../text/fold.ts';
import { nameKey, singular } from '../vocabulary/name-key.ts';
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

/** Whether a name of a value has all of some folded words, in the singular or plural. */
function hasWords(value: IndexValue, words: readonly string[]): boolean {
  return namesOf(value).words.some(
    (name) =>
      nameKey(name) === nameKey(words) ||
      words.every((word) => name.some((one) => singular(one) === singular(word))),
  );
}

/** Whether nothing but its name distinguishes a value. */
function isNamed({ id, label }: IndexValue): boolean {
  return id === key(label);
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
 * Along with some values those without an identifier that are named as one of these is: most likely they lack
 * nothing else.
 */
function withNamesakes(values: readonly IndexValue[], places: readonly number[]): number[] {
  const chosen = new Set(places);
  const keys = new Set(places.flatMap((at) => namesOf(values[at] as IndexValue).keys));
  values.forEach((value, at) => {
    if (isNamed(value) && keys.has(value.id)) chosen.add(at);
  });
  return [...chosen].sort((a, b) => a - b);
}

/**
 * The indices of the values that a text means: the one of that identifier, else all that have its words in a
 * name, else all that have words that begin so. After `=` only the single value it identifies. Empty if there is
 * none.
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
  const identified = places((value) => !isNamed(value) && isIdentifier(value, text));
  // A text without letters can only be an identifier.
  if (identified.length > 0 || words.length === 0) return identified;
  const named = places((value) => value.id === wanted || hasWords(value, words));
  return withNamesakes(
    values,
    named.length > 0 ? named : places((value) => isCalled(value, words)),
  );
}

/** The operator that means one value and no other: by its label if no other has the same. */
export function operatorOf(
  facet: string,
  values: readonly IndexValue[],
  value: IndexValue,
): string {
  const isPlain = (text: string): boolean => {
    const found = resolveValue(values, text);
    return found.length === 1 && values[found[0] ?? -1] === value;
  };
  const exactly = EXACTLY + (isNamed(value) ? value.label : value.id);
  const text = [value.label, value.id].find(isPlain) ?? exactly;
  return facetOperator(facet, text);
}
