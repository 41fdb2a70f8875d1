import { expect, test } from 'vitest';
import { hasOrcidCheckDigit } from './orcid.ts';

test('the check digit of an ORCID iD is recomputed, X included', () => {
  // The examples of ORCID's own documentation.
  expect(hasOrcidCheckDigit('0000-0002-1825-0097')).toBe(true);
  expect(hasOrcidCheckDigit('0000-0002-1694-233X')).toBe(true);
});

test('one wrong digit and two exchanged digits are found', () => {
  expect(hasOrcidCheckDigit('0000-0002-1825-0098')).toBe(false);
  expect(hasOrcidCheckDigit('0000-0002-8125-0097')).toBe(false);
});
