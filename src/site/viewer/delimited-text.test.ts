import { expect, it } from 'vitest';
import { delimitedRows, delimiterOf, type Delimiter } from './delimited-text.ts';

const rows = (text: string, delimiter: Delimiter = ','): string[][] => [
  ...delimitedRows(text, delimiter),
];

it('reads CSV as it is written', () => {
  expect(rows('a,b\r\n1,"x, ""y""\nz"\n\n,\n007,1e3')).toEqual([
    ['a', 'b'],
    ['1', 'x, "y"\nz'],
    ['', ''],
    ['007', '1e3'],
  ]);
  expect(rows('a,b,')).toEqual([['a', 'b', '']]);
  expect(rows('"not closed,1\n2')).toEqual([['not closed,1\n2']]);
});

it('leaves quotation marks of TSV alone', () => {
  expect(rows('a\tb\n"x\ty"\n', '\t')).toEqual([
    ['a', 'b'],
    ['"x', 'y"'],
  ]);
});

it.each<[string, string, Delimiter]>([
  ['a.tsv', 'a,b\tc', '\t'],
  ['a.csv', 'a,b\n1;2;3;4', ','],
  ['a.csv', 'a;b;c\n1,5;2;3', ';'],
  ['a.csv', 'a\tb\tc', '\t'],
])('finds what separates the cells of %s', (path, text, delimiter) => {
  expect(delimiterOf(path, text)).toBe(delimiter);
});

it('takes time in proportion to the text', () => {
  expect(rows('"'.repeat(500_001)).length).toBe(1);
  expect(rows(',\n'.repeat(200_000)).length).toBe(200_000);
});
