import { expect, it } from 'vitest';
import { toVocabulary } from '../../core/vocabulary/vocabulary.ts';
import { contributors } from '../../core/metadata/people.ts';
import type { JsonObject } from '../../core/json/json-text.ts';
import { facetValues, funderValues, NO_VOCABULARIES, slugOf } from './facets.ts';
import { funderRors } from './funder-rors.ts';

const species = toVocabulary({
  terms: [
    {
      identifier: 'http://purl.obolibrary.org/obo/NCBITaxon_10090',
      name: 'Mus musculus',
      commonName: 'House mouse',
      synonyms: ['Mus musculus - House mouse'],
    },
  ],
});

it('groups spellings of one species by its taxon', () => {
  const identifier = 'http://purl.obolibrary.org/obo/NCBITaxon_10090';
  const summary = {
    species: [
      { name: 'House mouse', identifier },
      { name: 'Mus musculus - House mouse' },
      { name: 'Unicorn' },
    ],
  };
  const values = facetValues({}, summary, [], { ...NO_VOCABULARIES, species });
  expect(values.map(({ slug, label }) => [slug, label])).toEqual([
    ['NCBITaxon_10090', 'Mus musculus'],
    [undefined, 'Unicorn'],
  ]);
});

it('gives people, funders and licences pages by their identifiers alone', () => {
  const record = {
    license: ['spdx:CC-BY-4.0', 'spdx:..', 'my own terms'],
    contributor: [
      { schemaKey: 'Person', name: 'Doe, Jane', identifier: '0000-0001-2345-6789' },
      { schemaKey: 'Person', name: 'Doe, Jane' },
      {
        schemaKey: 'Organization',
        name: 'Fund',
        identifier: 'https://ror.org/01cwqze88',
        roleName: ['dcite:Funder'],
      },
      { schemaKey: 'Organization', name: 'Lab', identifier: 'https://ror.org/00hx57361' },
    ],
  };
  const people = contributors(record);
  const values = [
    ...facetValues(record, undefined, people, NO_VOCABULARIES),
    ...funderValues(people, new Map()),
  ];
  expect(values.map(({ kind, slug }) => [kind, slug])).toEqual([
    ['licence', 'CC-BY-4.0'],
    ['licence', undefined],
    ['licence', undefined],
    ['person', '0000-0001-2345-6789'],
    ['funder', '01cwqze88'],
  ]);
});

it('takes a funder that lacks only its ROR for the one that others name so', () => {
  const funder = (name: string, ror?: string): JsonObject => ({
    schemaKey: 'Organization',
    name,
    roleName: ['dcite:Funder'],
    ...(ror === undefined ? {} : { identifier: `https://ror.org/${ror}` }),
  });
  const known = [
    funder('National Institutes of Health', '01cwqze88'),
    funder('Fund', '00yjd3n13'),
    funder('Fund', '0472cxd90'),
  ];
  const rors = funderRors(contributors({ contributor: known }));
  const slugs = (...names: string[]): unknown =>
    funderValues(contributors({ contributor: names.map((name) => funder(name)) }), rors).map(
      ({ slug }) => slug,
    );
  expect(slugs('national institutes of health ', 'NIH')).toEqual(['01cwqze88']);
  // Where records disagree, nothing is taken for granted.
  expect(slugs('Fund')).toEqual([]);
});

it.each([
  ['two-photon microscopy technique', 'two-photon-microscopy-technique'],
  ['../../x', 'x'],
  ['Ökologie / 生態', 'okologie-生態'],
  ['..', undefined],
  [`${'a'.repeat(119)}\u{10400}`, 'a'.repeat(119)],
])('makes a name of %j that is safe in an address', (text, slug) =>
  expect(slugOf(text)).toBe(slug),
);
