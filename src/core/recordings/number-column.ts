// A column of numbers in two steps: of each file which half octaves its numbers are in, and for each half octave the
// numbers. A range needs the first and of the second what its ends are in, which is a third of the whole.

import { decodeSets, SetColumn, type EncodedSets } from './value-sets.ts';

/** The places of spans of each file's numbers, and the least and the largest number in each span. */
export type EncodedSpans = EncodedSets & { spans: [least: number, largest: number][] };

/** Numbers a factor of the square root of two apart; 0 and less by themselves. */
function spanOf(value: number): number {
  return value <= 0 ? -Infinity : Math.floor(2 * Math.log2(value));
}

/** Gathers the numbers of each file. */
export class NumberColumn {
  readonly #files: (readonly number[])[] = [];

  add(values: readonly number[]): void {
    this.#files.push(values);
  }

  /** The first step, and the numbers by their span, of the files that have some in it; none where all are equal. */
  finish(): { spans: EncodedSpans; numbers: Map<number, EncodedSets> } {
    const keys = [...new Set(this.#files.flatMap((values) => values.map(spanOf)))];
    const places = new Map(keys.sort((a, b) => a - b).map((key, place) => [key, place]));
    const spans = keys.map((): [number, number] => [Infinity, -Infinity]);
    const column = new SetColumn();
    const numbers = keys.map(() => new SetColumn());
    for (const values of this.#files) {
      const own = new Map<number, number[]>();
      for (const value of values) {
        const place = places.get(spanOf(value)) ?? 0;
        const [least, largest] = spans[place] ?? [value, value];
        spans[place] = [Math.min(least, value), Math.max(largest, value)];
        own.set(place, [...(own.get(place) ?? []), value]);
      }
      column.add(own.keys());
      for (const [place, some] of own) numbers[place]?.add(some);
    }
    const different = [...numbers.entries()]
      .filter(([place]) => spans[place]?.[0] !== spans[place]?.[1])
      .map(([place, one]) => [place, one.finish()] as const);
    return { spans: { spans, ...column.finish() }, numbers: new Map(different) };
  }
}

/** A column as a search has it. */
export class SearchedNumbers {
  readonly #spans: readonly (readonly [number, number])[];
  readonly #places: (readonly number[])[];
  readonly #read: (place: number) => Promise<EncodedSets>;

  constructor({ spans, ...sets }: EncodedSpans, read: (place: number) => Promise<EncodedSets>) {
    this.#spans = spans;
    this.#places = decodeSets(sets);
    this.#read = read;
  }

  /** For each file 1 if one of its numbers is at least `min` and at most `max`, else 0. */
  async filesIn(min = -Infinity, max = Infinity): Promise<Uint8Array> {
    const isIn = (value: number): boolean => value >= min && value <= max;
    const inside = this.#spans.map(([least, largest]) => isIn(least) && isIn(largest));
    const cut = [...this.#spans.entries()].flatMap(([place, [least, largest]]) =>
      inside[place] === false && least <= max && largest >= min ? [place] : [],
    );
    const found = Uint8Array.from(this.#places, (places) =>
      places.some((place) => inside[place]) ? 1 : 0,
    );
    for (const place of cut) {
      const numbers = decodeSets(await this.#read(place));
      let next = 0;
      this.#places.forEach((places, file) => {
        if (!places.includes(place)) return;
        if (numbers[next]?.some(isIn) === true) found[file] = 1;
        next += 1;
      });
    }
    return found;
  }
}
