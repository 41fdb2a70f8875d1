import { expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { problemInForm } from './problem-words.ts';

const schema = (message: string, pointer?: string, more: Partial<Problem> = {}): Problem => ({
  rule: 'record-schema',
  severity: 'error',
  path: 'submissions/a/dandiset.json',
  message,
  hint: 'Change the value as the message says.',
  ...(pointer === undefined ? {} : { pointer }),
  ...more,
});

test('fields are called as the form calls them', () => {
  const told = [
    schema('the record must have "name".', '', { keyword: 'required', missing: 'name' }),
    schema('contributor must have at least one entry.', '/contributor', { keyword: 'minItems' }),
    schema('contributor 1 must have "name".', '/contributor/0', {
      keyword: 'required',
      missing: 'name',
    }),
    schema('about 1, identifier must be a full address, not "x".', '/about/0/identifier'),
  ].map(problemInForm);
  expect(told).toEqual([
    { message: 'Title is needed.' },
    { message: 'Contributors: at least one is needed.' },
    { message: 'Contributor 1 must have "name".' },
    { message: 'About 1, identifier must be a full address, not "x".' },
  ]);
});

test('terms are shown as words', () => {
  const { hint } = problemInForm({
    rule: 'contact-person',
    severity: 'error',
    path: 'submissions/a/dandiset.json',
    message: 'No contributor is the contact person.',
    hint: 'Give one contributor the role dcite:ContactPerson and an e-mail address.',
  });
  expect(hint).toBe('Give one contributor the role "contact person" and an e-mail address.');
});
