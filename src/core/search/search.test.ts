import { describe, expect, test } from 'vitest';
import {
  HUMAN,
  indexOf,
  MOUSE,
  searchDocument,
  wordsIndexOf,
} from '../../../tests/support/sites/small-search.ts';
import { foldText, otherSpellings, foldedWords } from '../text/fold.ts';
import { parseQuery } from './query.ts';
import { dayNumber, parseRange } from './range-value.ts';
import { runSearch } from './run-search.ts';

const documents = [
  searchDocument('000003', 'Hippocampal recordings', { values: [MOUSE] }),
  searchDocument('000004', 'Human cortex at 50 µm', { values: [HUMAN] }),
  searchDocument('000007', 'Two species', { values: [MOUSE, HUMAN] }),
];
const index = indexOf(documents);
const found = (text: string): string[] =>
  runSearch(index, { query: parseQuery(text), matches: [], order: 'identifier' }).rows.map(
    (row) => index.rows[row]?.number ?? '',
  );

describe('words', () => {
  test.each([
    ['Buzsáki Łódź Straße', ['buzsaki', 'lodz', 'strasse']],
    ['50 µm and 50 μm', ['50', 'um', 'and', '50', 'um']],
    ['sub-M12_ses-2020', ['sub', 'm12', 'ses', '2020']],
  ])('%s', (text, words) => expect(foldedWords(text)).toEqual(words));
  test('μ is also indexed as mu', () => expect(otherSpellings('μ-opioid')).toEqual(['u', 'mu']));
  test('folding is stable', () => expect(foldText(foldText('Ærø'))).toBe(foldText('Ærø')));
});

describe('a query', () => {
  test('is parsed', () => {
    const query = parseQuery('"granule cells" hippo species:mouse bytes:<1GB -status:empty -rat');
    expect(
      query.terms.map(({ text, isPhrase, isExcluded }) => [text, isPhrase, isExcluded]),
    ).toEqual([
      ['granule cells', true, false],
      ['hippo', false, false],
      ['rat', false, true],
    ]);
    expect(query.facets.map(({ facet, value, isExcluded }) => [facet, value, isExcluded])).toEqual([
      ['species', 'mouse', false],
      ['status', 'empty', true],
    ]);
    expect(query.ranges).toMatchObject([{ range: 'bytes', max: 999_999_999 }]);
    expect(query.problems).toEqual([]);
  });
  test('names an operator it does not know, and keeps identifiers as words', () => {
    expect(parseQuery('colour:red').problems[0]?.message).toMatch(/no operator “colour:”.*species/);
    expect(parseQuery('DANDI:000004 NCBITaxon:9606 https://doi.org/10.1/x').problems).toEqual([]);
    expect(parseQuery('bytes:many').problems[0]?.message).toMatch(/no range/);
  });
  test.each([
    [`${'mouse '.repeat(200)}bytes:>1`, /too long.*1000/],
    ['🐭 🧠', /“🐭” has no letters/],
  ])('reports what it does not read: %s', (text, message) => {
    const { problems, ranges } = parseQuery(text);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
    expect(ranges).toEqual([]);
  });
  test.each([
    ['mouse OR rat', ['mouse', 'rat'], /OR was left out/],
    ['mouse AND rat AND cat', ['mouse', 'rat', 'cat'], /AND was left out/],
    ['mouse NOT rat', ['mouse', 'rat'], /-mouse/],
    ['OR', ['OR'], undefined],
    ['or', ['or'], undefined],
  ])('%s has the words %j', (text, words, message) => {
    const { terms, problems } = parseQuery(text);
    expect(terms.map((term) => term.text)).toEqual(words);
    expect(problems.map((problem) => problem.message)).toEqual(
      message === undefined ? [] : [expect.stringMatching(message)],
    );
  });
  test('takes a suspended hyphen of prose for no exclusion', () => {
    const { terms } = parseQuery('Multi-Task, -Session and -Subject data -rat');
    expect(terms.filter(({ isExcluded }) => isExcluded).map(({ text }) => text)).toEqual(['rat']);
  });
  test('ignores signs between words', () => {
    for (const text of ['mouse & rat', '"', '-', '…'])
      expect(parseQuery(text).problems).toEqual([]);
  });
  test('of hostile text is read without harm', () => {
    for (const text of [
      '"',
      '-',
      ':::',
      '__proto__:x',
      'species:"',
      '"'.repeat(5000),
      'a:'.repeat(900),
    ])
      expect(() => parseQuery(text)).not.toThrow();
  });
});

test.each([
  ['bytes', '100MB..2TB', { min: 1e8, max: 2e12 }],
  ['subjects', '>10', { min: 11 }],
  ['files', '12', { min: 12, max: 12 }],
  ['published', '2023..2024', { min: dayNumber('2023-01-01'), max: dayNumber('2024-12-31') }],
  ['date', '>2024-02', { min: dayNumber('2024-03-01') }],
  ['date', '2024-02-30', undefined],
  ['files', '..', undefined],
] as const)('range %s:%s', (field, text, range) => {
  expect(parseRange(field, text)).toEqual(range);
});

describe('facets', () => {
  test('several values of one are alternatives, exclusions are not', () => {
    expect(found('species:human')).toEqual(['000004', '000007']);
    expect(found('species:9606')).toEqual(['000004', '000007']);
    expect(found('species:NCBITaxon:9606')).toEqual(['000004', '000007']);
    expect(found('species:human species:mouse')).toHaveLength(3);
    expect(found('species:human -species:mouse')).toEqual(['000004']);
    expect(found('bytes:<5kB published:2024')).toEqual(['000003', '000004']);
  });
});

describe('the index of words', () => {
  const words = wordsIndexOf(documents);
  test('knows beginnings and plurals, and what is absent', () => {
    expect([...words.rowsOf('hippo').keys()]).toEqual([0]);
    expect([...words.rowsOf('recording').keys()]).toEqual([0]);
    expect(words.has('xyzzyqq')).toBe(false);
    expect(words.has('hi')).toBe(false);
  });
});
