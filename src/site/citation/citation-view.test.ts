import { expect, test } from 'vitest';
import { citedFacts, person } from '../../../tests/support/records/cited-facts.ts';
import { citationView } from './citation-view.ts';

const FOLDER = '/archive/dandiset/000004/0.220126.1852/';
const ADDRESS = 'https://doi.org/10.48324/dandi.000004/0.220126.1852';

test('the frozen citation comes first, its address separate, then other forms and files', () => {
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

test('a frozen citation with an unsafe address is text alone', () => {
  const citation = 'Kang, Di (2022) Units. https://user:secret@elsewhere.example/';
  expect(citationView(citedFacts({ citation }), FOLDER)?.href).toBeUndefined();
});

test('a year other than that of publication is reported, and so is a missing citation', () => {
  const later = citationView(citedFacts({ citation: 'Kang, Di (2023) Units.' }), FOLDER);
  expect(later?.note).toContain('says 2023. The version was published in 2022');
  expect(citationView(citedFacts(), FOLDER)?.note).toContain('No citation was frozen');
});

test('an empty frozen citation is none', () => {
  for (const citation of ['', ' \n\u200b ']) {
    const view = citationView(citedFacts({ citation }), FOLDER);
    expect(view?.note).toContain('No citation was frozen');
    expect(view?.whole).toContain('(2022)');
  }
});

const ORIGINAL = 'https://dandiarchive.org/dandiset/000004/0.220126.1852';
const WITHOUT_DOI = { doi: undefined, isImported: true };
const PLACEHOLDER = 'Kang, Di (2022) Units. https://doi.org/10.80507/dandi.123456/0.123456.1234';

test('a copy without a DOI is cited where it was published, and the reason is given', () => {
  const view = citationView(
    citedFacts({ citation: PLACEHOLDER, url: ORIGINAL }, WITHOUT_DOI),
    FOLDER,
  );
  expect(view?.href).toBe(ORIGINAL);
  expect(view?.note).toBe(
    'The citation that was frozen with this version is left out: it names a placeholder instead of a DOI. This one is made from its record. The version was published without a DOI, so that its address at DANDI Archive is cited.',
  );
  for (const { name, text } of view?.forms ?? []) {
    expect([name, text.includes('archive.example')]).toEqual([name, false]);
  }
});

test.each([
  undefined,
  'https://dandiarchive.org/dandiset/000004/draft',
  'https://dandiarchive.org/dandiset/000005/0.220126.1852',
  'javascript:alert(1)//dandiset/000004/0.220126.1852',
])('a copy whose record does not name its page (%s) is cited by identifiers.org', (url) => {
  const record = url === undefined ? {} : { url };
  const view = citationView(citedFacts(record, WITHOUT_DOI), FOLDER);
  expect(view?.href).toBe('https://identifiers.org/dandi:000004/0.220126.1852');
});

test('a version of the archive itself, or one unknown to identifiers.org, is cited by its page', () => {
  const page = 'https://archive.example/dandiset/000004/0.220126.1852/';
  const own = citationView(citedFacts({ url: ORIGINAL }, { doi: undefined }), FOLDER);
  expect(own?.href).toBe(page);
  const lab = { ...WITHOUT_DOI, identifier: 'LAB-DANDI:000004' };
  expect(citationView(citedFacts({}, lab), FOLDER)?.href).toBe(page);
});

test('a frozen citation whose DOI is not registered yet was not missing', () => {
  const doi = '10.12345/dandi.000004/0.220126.1852';
  const citation = `Kang, Di (2022) Units. https://doi.org/${doi}`;
  const view = citationView(citedFacts({ citation, doi }, { doi: undefined }), FOLDER);
  expect(view?.note).toContain('its DOI is not registered yet');
});

test('a frozen citation that holds the digits 123456 elsewhere is shown', () => {
  const citation = 'Kang, Di (2022) Supplement to https://doi.org/10.5281/zenodo.1234567';
  expect(citationView(citedFacts({ citation }), FOLDER)?.whole).toBe(citation);
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
