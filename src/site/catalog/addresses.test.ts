// Which address search engines are given as canonical.

import { expect, test } from 'vitest';
import { canonicalAddress } from './addresses.ts';

const site = 'https://copy.example/archive/';

test('a page is known by its own address', () => {
  expect(canonicalAddress({ site }, '/archive/', '/archive/dandiset/000004/')).toBe(
    'https://copy.example/archive/dandiset/000004/',
  );
});

test('a copy names the page of a Dandiset at the archive of record, and its own for all others', () => {
  const archive = { site, archiveOfRecord: 'https://dandiarchive.org/' };
  expect(canonicalAddress(archive, '/archive/', '/archive/dandiset/000004/0.220126.1852/')).toBe(
    'https://dandiarchive.org/dandiset/000004/0.220126.1852/',
  );
  expect(canonicalAddress(archive, '/archive/', '/archive/handbook/')).toBe(
    'https://copy.example/archive/handbook/',
  );
});
