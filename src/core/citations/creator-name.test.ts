import { describe, expect, test } from 'vitest';
import { citedFacts, organization, person } from '../../../tests/support/records/cited-facts.ts';
import { apa } from './apa.ts';
import { initials, shortNames } from './creator-name.ts';
import { vancouver } from './vancouver.ts';

const APA = { dot: '.', hyphen: '-', blank: ' ' };

test.each([
  ['Ueli', 'U.'],
  ['Daniel H', 'D. H.'],
  ['J. Alexander', 'J. A.'],
  ['J.D.', 'J. D.'],
  ['I-Chun Anderson', 'I.-C. A.'],
  ['Szi-chieh', 'S.'],
  ['Éloïse', 'É.'],
  ['E\u0301loi\u0308se', 'E\u0301.'],
  ['(Bob) Robert', 'B. R.'],
  ['Пётр', 'П.'],
  ['-', ''],
  ['', ''],
])('the initials of "%s" are "%s"', (given, expected) => {
  expect(initials(given, APA)).toBe(expected);
});

/** The names of an APA citation. */
function named(...contributor: ReturnType<typeof person>[]): string {
  return apa(citedFacts({ contributor })).split(' (2022)')[0] ?? '';
}

describe('creators', () => {
  test('are in the order of the record, organisations among them with their commas', () => {
    const names = named(
      person('Li, Wei'),
      organization('University of California, San Diego'),
      person('Kang, Di'),
    );
    expect(names).toBe('Li, W., University of California, San Diego, & Kang, D.');
  });

  test('have their particle before the family name only where a given name remains', () => {
    expect(named(person('Kouwe, Andre van der'))).toBe('van der Kouwe, A.');
    expect(named(person('Kang, Di'))).toBe('Kang, D.');
    expect(named(person('de Vries, Saskia'))).toBe('de Vries, S.');
  });

  test('with one name, or one that cannot be split, are left as they are', () => {
    expect(named(person('Madonna'))).toBe('Madonna.');
    expect(named(person('Jane van Doe'))).toBe('Jane van Doe.');
  });

  test('keep the order of Chinese, Japanese and Korean names', () => {
    expect(named(person('王, 小明'), person('김, 하은'))).toBe('王小明 & 김하은.');
  });

  test('without any letter in their name are left out', () => {
    expect(named(person(', '), person(''), person('Li, Wei'), { schemaKey: 'Person' })).toBe(
      'Li, W.',
    );
  });

  test('are only those flagged for the citation', () => {
    const silent = { includeInCitation: false };
    const facts = citedFacts({ contributor: [person('Li, Wei', silent), person('Kang, Di')] });
    expect(apa(facts)).toMatch(/^Kang, D\. \(2022\)/);
  });

  test('beyond the twentieth are cut by APA, beyond the sixth by Vancouver', () => {
    const many = Array.from({ length: 89 }, (_, index) => person(`Family${index + 1}, Ann`));
    const facts = citedFacts({ contributor: many });
    expect(apa(facts)).toMatch(/Family19, A\., … Family89, A\. \(2022\)/);
    expect(apa(facts)).not.toContain('Family20,');
    expect(vancouver(facts)).toMatch(/Family6 A, et al\. Units/);
  });
});

test('in a sentence creators are one, two, or the first and the others', () => {
  const short = (...names: string[]): string =>
    shortNames(citedFacts({ contributor: names.map((name) => person(name)) }).creators);
  expect(short()).toBe('');
  expect(short('Kang, Di')).toBe('Kang');
  expect(short('Kang, Di', 'Kouwe, Andre van der')).toBe('Kang and van der Kouwe');
  expect(short('Kang, Di', 'Li, Wei', 'Kim, Ha')).toBe('Kang et al.');
});
