import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json/json-text.ts';
import { accessStatements, accessWords } from './access.ts';
import { ethicsApprovals, identifierOrName, projects } from './named-things.ts';
import { relatedLink, relatedResources } from './related-resources.ts';

const related = (item: JsonObject): ReturnType<typeof relatedResources> =>
  relatedResources({ relatedResource: [item] });

describe('a related resource is one thing for its page and for citations', () => {
  test.each<[string, JsonObject, string | undefined, string | undefined]>([
    ['a DOI whose prefix is too short', { identifier: 'doi:10.1/x' }, undefined, undefined],
    ['a DOI', { identifier: 'doi:10.1234/Ab' }, '10.1234/Ab', 'https://doi.org/10.1234/Ab'],
    [
      'a DOI as address',
      { url: 'https://dx.doi.org/10.1234/a' },
      '10.1234/a',
      'https://doi.org/10.1234/a',
    ],
    [
      'blanks that cannot be seen',
      { identifier: '\u200b10.1234/a' },
      '10.1234/a',
      'https://doi.org/10.1234/a',
    ],
    ['an address of a person', { identifier: '10.1234/ada@example.org' }, undefined, undefined],
    [
      'an encoded address of a person',
      { identifier: 'doi:10.1234/ada%40example.org' },
      undefined,
      undefined,
    ],
    [
      'a DOI without https:// and with a full stop',
      { identifier: 'doi.org/10.1234/a.' },
      '10.1234/a',
      'https://doi.org/10.1234/a',
    ],
    [
      'a DOI of an older form',
      { identifier: 'doi:10.1002/(SICI)1096-9861(19971020)387:2<167::AID-CNE1>3.0.CO;2-Z' },
      '10.1002/(SICI)1096-9861(19971020)387:2<167::AID-CNE1>3.0.CO;2-Z',
      'https://doi.org/10.1002/(SICI)1096-9861(19971020)387:2%3C167::AID-CNE1%3E3.0.CO;2-Z',
    ],
    ['PubMed', { identifier: 'PMID: 123' }, undefined, 'https://pubmed.ncbi.nlm.nih.gov/123/'],
    [
      'PubMed Central',
      { identifier: 'PMC123' },
      undefined,
      'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/',
    ],
    ['arXiv', { identifier: 'arXiv:1810.11393' }, undefined, 'https://arxiv.org/abs/1810.11393'],
    [
      'a tool',
      { identifier: 'RRID:SCR_017571' },
      undefined,
      'https://scicrunch.org/resolver/RRID:SCR_017571',
    ],
    [
      'a Dandiset',
      { identifier: 'DANDI:000101' },
      undefined,
      'https://identifiers.org/dandi:000101',
    ],
    [
      'a draft at another archive',
      { identifier: 'EMBER-DANDI:000101/draft' },
      undefined,
      'https://dandi.emberarchive.org/dandiset/000101/draft',
    ],
    ['a Dandiset of an unknown archive', { identifier: 'LAB-DANDI:000101' }, undefined, undefined],
    ['a number of another list', { identifier: 'GSE:123456' }, undefined, undefined],
    [
      'an apostrophe',
      { url: "https://a.example/d'Almeida" },
      undefined,
      'https://a.example/d%27Almeida',
    ],
    [
      'a term',
      { identifier: 'UBERON:0001384' },
      undefined,
      'http://purl.obolibrary.org/obo/UBERON_0001384',
    ],
    [
      'an address',
      { identifier: 'x', url: 'https://a.example/P' },
      undefined,
      'https://a.example/P',
    ],
    ['an address with a password', { url: 'https://me:secret@a.example/' }, undefined, undefined],
  ])('%s', (_, item, doi, href) => {
    const [resource] = related({ name: 'A thing', ...item });
    expect(resource?.doi).toBe(doi);
    expect(resource?.href).toBe(href);
    expect(resource === undefined ? undefined : relatedLink(resource).href).toBe(href);
  });

  test('one with an empty identifier and an address is shown by its address', () => {
    const [resource] = related({ identifier: '', url: 'https://a.example/' });
    expect(resource && relatedLink(resource)).toEqual({
      name: 'https://a.example/',
      href: 'https://a.example/',
      relation: '',
    });
  });

  test('an address next to an identifier is shown too, unless it leads to the same place', () => {
    const besides = (item: JsonObject): string | undefined => {
      const [resource] = related({ name: 'A thing', ...item });
      return resource && relatedLink(resource).besides;
    };
    const url = 'https://a.example/paper';
    expect(besides({ identifier: 'doi:10.1234/a', url })).toBe(url);
    expect(besides({ identifier: 'PMID:123', url })).toBe(url);
    expect(besides({ identifier: url, url: 'https://b.example/' })).toBe(url);
    for (const same of [
      'https://dx.doi.org/10.1234/A',
      'https://doi.org/https://doi.org/10.1234/a',
    ])
      expect(besides({ identifier: 'doi:10.1234/a', url: same })).toBeUndefined();
    expect(besides({ identifier: 'Paper', url })).toBeUndefined();
    const preprint = 'https://www.biorxiv.org/content/10.1101/2020.01.02.892000v2';
    expect(besides({ url: preprint })).toBe(preprint);
  });

  test('one without content is none', () => {
    expect(related({ identifier: ' ', url: '\u200b', name: '' })).toEqual([]);
  });
});

test('a name that is empty does not hide the identifier', () => {
  const [approval] = ethicsApprovals({ ethicsApproval: [{ name: '', identifier: 'IRB-1' }] });
  expect(approval).toEqual({ name: 'IRB-1', identifier: 'IRB-1' });
  expect(approval && identifierOrName(approval)).toBe('IRB-1');
});

test('a project that has an address alone is present in exports too', () => {
  expect(projects({ wasGeneratedBy: [{ url: 'https://a.example/' }] })).toEqual([
    { name: 'https://a.example/', href: 'https://a.example/' },
  ]);
});

test('an access statement without a status says so on the page', () => {
  const statements = accessStatements({
    access: [{ status: 'dandi:EmbargoedAccess', embargoedUntil: '2030-01-01' }, {}],
  });
  expect(statements.map(accessWords)).toEqual(['embargoed access, until 2030-01-01', 'not stated']);
});
