import { expect, test } from 'vitest';
import {
  forgeComparisonAddress,
  editFileAddress,
  forkAddress,
  forkOf,
  MAX_ADDRESS_LENGTH,
  newFileAddress,
  openPullsAddress,
  uploadAddress,
} from './forge-addresses.ts';

const place = { repository: 'https://github.com/lab/archive' };
const path = 'submissions/first-light/dandiset.json';

test('a new file is filled in, whatever it contains, as long as it fits', () => {
  const text = '{\n  "name": "Zoë & 海馬 #1?=%"\n}\n';
  const address = new URL(newFileAddress(place, { path, text }) ?? '');
  expect(address.origin + address.pathname).toBe('https://github.com/lab/archive/new/main');
  expect(address.searchParams.get('filename')).toBe(`content/${path}`);
  expect(address.searchParams.get('value')).toBe(text);

  const room = MAX_ADDRESS_LENGTH - (newFileAddress(place, { path, text: '' }) ?? '').length;
  expect(newFileAddress(place, { path, text: 'x'.repeat(room) })).toHaveLength(MAX_ADDRESS_LENGTH);
  expect(newFileAddress(place, { path, text: 'x'.repeat(room + 1) })).toBeUndefined();
  expect(newFileAddress(place, { path, text: 'é'.repeat(room / 3) })).toBeUndefined();
  expect(newFileAddress(place, { path, text: '\ud800' })).toBeUndefined();
});

test('pages that edit and upload', () => {
  expect(editFileAddress(place, path)).toBe(
    `https://github.com/lab/archive/edit/main/content/${path}`,
  );
  expect(uploadAddress({ ...place, branch: 'data/main' }, 'submissions/first-light')).toBe(
    'https://github.com/lab/archive/upload/data/main/content/submissions/first-light',
  );
});

test('contributors without write access upload into a fork of their own', () => {
  expect(forkAddress(place)).toBe('https://github.com/lab/archive/fork');
  expect(forkOf(place, 'ada-l')).toEqual({ repository: 'https://github.com/ada-l/archive' });
  for (const account of ['', 'a/b', '../x', 'ada lovelace', '-x', 'https://evil.example']) {
    expect(forkOf(place, account), account).toBeUndefined();
  }
});

test('a branch of a fork is compared; a long description is left out, not the title', () => {
  const head = { owner: 'ada', branch: 'submit/first-light' };
  const address = new URL(forgeComparisonAddress(place, head, { title: 'A & B', body: 'Notes' }));
  expect(address.pathname).toBe('/lab/archive/compare/main...ada:submit/first-light');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    expand: '1',
    title: 'A & B',
    body: 'Notes',
  });
  const long = new URL(forgeComparisonAddress(place, head, { title: 'A', body: 'x'.repeat(9000) }));
  expect(Object.fromEntries(long.searchParams)).toEqual({ expand: '1', title: 'A' });
});

test('the list of open ones is filtered by label', () => {
  const asked = (address: string): string | null => new URL(address).searchParams.get('q');
  expect(asked(openPullsAddress(place, 'submission'))).toBe('is:pr is:open label:"new dandiset"');
  expect(asked(openPullsAddress(place))).toBe(
    'is:pr is:open label:"new dandiset","draft","release"',
  );
});
