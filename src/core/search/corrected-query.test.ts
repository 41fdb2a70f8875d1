import { expect, test } from 'vitest';
import { correctedQuery } from './corrected-query.ts';
import { parseQuery } from './query.ts';

const nearest = new Map([
  ['hipocampus', ['hippocampus', 'hippocampi']],
  ['mouze', ['mouse']],
  ['xyzzyqq', []],
]);
/** Of a text in which all words that have an entry are unknown. */
const corrected = (text: string): unknown => {
  const unknown = parseQuery(text).terms.flatMap((term) =>
    nearest.has(term.text) ? [[term, [term.text]] as const] : [],
  );
  return correctedQuery(text, new Map(unknown), nearest);
};

test.each([
  ['hipocampus', 'hippocampus', '"hipocampus"'],
  [
    'mouze ca1  hipocampus status:draft',
    'mouse ca1  hippocampus status:draft',
    '"mouze" ca1  "hipocampus" status:draft',
  ],
])('%s is corrected', (text, instead, literal) => {
  expect(corrected(text)).toMatchObject({ text: instead, literal });
});

test.each(['xyzzyqq', 'hipocampus xyzzyqq', '"hipocampus"', '-hipocampus', 'mouse'])(
  '%s is not',
  (text) => expect(corrected(text)).toBeUndefined(),
);
