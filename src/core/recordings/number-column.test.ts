import { expect, test } from 'vitest';
import { NumberColumn, SearchedNumbers } from './number-column.ts';
import { decodeSets, SetColumn } from './value-sets.ts';

const FILES = [[], [5], [5, 700], [0], [29.97], [30_000, 5], [1e-3], [5, 6], [700], [5]];

test('sets are read as they were written, runs and earlier ones included', () => {
  const column = new SetColumn();
  const sets = [[1], [1], [], [3, 2, 3], [1], [], []];
  for (const set of sets) column.add(set);
  const written = column.finish();
  expect(written).toEqual({ sets: [1, [], [2, 3]], codes: [0, 0, 0, 1, 2], runs: [2, 1, 1, 1, 2] });
  expect(decodeSets(written)).toEqual([[1], [1], [], [2, 3], [1], [], []]);
});

test.each([
  [5, 5],
  [5.5, undefined],
  [undefined, 5.9],
  [0, 0],
  [600, 800],
  [undefined, undefined],
  [1e6, undefined],
])('from %s to %s it finds what a filter does', async (min, max) => {
  const column = new NumberColumn();
  for (const file of FILES) column.add(file);
  const { spans, numbers } = column.finish();
  const read: number[] = [];
  const searched = new SearchedNumbers(spans, async (place) => {
    read.push(place);
    return numbers.get(place) ?? { sets: [], codes: [], runs: [] };
  });
  const expected = FILES.map((file) =>
    Number(file.some((value) => value >= (min ?? -Infinity) && value <= (max ?? Infinity))),
  );
  expect([...(await searched.filesIn(min, max))]).toEqual(expected);
  // Only spans that an end of the range cuts.
  expect(read.length).toBeLessThanOrEqual(1);
});
