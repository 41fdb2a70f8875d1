// A column with a set of numbers for each file, as it is written: neighbours mostly have the same set, and far
// files often an earlier one.

/** Sets in the order in which they first occur. */
export interface EncodedSets {
  sets: (number | number[])[];
  /** Of each run of equal files: 0 for the next new set, else the place of an earlier one, from 1. */
  codes: number[];
  /** How many files each run has. */
  runs: number[];
}

/** Gathers one set a file. */
export class SetColumn {
  readonly #places = new Map<string, number>();
  readonly #encoded: EncodedSets = { sets: [], codes: [], runs: [] };
  #last: number | undefined;

  /** The next file's set, in any order and with repetitions. */
  add(values: Iterable<number>): void {
    const set = [...new Set(values)].sort((a, b) => a - b);
    const { sets, codes, runs } = this.#encoded;
    const key = set.join();
    const known = this.#places.get(key);
    const place = known ?? sets.length;
    if (place === this.#last) {
      runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
      return;
    }
    this.#last = place;
    codes.push(known === undefined ? 0 : known + 1);
    runs.push(1);
    if (known !== undefined) return;
    this.#places.set(key, place);
    const [only] = set;
    sets.push(set.length === 1 && only !== undefined ? only : set);
  }

  finish(): EncodedSets {
    return this.#encoded;
  }
}

/** The set of each file. Files with equal sets share one array. */
export function decodeSets({ sets, codes, runs }: EncodedSets): (readonly number[])[] {
  const all = sets.map((set) => (typeof set === 'number' ? [set] : set));
  let next = 0;
  return codes.flatMap((code, at) => {
    const set = all[code === 0 ? next++ : code - 1] ?? [];
    return new Array<readonly number[]>(runs[at] ?? 0).fill(set);
  });
}
