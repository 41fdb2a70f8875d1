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
