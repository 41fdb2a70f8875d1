import { describe, expect, test } from 'vitest';
import { nameKey, plural, singular } from './name-key.ts';
import { NameReader } from './synonym-reader.ts';
import { toVocabulary } from './vocabulary.ts';

const { terms } = toVocabulary({
  terms: [
    {
      identifier: 'http://purl.obolibrary.org/obo/NCBITaxon_10090',
      name: 'Mus musculus',
      commonName: 'House mouse',
      synonyms: ['Mus musculus - House mouse', 'mouse', 'mice'],
      searchedAs: ['rodent pet'],
    },
    { name: 'rodent', includes: ['mouse', 'NCBITaxon_10116', 'nwb:Units'] },
    {
      identifier: 'UBERON:0002436',
      name: 'primary visual cortex',
      synonyms: ['V1'],
    },
    {
      name: 'patch clamp',
      synonyms: ['whole cell', 'icephys'],
      includes: ['rodent', 'patch clamp'],
    },
    { name: 'x'.repeat(500), synonyms: ['a b c d e f g h i j k', 7, {}] },
  ],
});
const reader = new NameReader(terms);
/** The first name of each term that is read. */
const read = (lines: string[], identifiers: string[] = []): string[] =>
  reader.of(lines, identifiers).map(([first = '']) => first);

describe('a text is about a term', () => {
  test.each([
    ['recordings from MICE', ['House mouse', 'rodent', 'patch clamp']],
    ['house-mouse', ['House mouse', 'rodent', 'patch clamp']],
    ['Patch-clamped? patch clamps', ['patch clamp']],
    ['patchclamp and wholecell', ['patch clamp']],
    ['neurons of V1', ['primary visual cortex']],
    // A version, and words that only begin alike.
    ['dataset v1 of a dormouse', []],
    // What people search by is not read.
    ['a rodent pet', ['rodent', 'patch clamp']],
    ['', []],
  ])('%s', (text, expected) => expect(read([text])).toEqual(expected));

  test('by identifiers, in any of their forms', () => {
    expect(read([], ['NCBITaxon_10116'])).toEqual(['rodent', 'patch clamp']);
    expect(read([], ['http://purl.obolibrary.org/obo/UBERON_0002436'])).toEqual([
      'primary visual cortex',
    ]);
    expect(read([], ['nwb:Units', 'Units', '__proto__'])).toEqual(['rodent', 'patch clamp']);
    expect(read(['Units of time'])).toEqual([]);
  });

  test('not across lines', () => expect(read(['patch', 'clamp'])).toEqual([]));
});

test('every name that is typed is searched, those best known first', () => {
  expect(reader.of(['mouse'], [])[0]).toEqual([
    'House mouse',
    'Mus musculus',
    'mouse',
    'mice',
    'rodent pet',
  ]);
});

test('a hostile vocabulary is read in bounded work', () => {
  const many = Array.from({ length: 50_000 }, (_, at) => ({
    name: `term ${at}`,
    synonyms: ['the', 'of', 'and'],
    includes: [`term ${(at + 1) % 50_000}`],
  }));
  const text = 'the field of the mouse and '.repeat(2000);
  // Each is a kind of the next.
  expect(new NameReader(toVocabulary({ terms: many }).terms).of([text], [])).toHaveLength(50_000);
});

test.each([
  ['mice', 'mouse'],
  ['neurons', 'neuron'],
  ['flies', 'fly'],
  ['finches', 'finch'],
  ['hippocampus', 'hippocampus'],
  ['axis', 'axis'],
  ['class', 'class'],
  ['eels', 'eel'],
])('%s has the singular %s', (many, one) => expect(singular(many)).toBe(one));

test.each(['fly', 'finch', 'rat', 'mouse', 'cortex'])('%s is the singular of its plural', (one) =>
  expect(singular(plural(one))).toBe(one),
);

test('spellings of a name have one key', () => {
  for (const words of [['two', 'photon'], ['twophoton'], ['two', 'photons']])
    expect(nameKey(words)).toBe('twophoton');
});
