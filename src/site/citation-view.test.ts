import { expect, test } from 'vitest';
import { citedFacts, person } from '../testing/cited-facts.ts';
import { citationView } from './citation-view.ts';

const FOLDER = '/archive/dandiset/000004/0.220126.1852/';
const ADDRESS = 'https://doi.org/10.48324/dandi.000004/0.220126.1852';

test('the frozen citation comes first, its address apart, then other forms and files', () => {
  const citation = `Kang, Di (2022) Units. ${ADDRESS}`;
  const view = citationView(citedFacts({ citation }), FOLDER);
  expect(view).toMatchObject({ whole: citation, text: 'Kang, Di (2022) Units. ', href: ADDRESS });
  expect(view?.note).toBeUndefined();
  expect(view?.forms.map(({ name }) => name)).toEqual([
    'APA',
    'Vancouver',
    'Chicago',
    'Harvard',
    'IEEE',
    'Data availability',
    'Methods',
    'BibTeX',
  ]);
  expect(view?.files.map(({ href }) => href)).toEqual(
    ['citation.txt', 'citation.bib', 'citation.ris', 'citation.csl.json', 'CITATION.cff'].map(
      (name) => FOLDER + name,
    ),
  );
});

test('a frozen citation with an address that nobody should follow is text alone', () => {
  const citation = 'Kang, Di (2022) Units. https://user:secret@elsewhere.example/';
  expect(citationView(citedFacts({ citation }), FOLDER)?.href).toBeUndefined();
});

test('another year than that of publication is told, and a missing citation', () => {
  const later = citationView(citedFacts({ citation: 'Kang, Di (2023) Units.' }), FOLDER);
  expect(later?.note).toContain('says 2023. The version was published in 2022');
  expect(citationView(citedFacts(), FOLDER)?.note).toContain('No citation was frozen');
});

test('a withdrawn version keeps its citations, a draft has none', () => {
  const withdrawn = citationView(citedFacts({}, { status: 'withdrawn' }), FOLDER);
  expect(withdrawn?.files).toHaveLength(5);
  const draft = citedFacts({}, { status: 'draft', version: 'draft' });
  expect(citationView(draft, FOLDER)).toBeUndefined();
});

test('what would weigh on the page is in its file only', () => {
  const contributor = Array.from({ length: 2000 }, (_, index) => person(`Family${index}, Ann`));
  const view = citationView(citedFacts({ contributor }), FOLDER);
  expect(view?.forms.map(({ name }) => name)).not.toContain('BibTeX');
  expect(view?.files.map(({ name }) => name)).toContain('BibTeX');
});
