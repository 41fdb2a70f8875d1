import { expect, test } from 'vitest';
import {
  HUMAN,
  indexOf,
  MOUSE,
  searchDocument,
  shownRowsOf,
} from '../../../tests/support/sites/small-search.ts';
import { resultEntries } from './result-files.ts';

test('a result is exported in its order, with all that is known and nothing else', () => {
  const bare = searchDocument('000007', 'Bare', { version: 'draft', status: 'draft' });
  delete bare.day;
  delete bare.bytes;
  const documents = [
    searchDocument('000003', 'Both', { values: [HUMAN, MOUSE], files: 0, subjects: 2 }),
    bare,
  ];
  const rows = shownRowsOf(documents, [1, 0]);
  const site = 'https://archive.example/base/';
  expect(resultEntries(indexOf(documents), rows, { prefix: 'DANDI', site })).toEqual([
    {
      identifier: 'DANDI:000007',
      version: 'draft',
      status: 'draft',
      title: 'Bare',
      species: [],
      url: `${site}dandiset/000007/`,
    },
    {
      identifier: 'DANDI:000003',
      version: '0.240102.1200',
      status: 'published',
      title: 'Both',
      species: ['Homo sapiens', 'Mus musculus'],
      files: 0,
      bytes: 3000,
      subjects: 2,
      date: '2024-01-02',
      url: `${site}dandiset/000003/`,
    },
  ]);
});
