// Combining marks in a row cost the square of their number: no more than a few of a stranger's text are ever
// brought to Unicode's normal forms.

import { describe, expect, it } from 'vitest';
import { normalisedBy } from '../../../tests/support/records/normalised-texts.ts';
import { creatorName } from '../citations/creator-name.ts';
import { suggestTerms } from '../editing/suggest-terms.ts';
import { parsePersonName } from '../metadata/person-name.ts';
import { foldedWords } from './fold.ts';
import { slugFor } from '../submission/submission-target.ts';
import { toVocabulary } from '../vocabulary/vocabulary.ts';
import { MOST_MARKS } from './normal-form.ts';

const MARKS: Record<string, string> = {
  'marks of two kinds': '\u0344\u0345'.repeat(5000),
  'marks of Japanese, which are letters': '\uff9e\u0345'.repeat(5000),
  'marks beyond the first plane': '\u{1d165}\u0345'.repeat(5000),
};
const terms = (name: string) => ({ terms: [{ name, synonyms: [name] }] });
const USES: Record<string, (text: string) => unknown> = {
  'a term that is looked up': (text) => toVocabulary(terms('Mus musculus')).find(text),
  'a term of a vocabulary': (text) => toVocabulary(terms(text)),
  'a term that is typed': (text) => suggestTerms(toVocabulary(terms(text)).terms, text),
  'words of the search': foldedWords,
  'the name of a person': (text) => parsePersonName(`Doe${text}, Jo`),
  'the name of a creator': (text) => creatorName({ name: text }),
  'the title of a submission': slugFor,
};

describe.each(Object.entries(MARKS))('%s', (_kind, marks) => {
  it.each(Object.entries(USES))('few in a row are normalised in %s', (_use, run) => {
    const { characters, marksInARow } = normalisedBy(() => run(`a${marks}`));
    expect(marksInARow).toBeLessThanOrEqual(MOST_MARKS);
    expect(characters).toBeLessThanOrEqual(marks.length);
  });
});

it('names of terms over 1,000 characters are never compared', () => {
  const long = 'é'.repeat(1001);
  const { terms: kept, find } = toVocabulary(terms(long));
  expect(kept).toHaveLength(1);
  expect(normalisedBy(() => expect(find(long)).toBeUndefined()).characters).toBe(0);
  const longest = 'é'.repeat(1000);
  expect(toVocabulary(terms(longest)).find(longest.toUpperCase())?.name).toBe(longest);
});

it('what people write keeps its marks', () => {
  const vietnamese = 'Nguye\u0302\u0303n';
  expect(creatorName({ name: vietnamese })).toEqual({ literal: 'Nguyễn' });
  expect(toVocabulary(terms('Größe')).find('gro\u0308ße')?.name).toBe('Größe');
  expect(foldedWords('Nguyễn Ångström')).toEqual(['nguyen', 'angstrom']);
});
