import { describe, expect, test } from 'vitest';
import { doiAddress, isOrdinaryDoiForm, isPlaceholderDoi, parseDoi } from './doi.ts';

const SICI = '10.1002/(SICI)1096-9861(19971020)387:2<167::AID-CNE1>3.0.CO;2-Z';
const LOWER_SICI = '10.1002/(sici)1096-9861(1996)23+<91::aid-ajpa4>3.0.co;2-c';
const PAPER = '10.1038/s41586-020-2649-2';

describe('a DOI is read from what people paste', () => {
  test.each([
    PAPER,
    `doi:${PAPER}`,
    `DOI: ${PAPER}`,
    `DOI ${PAPER}`,
    `doi:${PAPER}.`,
    `doi.org/${PAPER}`,
    `http://doi.org/${PAPER}`,
    `HTTPS://DOI.ORG/${PAPER}`,
    `https://dx.doi.org/${PAPER}`,
    `dx.doi.org/${PAPER}`,
    `https://www.doi.org/${PAPER}`,
    `//doi.org/${PAPER}`,
    `https://doi.org/https://doi.org/${PAPER}`,
    `https://doi.org/doi:${PAPER}`,
    `doi:https://doi.org/${PAPER}`,
    `doi: doi:${PAPER}`,
    `info:doi/${PAPER}`,
    `urn:doi:${PAPER}`,
    `https://doi-org.library.example/${PAPER}`,
    `https://doi.org.proxy.example/${PAPER}`,
    `https://doi.org/${PAPER}?utm_source=mail`,
    `https://doi.org/${PAPER}#Sec2`,
    `${PAPER}?rss=1`,
    `doi:${PAPER}#Sec2`,
    `https://doi.org/${encodeURIComponent(PAPER)}`,
    encodeURIComponent(`https://doi.org/${PAPER}`),
    ` <https://doi.org/${PAPER}>. `,
    `(doi:${PAPER})`,
    `"https://doi.org/${PAPER}",`,
    `[${PAPER}]`,
    `“${PAPER}”`,
    `${PAPER};`,
    `${PAPER}%20`,
  ])('%s', (text) => expect(parseDoi(text)).toBe(PAPER));

  test.each([
    [`doi:${SICI}`, SICI],
    [`https://doi.org/${SICI}`, SICI],
    [doiAddress(SICI), SICI],
    [`https://doi.org/${encodeURIComponent(SICI)}`, SICI],
    [SICI.replace('<', '&lt;').replace('>', '&gt;'), SICI],
    [`(${SICI}).`, SICI],
    [`doi:${LOWER_SICI}`, LOWER_SICI],
    ['10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-#', undefined],
    ['doi:10.1175/1520-0477(1996)077<0437:TNYRP>2.0.CO;2', undefined],
    // The bracket that closes one inside belongs to the DOI, any other does not.
    ['10.1016/S0896-6273(03)00148-X)', '10.1016/S0896-6273(03)00148-X'],
    ['10.1016/0896-6273(95)90304-6', undefined],
    ['10.1234/a(b)', undefined],
    ['10.1234/a(b)).', '10.1234/a(b)'],
    // An encoded mark is part of the DOI; a bare one begins a query or a fragment.
    ['https://doi.org/10.1234/a%3Fb%23c', '10.1234/a?b#c'],
    ['https://doi.org/10.1234/a%3Fb?c=d', '10.1234/a?b'],
    ['10.1000.10/123', undefined],
    ['10.1234/ünïcode-数', undefined],
    ['https://doi.org/10.1234/%C3%BC', '10.1234/ü'],
    // What is no escape is text.
    ['10.1234/100%', undefined],
    ['10.1234/a%zz%E4', undefined],
  ])('%s', (text, doi) => expect(parseDoi(text)).toBe(doi ?? text.replace(/^doi:/, '')));

  test.each([
    ...[
      '',
      'Code',
      '10.1038',
      '10.1038/',
      'doi:',
      '10.1/x',
      '110.1038/x',
      '10.1038/a b',
      '1810.11393',
    ],
    'https://example.org/10.1038/x',
    'https://evil-doi.org/10.1038/x',
    'https://doi.org@example.org/10.1038/x',
    'https://doi.org/10.1038/a%20b',
    '10.1038/a\u202eb',
    '10.1038/a%00b',
    '10.1038/x</a>',
    '10.1038/<b>x',
    '10.1038/a"b',
    '%E4%10.1038/x',
    'https://doi.org/'.repeat(50) + PAPER,
  ])('none in %j', (text) => expect(parseDoi(text)).toBeUndefined());

  test('what would exhaust a reader is refused or read at once', () => {
    for (const piece of ['doi:', '%25', '%', '(', '<', '>', '.', ')', 'https://doi.org/', '&lt;']) {
      expect(parseDoi(piece.repeat(100_000))).toBeUndefined();
      expect(parseDoi(`10.1234/x${piece.repeat(100_000)}`)).toBeUndefined();
      expect(() => parseDoi(`10.1234/x${piece.repeat(450)}`)).not.toThrow();
    }
  });
});

describe('the address of a DOI', () => {
  test.each([
    [PAPER, `https://doi.org/${PAPER}`],
    [SICI, 'https://doi.org/10.1002/(SICI)1096-9861(19971020)387:2%3C167::AID-CNE1%3E3.0.CO;2-Z'],
    ['10.1234/a?b#c%d', 'https://doi.org/10.1234/a%3Fb%23c%25d'],
    ["10.1234/o'b[c]", 'https://doi.org/10.1234/o%27b%5Bc%5D'],
    ['10.1234/ü', 'https://doi.org/10.1234/%C3%BC'],
    ['10.1234/\ud800', 'https://doi.org/10.1234/%EF%BF%BD'],
  ])('%s is encoded', (doi, address) => expect(doiAddress(doi)).toBe(address));

  test('is read as the same DOI', () => {
    for (const doi of [PAPER, SICI, LOWER_SICI, '10.1234/a?b#c', '10.1234/ü(x)']) {
      expect(parseDoi(doiAddress(doi))).toBe(doi);
    }
  });
});

test('the forms that every program reads are distinguished from the others', () => {
  for (const text of [PAPER, `doi:${PAPER}`, `DOI:${PAPER}`, doiAddress(PAPER), doiAddress(SICI)])
    expect(isOrdinaryDoiForm(text), text).toBe(true);
  for (const text of [
    `doi.org/${PAPER}`,
    `DOI ${PAPER}`,
    `${PAPER}.`,
    ` ${PAPER}`,
    `doi: ${PAPER}`,
  ])
    expect(isOrdinaryDoiForm(text), text).toBe(false);
});

test.each([
  ['10.80507/dandi.123456/0.123456.1234', true],
  ['10.48324/dandi.123456/0.123456.1234', true],
  ['10.48324/dandi.123456', true],
  ['10.48324/dandi.000004/0.220126.1852', false],
  ['10.48324/dandi.000004/0.123456.1234', false],
  ['10.48324/dandi.1234567', false],
  ['10.12345/dandi.123456/0.220126.1852', false],
  ['10.12345/lab.123456/0.220126.1852', false],
  ['10.5281/zenodo.1234567', false],
  ['10.1101/123456', false],
])('%s is a placeholder: %s', (doi, expected) => expect(isPlaceholderDoi(doi)).toBe(expected));
