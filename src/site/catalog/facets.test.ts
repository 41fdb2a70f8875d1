import { expect, it } from 'vitest';
import { toVocabulary } from '../../core/vocabulary/vocabulary.ts';
import { contributors } from '../../core/metadata/people.ts';
import { facetValues, NO_VOCABULARIES, slugOf } from './facets.ts';

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
  const values = facetValues(record, undefined, contributors(record), NO_VOCABULARIES);
  expect(values.map(({ kind, slug }) => [kind, slug])).toEqual([
    ['licence', 'CC-BY-4.0'],
    ['licence', undefined],
    ['licence', undefined],
    ['person', '0000-0001-2345-6789'],
    ['funder', '01cwqze88'],
  ]);
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
