// From the words of a query to the terms they name: `patch clamp` names a method, and what is about it is found
// by any of its names. What a text is about was read when the index was made.

import { foldedWords } from '../text/fold.ts';
import { nameKey } from '../vocabulary/name-key.ts';
import type { QueryTerm } from './query.ts';

/** More words than any name has. */
const MOST_WORDS = 8;

/** A term of the vocabularies that a part of a query names. */
export interface NameInQuery {
  /** Its place in the list of names, and in the word index. */
  place: number;
  /** The words of the query that name it, as one. */
  typed: string;
}

/** The names of all terms that an archive has texts about. */
export class SynonymNames {
  /** The names of each term, those people know best first. */
  readonly names: readonly (readonly string[])[];
  private readonly places = new Map<string, number[]>();

  constructor(names: readonly (readonly string[])[]) {
    this.names = names;
    names.forEach((own, place) => {
      for (const key of new Set(own.map((name) => nameKey(foldedWords(name)))))
        this.places.set(key, [...(this.places.get(key) ?? []), place]);
    });
  }

  /** The terms that some folded words name. */
  named(words: readonly string[]): NameInQuery[] {
    const key = nameKey(words);
    const typed = words.join('');
    return (this.places.get(key) ?? []).map((place) => ({ place, typed }));
  }

  /**
   * Other names of terms than the ones that were typed, the shortest of those that contain each other: with
   * `mouse` nobody needs `house mouse`.
   */
  otherNames(terms: readonly NameInQuery[]): string[] {
    const others = new Map<string, string>();
    for (const { place, typed } of terms)
      for (const name of this.names[place] ?? []) {
        const own = foldedWords(name).join('');
        if (!own.includes(typed)) others.set(own, name);
      }
    return [...others].flatMap(([own, name]) =>
      [...others.keys()].some((other) => other !== own && own.includes(other)) ? [] : [name],
    );
  }

  /** All words of all names. */
  words(): string[] {
    return [...new Set(this.names.flat().flatMap(foldedWords))];
  }
}

/**
 * For each term of a query the terms of the vocabularies that it names, alone or with its neighbours: the
 * longest names first. What is in quotes is meant as it is written.
 */
export function namesInQuery(terms: readonly QueryTerm[], names: SynonymNames): NameInQuery[][] {
  const found: NameInQuery[][] = terms.map(() => []);
  const words = terms.map(({ text }) => foldedWords(text));
  const isOpen = (at: number): boolean => terms[at]?.isPhrase === false;
  for (let start = 0; start < terms.length;) {
    let next = start + 1;
    for (let end = Math.min(terms.length, start + MOST_WORDS); end > start; end -= 1) {
      const places = Array.from({ length: end - start }, (_, at) => start + at);
      const isExcluded = places.some((at) => terms[at]?.isExcluded === true);
      if (!places.every(isOpen) || (isExcluded && places.length > 1)) continue;
      const named = names.named(places.flatMap((at) => words[at] ?? []));
      if (named.length === 0) continue;
      for (const at of places) found[at] = named;
      next = end;
      break;
    }
    start = next;
  }
  return found;
}
