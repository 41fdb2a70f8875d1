import { describe, expect, test } from 'vitest';
import { toggleValue, withoutParts, withRange } from './edit-query.ts';
import { excerptOf, fromFullText, toFullText } from './excerpt.ts';
import { foldText, otherSpellings, wordsOf } from './fold.ts';
import { nearestWords } from './nearest-words.ts';
import { parseQuery } from './query.ts';
import { dayNumber, parseRange } from './range-value.ts';
import { runSearch } from './run-search.ts';
import type { SearchDocument } from './search-document.ts';
import { decodeIndex, encodeIndex } from './search-index.ts';
import { suggestionsFor } from './suggestions.ts';
import { encodeWords, WordIndex } from './word-index.ts';

const species = (id: string, label: string, note: string) =>
  ({ facet: 'species', id, label, note }) as const;
const MOUSE = species('NCBITaxon_10090', 'Mus musculus', 'House mouse');
const HUMAN = species('NCBITaxon_9606', 'Homo sapiens', 'Human');

function document(number: string, title: string, values: SearchDocument['values']): SearchDocument {
  return {
    number,
    title,
    version: '0.240102.1200',
    status: 'published',
    day: '2024-01-02',
    bytes: Number(number) * 1000,
    values,
    lines: [title],
    mainLines: 1,
  };
}
const documents = [
  document('000003', 'Hippocampal recordings', [MOUSE]),
  document('000004', 'Human cortex at 50 µm', [HUMAN]),
  document('000007', 'Two species', [MOUSE, HUMAN]),
];
const keys = { state: 's', keys: ['a', 'b', 'c'] };
const index = decodeIndex(encodeIndex(documents, keys, []));
const found = (text: string): string[] =>
  runSearch(index, { query: parseQuery(text), matches: [], order: 'identifier' }).rows.map(
    (row) => index.rows[row]?.number ?? '',
  );

describe('words', () => {
  test.each([
    ['Buzsáki Łódź Straße', ['buzsaki', 'lodz', 'strasse']],
    ['50 µm and 50 μm', ['50', 'um', 'and', '50', 'um']],
    ['sub-M12_ses-2020', ['sub', 'm12', 'ses', '2020']],
  ])('%s', (text, words) => expect(wordsOf(text)).toEqual(words));
  test('μ is also indexed as mu', () => expect(otherSpellings('μ-opioid')).toEqual(['u', 'mu']));
  test('folding is stable', () => expect(foldText(foldText('Ærø'))).toBe(foldText('Ærø')));
});

describe('a query', () => {
  test('is taken apart', () => {
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
  test('a click adds and removes the operator', () => {
    const at = index.facets.get('species')?.findIndex(({ id }) => id === HUMAN.id) ?? -1;
    const text = toggleValue(index, 'cortex', 'species', at);
    expect(text).toBe('cortex species:"Homo sapiens"');
    expect(toggleValue(index, text, 'species', at)).toBe('cortex');
    expect(withRange('a files:>3 b', 'files', '1', '')).toBe('a b files:1..');
    expect(withoutParts('a b c', [{ start: 2, end: 3 }])).toBe('a c');
  });
  test('are offered while they are typed', () => {
    const labels = suggestionsFor(index, 'cortex species:hum', []).map((one) =>
      one.kind === 'completion' ? one.text : '',
    );
    expect(labels).toEqual(['cortex species:"Homo sapiens" ']);
  });
});

describe('the index of words', () => {
  const { starts, parts } = encodeWords(documents);
  const words = new WordIndex(starts, documents.length);
  parts.forEach((part, at) => words.add(at, part));
  test('knows beginnings and plurals, and what is not there', () => {
    expect([...words.rowsOf('hippo').keys()]).toEqual([0]);
    expect([...words.rowsOf('recording').keys()]).toEqual([0]);
    expect(words.has('xyzzyqq')).toBe(false);
    expect(words.has('hi')).toBe(false);
  });
});

test('the nearest word is offered, and none where nothing is near', () => {
  const words = ['hippocampus', 'campus', 'cortex'];
  expect(nearestWords('hipocampus', words, 3)).toEqual(['hippocampus']);
  expect(nearestWords('xyzzyqq', words, 3)).toEqual([]);
});

test('an excerpt shows the words that were sought', () => {
  const text = `${'before '.repeat(60)}the hippocampus of ${'after '.repeat(60)}`;
  const parts = excerptOf(text, ['hippo']);
  expect(parts.filter(({ isMatch }) => isMatch)).toEqual([{ text: 'hippocampus', isMatch: true }]);
  expect(parts.map((part) => part.text).join('').length).toBeLessThan(300);
  const lines = ['Two-photon, sub-M12_ses-1', 'don’t'];
  expect(fromFullText(toFullText(lines))).toEqual(lines);
});
