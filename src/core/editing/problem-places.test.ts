import { describe, expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { checkRecord } from './check-record.ts';
import { placeInForm } from './problem-places.ts';
import { problemInForm } from './problem-words.ts';

/** What the form shows of a record, and where. */
function shown(record: object): [place: string, message: string][] {
  const problems = checkRecord({
    target: { kind: 'submission', slug: 'a' },
    text: `${JSON.stringify(record, null, 2)}\n`,
    list: 'absent',
    archive: {
      name: 'A',
      identifierPrefix: 'DEMO',
      site: 'https://a.example/',
      stores: [],
      repository: 'https://forge.example/a/b',
      licenses: ['spdx:CC0-1.0'],
    },
  });
  return problems
    .filter(({ rule }) => rule === 'record-schema')
    .map((problem) => [placeInForm(problem), problemInForm(problem).message]);
}

describe('problems that the check finds', () => {
  const empty = shown({ schemaVersion: '0.7.0', schemaKey: 'Dandiset', contributor: [] });

  test('a missing field is shown at the field, by the name the form gives it', () => {
    expect(empty).toContainEqual(['/name', 'Title is needed.']);
  });

  test('an empty list is shown at the list', () => {
    expect(empty).toContainEqual(['/contributor', 'Contributors: at least one is needed.']);
  });

  test('a field that many entries lack is shown at the first of them', () => {
    const contributor = Array.from({ length: 30 }, () => ({ schemaKey: 'Person' }));
    const found = shown({ schemaVersion: '0.7.0', schemaKey: 'Dandiset', contributor });
    expect(found).toContainEqual([
      '/contributor/0/name',
      expect.stringMatching(/^Contributor 1 must have "name"\. \(The same 29 more times\.\)$/),
    ]);
  });
});

test('the words of a message move nothing in the form', () => {
  const problem: Problem = {
    rule: 'record-schema',
    severity: 'error',
    path: 'submissions/a/dandiset.json',
    pointer: '',
    keyword: 'required',
    missing: 'name',
    message: 'Il manque le titre.',
  };
  expect(placeInForm(problem)).toBe('/name');
  expect(problemInForm(problem).message).toBe('Title is needed.');
  expect(
    placeInForm({
      rule: 'record-schema',
      severity: 'error',
      path: 'submissions/a/dandiset.json',
      pointer: '/about/0',
      keyword: 'pattern',
      message: 'must have "name".',
    }),
  ).toBe('/about/0');
});
