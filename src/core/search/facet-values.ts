// From what was typed behind an operator to the values it means: `species:mouse`.

import { facetOperator } from './query.ts';
import type { SearchFacet } from './fields.ts';
import { wordsOf } from './fold.ts';
import type { IndexValue } from './search-index.ts';

const key = (text: string): string => wordsOf(text).join(' ');

/** Identifiers are also known by their last part: a taxon by its number, an ORCID in an address. */
function isIdentifier({ id }: IndexValue, typed: string): boolean {
  const last = typed.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const plain = last.toLowerCase().replace(/^ncbitaxon:/, 'ncbitaxon_');
  return [typed.toLowerCase(), plain, `ncbitaxon_${plain}`].includes(id.toLowerCase());
}

function hasWords({ label, note, spellings }: IndexValue, words: readonly string[]): boolean {
  return [label, note, ...spellings].some((name) => {
    const named = wordsOf(name);
    return words.every((word) => named.some((one) => one.startsWith(word)));
  });
}

/**
 * The places of the values that a text means: the one of that identifier or name, else all that are
 * also called so, else all that have its words. Empty if there is none.
 */
export function resolveValue(values: readonly IndexValue[], typed: string): number[] {
  const places = (is: (value: IndexValue) => boolean): number[] =>
    values.flatMap((value, at) => (is(value) ? [at] : []));
  const wanted = key(typed);
  if (wanted === '') return [];
  const tries: ((value: IndexValue) => boolean)[] = [
    (value) => isIdentifier(value, typed.trim()) || value.id === wanted,
    (value) => key(value.label) === wanted,
    (value) => [value.note, ...value.spellings].some((name) => key(name) === wanted),
    (value) => hasWords(value, wordsOf(typed)),
  ];
  for (const is of tries) {
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
