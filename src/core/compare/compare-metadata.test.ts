import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json/json-text.ts';
import { changedPart } from './changed-part.ts';
import { compareMetadata, type FieldChange } from './compare-metadata.ts';

const words = ({ kind, path, before, after }: FieldChange): string =>
  [kind, path.join(' › '), before, after]
    .filter((part) => part !== undefined)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(' | ');

const differences = (before: JsonObject, after: JsonObject): string[] =>
  compareMetadata(before, after).changes.map(words);

describe('fields', () => {
  test('are added, removed and changed', () => {
    expect(
      differences({ name: 'A', keywords: ['x', 'y'] }, { name: 'B', keywords: ['y', 'z'] }),
    ).toEqual(['changed | name | A | B', 'removed | keywords | x', 'added | keywords | z']);
    expect(differences({ acknowledgement: '' }, { protocol: [] })).toEqual([
      'removed | acknowledgement | ',
      'added | protocol | []',
    ]);
  });

  test('the order of keys is not a change, what the archive writes is named separately', () => {
    const found = compareMetadata(
      { name: 'A', version: 'draft', about: { a: 1, b: 2 } },
      { version: '0.1', about: { b: 2, a: 1 }, name: 'A', citation: 'x' },
    );
    expect(found).toEqual({ changes: [], count: 0, computed: ['version', 'citation'] });
  });

  test('keys of objects that have a meaning elsewhere are keys like any other', () => {
    const hostile = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as JsonObject;
    expect(differences({}, hostile)).toEqual([
      'added | __proto__ | {"a":1}',
      'added | constructor | 2',
    ]);
    expect(differences(hostile, hostile)).toEqual([]);
  });
});

describe('things in lists', () => {
  const person = (name: string, more: JsonObject = {}): JsonObject => ({
    schemaKey: 'Person',
    name,
    ...more,
  });

  test('are matched by what they are, not by their position', () => {
    const before = { contributor: [person('Doe, Jane', { roleName: ['a'] }), person('Roe, Max')] };
    const after = {
      contributor: [
        person('New, One'),
        person('Doe, Jane', { roleName: ['a', 'b'], identifier: '0000-1' }),
        person('Roe, Max'),
      ],
    };
    expect(differences(before, after)).toEqual([
      'added | contributor › Doe, Jane › roleName | b',
      'added | contributor › Doe, Jane › identifier | 0000-1',
      'added | contributor › New, One | {"schemaKey":"Person","name":"New, One"}',
    ]);
  });

  test('an identifier says more than a name', () => {
    const id = { identifier: '0000-1' };
    expect(
      differences(
        { contributor: [person('Doe, J.', id)] },
        { contributor: [person('Doe, Jane', id)] },
      ),
    ).toEqual(['changed | contributor › Doe, Jane › name | Doe, J. | Doe, Jane']);
  });

  test('another order is one difference', () => {
    expect(
      differences(
        { contributor: [person('A'), person('B')] },
        { contributor: [person('B'), person('A')] },
      ),
    ).toEqual(['reordered | contributor | ["A","B"] | ["B","A"]']);
  });

  test('without a name they are matched in turn', () => {
    expect(differences({ a: [{ x: 1 }, { x: 2 }] }, { a: [{ x: 1 }, { x: 3 }, { x: 4 }] })).toEqual(
      ['changed | a › #2 › x | 2 | 3', 'added | a › #3 | {"x":4}'],
    );
  });
});

test('a record of any size is compared; what is listed is bounded, what is counted is not', () => {
  const keywords = (prefix: string): string[] =>
    Array.from({ length: 100_000 }, (_, at) => `${prefix}${at}`);
  const found = compareMetadata({ keywords: keywords('a') }, { keywords: keywords('b') }, 10);
  expect([found.changes.length, found.count]).toEqual([10, 200_000]);
});

describe('the part in which two texts differ', () => {
  test('is whole words, with a little around it', () => {
    expect(changedPart('cells were recorded twice', 'cells were recorded once')).toEqual({
      lead: 'cells were recorded ',
      before: 'twice',
      after: 'once',
      tail: '',
    });
    const long = 'word '.repeat(5000);
    const part = changedPart(`${long}mouse ${long}`, `${long}rat ${long}`);
    expect([part.before, part.after]).toEqual(['mouse', 'rat']);
    expect(part.lead.length + part.tail.length).toBeLessThan(130);
  });

  test('of a text that goes on is what was added', () => {
    expect(changedPart('Recorded twice.', 'Recorded twice. And again.')).toEqual({
      lead: 'Recorded twice.',
      before: '',
      after: ' And again.',
      tail: '',
    });
  });

  test('of a text that was repeated is what was added', () => {
    const part = changedPart('a b', 'a b a b');
    expect(part.lead + part.before + part.tail).toBe('a b');
    expect(part.lead + part.after + part.tail).toBe('a b a b');
  });
});
