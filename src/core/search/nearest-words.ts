// "Did you mean": words that a typing error turns into the one that was typed.

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

/** The words nearest to one, the best first; none if nothing is near. */
export function nearestWords(word: string, words: readonly string[], count: number): string[] {
  // Short words and numbers are near to everything.
  const most = word.length < 4 || /^\d+$/.test(word) ? 0 : word.length < 7 ? 1 : 2;
  if (most === 0) return [];
  const rated: { other: string; rate: number }[] = [];
  for (const other of words) {
    if (/\d/.test(other) && !/\d/.test(word)) continue;
    const distance = editDistance(word, other, most);
    if (distance === Infinity) continue;
    // First letters are seldom wrong.
    rated.push({ other, rate: distance + (other[0] === word[0] ? 0 : 0.5) });
  }
  rated.sort((a, b) => a.rate - b.rate || (a.other < b.other ? -1 : 1));
  return rated.slice(0, count).map(({ other }) => other);
}
