import { expect, test } from 'vitest';
import { joinedRanges } from './joined-ranges.ts';

const MB = 1024 * 1024;

test('near ranges are one request, in whatever order they come', () => {
  expect(
    joinedRanges([
      { from: 200_000, length: 10 },
      { from: 0, length: 100 },
      { from: 65_000, length: 100 },
      { from: 50, length: 0 },
    ]),
  ).toEqual([
    { from: 0, length: 65_100, parts: [1, 2] },
    { from: 200_000, length: 10, parts: [0] },
  ]);
});

test('a request is at most 8 MiB, unless a single range is longer', () => {
  const chunks = Array.from({ length: 20 }, (_, i) => ({ from: i * MB, length: MB }));
  expect(joinedRanges(chunks).map(({ length }) => length)).toEqual([8 * MB, 8 * MB, 4 * MB]);
  expect(joinedRanges([{ from: 5, length: 20 * MB }])).toHaveLength(1);
});

test('ranges within each other and equal ones are requested once', () => {
  const ranges = [
    { from: 0, length: 1000 },
    { from: 10, length: 5 },
    { from: 0, length: 1000 },
    { from: 900, length: 200 },
  ];
  expect(joinedRanges(ranges)).toEqual([{ from: 0, length: 1100, parts: [0, 2, 1, 3] }]);
});
