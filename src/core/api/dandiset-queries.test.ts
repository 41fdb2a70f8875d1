import { expect, test } from 'vitest';
import { holdsWords, searchWords, selectedDandisets } from './dandiset-queries.ts';

const version = (name: string, asset_count: number, size: number): object => ({
  name,
  asset_count,
  size,
});
const ITEMS = [
  {
    identifier: '000001',
    modified: '2025-01-01T00:00:00Z',
    star_count: 0,
    most_recent_published_version: version('B', 1, 10),
    draft_version: version('B', 0, 0),
  },
  {
    identifier: '000002',
    modified: '2025-01-01T05:00:00+08:00',
    star_count: 0,
    most_recent_published_version: null,
    draft_version: version('A', 3, 30),
  },
  {
    identifier: '000003',
    modified: '2024-01-01T00:00:00Z',
    star_count: 0,
    most_recent_published_version: null,
    draft_version: version('C', 0, 0),
  },
];

test.each([
  ['', '123'],
  ['draft=false', '1'],
  ['draft=true', '123'],
  ['empty=false', '12'],
  ['starred=true', ''],
  ['user=me', ''],
  ['ordering=-id', '321'],
  ['ordering=name', '213'],
  ['ordering=modified', '321'],
  ['ordering=-size', '213'],
  ['order=size&draft=false', '1'],
  ['ordering=-stars', '123'],
  ['ordering=constructor', '123'],
  ['ordering=-id,name', '321'],
])('the Dandisets of ?%s', (query, numbers) => {
  const found = selectedDandisets(ITEMS as never[], new URLSearchParams(query));
  const said = found.map((item) => (item as { identifier: string }).identifier.slice(-1));
  expect(said.join('')).toBe(numbers);
});

test('every word of a search must occur somewhere', () => {
  const words = searchWords(new URLSearchParams({ search: 'Place, CELLS  place' }));
  expect(words).toEqual(['place', 'cells']);
  expect(holdsWords(['a place', 'cells'], words)).toBe(true);
  expect(holdsWords(['a place'], words)).toBe(false);
  expect(searchWords(new URLSearchParams({ search: 'a b '.repeat(9000) }))).toHaveLength(2);
});
