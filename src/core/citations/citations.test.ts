import { describe, expect, test } from 'vitest';
import { citedFacts, person } from '../../../tests/support/records/cited-facts.ts';
import { CITATION_FORMATS } from './index.ts';
import { bibtex } from './bibtex.ts';
import { citationCff } from './citation-cff.ts';
import { chicago } from './chicago.ts';
import { harvard } from './harvard.ts';
import { ris } from './ris.ts';
import { dataAvailability, methods } from './sentences.ts';
import { computedText, divergingYear, storedText } from './stored-text.ts';

const DOI = 'https://doi.org/10.48324/dandi.000004/0.220126.1852';

describe('the plain text', () => {
  test('is the frozen citation as it is, whatever the record says', () => {
    const citation = 'Kang,  Di (2020) Another title.  [Data set]. DANDI archive.';
    expect(storedText(citedFacts({ citation }))).toBe(citation);
  });

  test('has the form of DANDI if none was frozen', () => {
    expect(storedText(citedFacts({ name: 'Units.' }))).toBe(
      `Kang, Di (2022) Units (Version 0.220126.1852) [Data set]. DANDI Archive. ${DOI}`,
    );
  });

  test('begins with the title if nobody is cited', () => {
    expect(computedText(citedFacts({ contributor: [] }))).toBe(
      `Units in the hippocampus (2022). (Version 0.220126.1852) [Data set]. DANDI Archive. ${DOI}`,
    );
  });

  test('is reported to have another year than that of publication', () => {
    const year = (citation: string, record = {}): number | undefined =>
      divergingYear(citedFacts({ citation, ...record }));
    expect(year('Kang, Di (2023) Units (2022)')).toBe(2023);
    expect(year('Kang, Di (2022) Units of Lee (2019)')).toBeUndefined();
    expect(year('Units of Lee (2019) (2023).', { contributor: [] })).toBe(2023);
    expect(year('Kang, Di. Units')).toBeUndefined();
    expect(year('Kang, Di (2023) Units', { datePublished: null })).toBeUndefined();
  });
});

describe('a draft', () => {
  const draft = citedFacts(
    { citation: 'made up', doi: '10.48324/dandi.000004/draft' },
    { version: 'draft', status: 'draft' },
  );

  test.each(CITATION_FORMATS)('has neither DOI nor year as $name, and is marked', ({ write }) => {
    const text = write(draft);
    expect(text).not.toMatch(/10\.48324|2022|2020|made up/);
    expect(text).toContain('Draft, not citable');
    expect(text).toContain('https://archive.example/dandiset/000004/0.220126.1852/');
  });
});

test.each(CITATION_FORMATS)('a withdrawn version is marked as $name', ({ id, write }) => {
  const facts = citedFacts({ citation: 'frozen' }, { status: 'withdrawn' });
  if (id === 'text') expect(write(facts)).toBe('frozen');
  else expect(write(facts)).toContain('This version was withdrawn.');
});

test.each(CITATION_FORMATS)('without DOI and date $name gives the page', ({ write }) => {
  const facts = citedFacts({ datePublished: 'soon', dateCreated: 7 }, { doi: undefined });
  expect(write(facts)).toContain('https://archive.example/dandiset/000004/0.220126.1852/');
  expect(write(facts)).not.toMatch(/undefined|NaN|null|2020/);
});

test.each(CITATION_FORMATS)('$name survives an empty record', ({ write }) => {
  const nothing = { name: null, contributor: 'nobody', license: {}, keywords: 3, description: [] };
  expect(write(citedFacts(nothing))).toContain('DANDI:000004');
});

describe('sentences for a paper', () => {
  test('name the archive, and its RRID only if it is DANDI', () => {
    expect(dataAvailability(citedFacts())).toBe(
      `The data are available from DANDI Archive (RRID:SCR_017571) as DANDI:000004, version 0.220126.1852 (licence: CC BY 4.0): ${DOI}.`,
    );
    const other = citedFacts({}, { identifier: 'LAB:000004', archive: 'Lab Archive' });
    expect(methods(other)).toBe(
      `We used the dataset “Units in the hippocampus” (Kang, 2022; LAB:000004, version 0.220126.1852) from Lab Archive: ${DOI}.`,
    );
  });

  test('list several licences without saying how they go together', () => {
    const facts = citedFacts({ license: ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'] });
    expect(dataAvailability(facts)).toContain('(licences: CC0 1.0 (public domain); CC BY 4.0)');
    expect(citationCff(facts)).not.toContain('license');
  });
});

describe('titles', () => {
  test('keep their own quotation marks, of the other kind than the style', () => {
    const facts = citedFacts({ name: 'The "what" and “where” of rats’ maps' });
    expect(chicago(facts)).toContain('“The ‘what’ and ‘where’ of rats’ maps.”');
    expect(harvard(facts)).toContain('‘The “what” and “where” of rats’ maps’.');
  });

  test('end as they end', () => {
    expect(chicago(citedFacts({ name: 'Is it so?' }))).toContain('“Is it so?” Version');
    expect(chicago(citedFacts({ name: 'It is.' }))).toContain('“It is.” Version');
    expect(chicago(citedFacts({ name: 'And so on...' }))).toContain('“And so on...” Version');
  });
});

describe('files', () => {
  const hostile = citedFacts({
    name: '50 % of {x_y} & "more": \\end{document} # ~ ^2',
    description: 'One {brace\nnext line: - item\r\nER  - \r\n---\n\u2028end',
    keywords: ['a: b', '# no comment', 'a, b', 'a: b', '\ud800'],
    contributor: [
      person('Strunk and White, Ann', {
        identifier: '0000-0002-1825-0097',
        affiliation: [{ schemaKey: 'Affiliation', name: 'Institute: "A"' }, { name: 'B' }],
      }),
    ],
  });

  test('BibTeX escapes what TeX reads, and its braces balance', () => {
    const text = bibtex(hostile);
    expect(text).toContain('author = {{Strunk and White}, Ann}');
    expect(text).toContain(
      'title = {{50} \\% of \\textbraceleft{}x\\_y\\textbraceright{} \\& "more": ',
    );
    expect(text).toContain('\\textbackslash{}end\\textbraceleft{}document\\textbraceright{}');
    let depth = 0;
    for (const mark of text) {
      depth += mark === '{' ? 1 : mark === '}' ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
  });

  test('BibTeX protects capitals and digits of a title', () => {
    expect(bibtex(citedFacts({ name: 'Units of CA1 in McDonald rats' }))).toContain(
      'title = {Units of {CA1} in {McDonald} rats}',
    );
  });

  test('RIS has one tag a line, and one end', () => {
    const lines = ris(hostile).split('\r\n');
    expect(lines.pop()).toBe('');
    expect(lines.every((line) => /^[A-Z][A-Z0-9] {2}- [^\n\r]*$/.test(line))).toBe(true);
    expect(lines.filter((line) => line.startsWith('ER'))).toEqual(['ER  - ']);
  });

  test('CFF puts every text between quotation marks', () => {
    const text = citationCff(hostile);
    expect(text).toContain('orcid: "https://orcid.org/0000-0002-1825-0097"');
    expect(text).toContain('affiliation: "Institute: \\"A\\"; B"');
    const line = /^ *(?:- )?(?:[a-z-]+:(?: "(?:[^"\\]|\\.)*")?|"(?:[^"\\]|\\.)*")$/;
    expect(text.split('\n').filter((one) => one !== '' && !line.test(one))).toEqual([]);
    expect(text.match(/"a: b"/g)).toHaveLength(1);
  });

  test('are of bounded size and made at once for a monstrous record', () => {
    const facts = citedFacts({
      name: '{'.repeat(1e6),
      description: '{% '.repeat(1e6),
      contributor: Array.from({ length: 2000 }, (_, index) => person(`Family${index}, Ann and B`)),
    });
    for (const { write } of CITATION_FORMATS) expect(write(facts).length).toBeLessThan(1e6);
  });
});
