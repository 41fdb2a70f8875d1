// Records what is passed to Unicode's normal forms while something runs: the work there is quadratic in the
// number of consecutive marks.

/** How much was normalised: characters in all, and the longest run of consecutive marks. */
export interface NormalisedTexts {
  characters: number;
  marksInARow: number;
}

/** Runs something and counts what it normalises; the real function does the work. */
export function normalisedBy(run: () => unknown): NormalisedTexts {
  const found = { characters: 0, marksInARow: 0 };
  const real = Object.getOwnPropertyDescriptor(String.prototype, 'normalize')!;
  const normalize = real.value as (this: string, form?: string) => string;
  Object.defineProperty(String.prototype, 'normalize', {
    ...real,
    value(this: string, form?: string) {
      found.characters += this.length;
      for (const [marks] of this.matchAll(/[\p{M}\uff9e\uff9f]+/gu)) {
        found.marksInARow = Math.max(found.marksInARow, [...marks].length);
      }
      return normalize.call(this, form);
    },
  });
  try {
    run();
  } finally {
    Object.defineProperty(String.prototype, 'normalize', real);
  }
  return found;
}
