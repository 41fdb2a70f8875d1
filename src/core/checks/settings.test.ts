import { expect, test } from 'vitest';
import { PROGRAM_VOCABULARIES } from '../vocabulary/program-vocabularies.ts';
import type { JsonValue } from '../json/json-text.ts';
import { VOCABULARY } from './settings.ts';

const pointers = (value: JsonValue): (string | undefined)[] =>
  [...VOCABULARY.check({ value })].map(({ pointer }) => pointer);

test.each([...PROGRAM_VOCABULARIES])('the vocabulary %s can be used', (_, value) => {
  expect([...VOCABULARY.check({ value })]).toEqual([]);
});

test.each<[JsonValue, string]>([
  [{}, '/terms'],
  [{ terms: {} }, '/terms'],
  [{ terms: [{ synonyms: [] }] }, '/terms/0'],
  [{ terms: [{ name: 'a', synonyms: 'b' }] }, '/terms/0/synonyms'],
  [{ terms: [{ name: 'a', searchedAs: ['b', 7] }] }, '/terms/0/searchedAs/1'],
  [{ terms: [{ name: 'a', includes: Array.from({ length: 201 }, String) }] }, '/terms/0/includes'],
  [{ terms: [{ name: 'a', commonName: 'x'.repeat(1001) }] }, '/terms/0/commonName'],
  [{ terms: ['name'] }, '/terms/0'],
])('%j is reported', (value, pointer) => expect(pointers(value)).toContain(pointer));
