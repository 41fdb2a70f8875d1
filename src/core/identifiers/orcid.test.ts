import { expect, test } from 'vitest';
import { pastedIdentifier } from '../editing/pasted-identifier.ts';
import { hasOrcidCheckDigit, parseOrcid } from './orcid.ts';

test('the check digit of an ORCID iD is recomputed, X included', () => {
  // The examples of ORCID's own documentation.
  expect(hasOrcidCheckDigit('0000-0002-1825-0097')).toBe(true);
  expect(hasOrcidCheckDigit('0000-0002-1694-233X')).toBe(true);
});

test('one wrong digit and two exchanged digits are found', () => {
  expect(hasOrcidCheckDigit('0000-0002-1825-0098')).toBe(false);
  expect(hasOrcidCheckDigit('0000-0002-8125-0097')).toBe(false);
});

test.each([
  '0000-0002-1694-233X',
  '0000-0002-1694-233x',
  'https://orcid.org/0000-0002-1694-233X',
  'http://www.orcid.org/0000-0002-1694-233X/',
  'orcid.org/0000-0002-1694-233x?lang=en',
  'ORCID: 0000-0002-1694-233X',
  ' ORCID iD 0000-0002-1694-233X ',
])('the ORCID iD is read from %j', (text) => expect(parseOrcid(text)).toBe('0000-0002-1694-233X'));

test.each([
  '0000-0002-1694-233',
  'https://example.org/0000-0002-1694-233X',
  '',
  '0000-0002-1694-233Xx',
])('there is none in %j', (text) => expect(parseOrcid(text)).toBeUndefined());

test.each([
  ['ORCID', 'https://orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'],
  ['ORCID', 'Adler', 'Adler'],
  ['ROR', 'ror.org/01an7q238', 'https://ror.org/01an7q238'],
  ['ROR', 'http://ROR.org/01AN7Q238/?x=y', 'https://ror.org/01an7q238'],
  ['ROR', '01an7q238', 'https://ror.org/01an7q238'],
  ['ROR', 'https://ror.org/12345', 'https://ror.org/12345'],
] as const)('pasted as %s, %s becomes %s', (list, text, written) => {
  expect(pastedIdentifier(list, text)).toBe(written);
});
