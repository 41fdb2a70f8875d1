import { expect, test } from 'vitest';
import { indexOf, searchDocument } from '../../../tests/support/sites/small-search.ts';
import { resolveValue } from './facet-values.ts';
import type { DocumentValue } from './search-document.ts';

const funder = (id: string, label: string, spellings: string[] = []): DocumentValue => ({
  facet: 'funder',
  id,
  label,
  spellings,
});
const index = indexOf([
  searchDocument('000001', 'One', {
    values: [
      funder('01cwqze88', 'National Institutes of Health', ['NIH']),
      funder('nih', 'NIH'),
      funder('021nxhr62', 'National Science Foundation'),
      funder('???', '???'),
    ],
  }),
]);
const values = index.facets.get('funder') ?? [];

test.each([
  // Everyone with this name, with an identifier and without.
  ['NIH', ['01cwqze88', 'nih']],
  ['=NIH', ['nih']],
  ['01cwqze88', ['01cwqze88']],
  ['https://ror.org/01cwqze88/', ['01cwqze88']],
  ['=01CWQZE88', ['01cwqze88']],
  // And with them those of another of their names that lack an identifier.
  ['national', ['01cwqze88', '021nxhr62', 'nih']],
  ['institute', ['01cwqze88', 'nih']],
  ['inst', ['01cwqze88', 'nih']],
  ['science national', ['021nxhr62']],
  ['???', ['???']],
  ['=???', ['???']],
  ['nobody', []],
  ['', []],
  ['=', []],
  ['!', []],
  ['__proto__', []],
])('funder:"%s"', (typed, expected) => {
  expect(
    resolveValue(values, typed)
      .map((at) => values[at]?.id)
      .sort(),
  ).toEqual([...expected].sort());
});
