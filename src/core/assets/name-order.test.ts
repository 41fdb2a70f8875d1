import { expect, test } from 'vitest';
import { compareNames } from './name-order.ts';

const NAMES = [
  ...['', '10', '2', 'Ä', 'a', 'a-1', 'a/', 'a/b/', 'a1', 'a01', 'a1b', 'sub-1', 'sub-01'],
  ...['sub-2', 'sub-10', 'sub-10_ses-2', 'sub-10_ses-12', 'sub-9007199254740993'],
  ...[
    'sub-9007199254740992',
    '\u{1f600}2',
    '\uffee1',
    '\ue000',
    '0',
    '00',
    '000a',
    '0a',
    '1.10',
    '1.9',
  ],
];

test('numbers inside names count as numbers', () => {
  const names = ['sub-10', 'sub-2', 'sub-1', 'sub-02', 'sub-1_ses-11', 'sub-1_ses-3'];
  expect(names.sort(compareNames)).toEqual([
    ...['sub-1', 'sub-1_ses-3', 'sub-1_ses-11', 'sub-02', 'sub-2', 'sub-10'],
  ]);
});

test('it is an order: any three names agree, and only a name equals itself', () => {
  for (const a of NAMES) {
    for (const b of NAMES) {
      expect(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a))).toBe(0);
      expect(compareNames(a, b) === 0, `${a} ${b}`).toBe(a === b);
      for (const c of NAMES) {
        if (compareNames(a, b) < 0 && compareNames(b, c) < 0) {
          expect(compareNames(a, c), `${a} ${b} ${c}`).toBeLessThan(0);
        }
      }
    }
  }
});
