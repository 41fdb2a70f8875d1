import { expect, test } from 'vitest';
import { dayNumber, parseRange } from './range-value.ts';

const day = (text: string): number => dayNumber(text) ?? NaN;

test.each([
  ['>10', { min: 11 }],
  ['>=10', { min: 10 }],
  ['<10', { max: 9 }],
  ['10', { min: 10, max: 10 }],
  ['10..', { min: 10 }],
  ['..10', { max: 10 }],
  ['1,000..2,000', { min: 1000, max: 2000 }],
])('files:%s', (text, range) => {
  expect(parseRange('files', text)).toEqual(range);
});

test.each([
  ['<1GB', { max: 999_999_999 }],
  ['1.5 kB..2MiB', { min: 1500, max: 2 * 2 ** 20 }],
])('bytes:%s', (text, range) => {
  expect(parseRange('bytes', text)).toEqual(range);
});

test.each([
  ['2023..2024', { min: day('2023-01-01'), max: day('2024-12-31') }],
  ['2024-02', { min: day('2024-02-01'), max: day('2024-02-29') }],
  ['>2024-05', { min: day('2024-06-01') }],
])('published:%s', (text, range) => {
  expect(parseRange('published', text)).toEqual(range);
});

test.each([
  ['files', '20..10'],
  ['files', '10GB'],
  ['files', '..'],
  ['bytes', '1XB'],
  ['published', '2024..2023'],
  ['published', '2024-02-30'],
  ['published', '>2023..2024'],
] as const)('%s:%s is no range', (field, text) => {
  expect(parseRange(field, text)).toBeUndefined();
});
