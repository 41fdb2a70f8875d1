// "Did you mean": words that a typing error turns into the one that was typed.

import type { WordIndex } from './word-index.ts';

/**
 * The edit distance between two words, two exchanged letters counting as one change; more than `most` is
 * Infinity.
 */
export function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return Infinity;
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= to.length; j += 1) {
      const isSame = from[i - 1] === to[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    [before, last] = [last, row];
  }
  const distance = last[to.length] ?? Infinity;
  return distance > most ? Infinity : distance;
}

export interface NearWord {
  word: string;
  /** How far it is from the one that was typed; less is nearer. */
  rate: number;
}

/** The words nearest to one, the best first; none if nothing is near. */
export function nearestWords(word: string, words: readonly string[], count: number): NearWord[] {
  // Short words and numbers are near to everything.
  const most = word.length < 4 || /^\d+$/.test(word) ? 0 : word.length < 7 ? 1 : 2;
  if (most === 0) return [];
  const rated: NearWord[] = [];
  for (const other of words) {
    if (/\d/.test(other) && !/\d/.test(word)) continue;
    const distance = editDistance(word, other, most);
    if (distance === Infinity) continue;
    // First letters are seldom wrong.
    rated.push({ word: other, rate: distance + (other[0] === word[0] ? 0 : 0.5) });
  }
  rated.sort((a, b) => a.rate - b.rate || (a.word < b.word ? -1 : 1));
  return rated.slice(0, count);
}

/** Near words, of those equally near the ones that most texts have first; the index has the parts of all. */
export function byFrequency(near: readonly NearWord[], index: WordIndex): string[] {
  return near
    .map((one) => ({ ...one, count: index.rowsOf(one.word).size }))
    .sort((a, b) => a.rate - b.rate || b.count - a.count)
    .map(({ word }) => word);
}
