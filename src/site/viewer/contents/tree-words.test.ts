import { expect, it } from 'vitest';
import type { ElementType, TreeValue } from '../../../core/data-tree/data-tree.ts';
import { shapeWords, storageWords, typeWords, valueLine } from './tree-words.ts';

it.each<[ElementType, string]>([
  ['<i2', 'int16'],
  ['>f8', 'float64, big-endian'],
  ['|u1', 'uint8'],
  ['|S12', 'text of 12 bytes'],
  ['string', 'text'],
  ['region reference', 'region reference'],
  [
    {
      compound: [
        ['start', '<i4'],
        ['count', '<i4'],
      ],
    },
    'compound (start, count)',
  ],
  [{ list: '<f4' }, 'lists of float32'],
  [{ array: '<f4', shape: [3, 2] }, 'float32 [3 × 2]'],
  [
    {
      enum: '|i1',
      members: [
        ['a', 0],
        ['b', 1],
      ],
    },
    'enum of 2 names',
  ],
])('says %j as %s', (type, words) => {
  expect(typeWords(type)).toBe(words);
});

it('says how values are stored', () => {
  expect(shapeWords([12000, 64])).toBe('12,000 × 64');
  expect(shapeWords([])).toBe('single value');
  expect(
    storageWords(
      {
        layout: 'chunked',
        chunkShape: [1000, 64],
        filters: [
          { id: 2, name: 'shuffle' },
          { id: 1, name: 'gzip' },
        ],
        bytes: 900_000,
        chunks: { from: 0, length: 30, count: 12 },
      },
      '<i2',
      [12000, 64],
    ),
  ).toBe('chunks of 1,000 × 64, 12 chunks, shuffle + gzip, 900 kB in the file, 1.54 MB unpacked');
});

it.each<[TreeValue, string]>([
  [1.5, '1.5'],
  ['NaN', 'NaN'],
  ['9007199254740993', '9007199254740993'],
  [true, 'true'],
  [[1, 2, [3, 4]], '1, 2, [3, 4]'],
  [{ ref: '/a' }, '→ /a'],
  [{ ref: null }, '→ nowhere'],
  [{ omitted: 'a region reference' }, '(a region reference)'],
  ['a\nb\u202e', 'a b'],
  [[], ''],
])('writes %j as %s', (value, line) => {
  expect(valueLine(value)).toBe(line);
});

it('cuts long values', () => {
  expect(
    valueLine(
      Array.from({ length: 1000 }, (_, at) => at),
      20,
    ),
  ).toBe('0, 1, 2, 3, 4, 5, 6, 7 …');
  expect(valueLine('x'.repeat(1000), 20).length).toBeLessThan(25);
});
