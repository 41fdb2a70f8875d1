import { expect, test } from 'vitest';
import { suggestTerms } from '../editing/suggest-terms.ts';
import { textFilter, foldedWords } from './fold.ts';

test.each([
  ['ronsbo', 'Sleep in mice, Rønsbo; Kim'],
  ['rønsbo', 'Sleep in mice, Rønsbo; Kim'],
  ['lodz', 'Recordings from Łódź'],
  ['strasse', 'Straße'],
  ['10um', 'Pitch of 10µm'],
  ['KIM  sleep', 'Sleep in mice, Rønsbo; Kim'],
  ['', 'anything'],
])('%j finds %j in a list, as it does in the search', (typed, text) => {
  expect(textFilter(typed)(text)).toBe(true);
  const indexed = foldedWords(text);
  expect(
    foldedWords(typed).every((word) =>
      indexed.some((one) => one.startsWith(word) || one.includes(word)),
    ),
  ).toBe(true);
});

test('each word has to be there', () => {
  expect(textFilter('sleep rat')('Sleep in mice')).toBe(false);
});

test('a term is suggested by a spelling without its odd letters', () => {
  const term = { name: 'Ørsted cell', synonyms: [] };
  expect(suggestTerms([term], 'orsted')).toEqual([{ term }]);
});
