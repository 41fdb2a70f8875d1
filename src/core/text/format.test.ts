import { expect, it } from 'vitest';
import { countOf, dayOf, dayOfVersion, formatBytes, formatCount, plainCountOf } from './format.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [20_716_130, '20.7 MB'],
  [999_600, '1.00 MB'],
  [2_559_248_010_229, '2.56 TB'],
  [371e12, '371 TB'],
])('writes %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it('groups digits and distinguishes one from many', () => {
  expect(formatCount(37857)).toBe('37,857');
  expect(formatCount(999)).toBe('999');
  expect([countOf(1, 'file'), countOf(2000, 'file')]).toEqual(['1 file', '2,000 files']);
  expect([plainCountOf(1, 'byte'), plainCountOf(2000, 'byte')]).toEqual(['1 byte', '2000 bytes']);
});

it('takes days from dates and versions, and nothing from anything else', () => {
  expect(dayOf('2021-07-12T19:03:53.460512')).toBe('2021-07-12');
  expect(dayOf('July 2021')).toBeUndefined();
  expect(dayOfVersion('0.220126.1852')).toBe('2022-01-26');
  expect(dayOfVersion('draft')).toBeUndefined();
});
