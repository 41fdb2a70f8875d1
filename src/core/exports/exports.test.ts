// What the exports make of unusual records.

import { describe, expect, test } from 'vitest';
import { citedFacts, organization, person } from '../../../tests/support/records/cited-facts.ts';
import type { JsonObject } from '../json/json-text.ts';
import type { CitableRecordSettings } from '../metadata/citable-record.ts';
import { splitAwards } from './awards.ts';
import { croissantDataset } from './croissant.ts';
import { dataciteRecord } from './datacite.ts';
import { dataciteXml } from './datacite-xml.ts';
import type { ExportFile, ExportInput } from './export-input.ts';
import { recordJsonld } from './record-jsonld.ts';
import { roCrate } from './ro-crate.ts';
import { schemaOrgDataset } from './schema-org.ts';
import { scriptJson } from './script-json.ts';
import { landingLinks, linksetJson } from './signposting.ts';

function input(
  record: JsonObject = {},
  more: Partial<ExportInput> = {},
  settings: Partial<CitableRecordSettings> = {},
): ExportInput {
  const facts = citedFacts(record, settings);
  return {
    facts,
    site: { name: 'Test archive', url: 'https://archive.example/' },
    landing: facts.url,
    files: [],
    history: 'https://archive.example/dandiset/000004/versions/',
    ...more,
  };
}

function files(count: number): ExportFile[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `sub-${index}.nwb`,
    bytes: 1,
    url: `https://store.example/blobs/${index}`,
    encodings: ['application/x-hdf5', 'application/x-nwb'],
    sha256: 'a'.repeat(64),
    isZarr: false,
  }));
}

const list = {
  url: 'https://archive.example/assets.jsonl',
  encoding: 'application/jsonl',
  sha256: 'b'.repeat(64),
};

describe('people', () => {
  test('have one entry for each of their roles, and authors none', () => {
    const roles = ['dcite:Author', 'dcite:ContactPerson', 'dcite:Methodology', 'dcite:Software'];
    const { contributors } = dataciteRecord(
      input({ contributor: [person('Kang, Di', { roleName: roles })] }),
    );
    expect(contributors?.map(({ contributorType }) => contributorType)).toEqual([
      'ContactPerson',
      'Other',
    ]);
  });

  test('with no role but taking part in a study are in no export', () => {
    const participant = person('Doe, Jane', {
      includeInCitation: false,
      roleName: ['dcite:StudyParticipant'],
    });
    const one = input({ contributor: [person('Kang, Di'), participant] });
    for (const value of [dataciteRecord(one), schemaOrgDataset(one), roCrate(one)]) {
      expect(JSON.stringify(value)).not.toContain('Doe');
    }
  });

  test('nobody is to be cited: formats that demand a creator get the first contributor', () => {
    const one = input({ contributor: [person('Kang, Di', { includeInCitation: false })] });
    expect(dataciteRecord(one).creators.map(({ name }) => name)).toEqual(['Kang, Di']);
    expect(schemaOrgDataset(one).creator).toBeUndefined();
  });

  test('an ORCID of two persons is assigned to neither', () => {
    const identifier = '0000-0002-1825-0097';
    const one = input({
      contributor: [person('Kang, Di', { identifier }), person('Li, Wei', { identifier })],
    });
    expect(JSON.stringify(dataciteRecord(one))).not.toContain(identifier);
  });

  test('organisations with a comma stay whole', () => {
    const [creator] = dataciteRecord(
      input({ contributor: [organization('University of California, San Diego')] }),
    ).creators;
    expect(creator).toEqual({
      name: 'University of California, San Diego',
      nameType: 'Organizational',
    });
  });
});

test('with no role but paying are funders and not contributors, persons too', () => {
  const roleName = ['dcite:Funder'];
  const one = input({
    contributor: [
      person('Kang, Di'),
      person('Li, Wei', { includeInCitation: false, roleName }),
      organization('Agency', { includeInCitation: false, roleName, awardNumber: '1' }),
    ],
  });
  const { contributor, funder } = schemaOrgDataset(one);
  expect(contributor).toBeUndefined();
  expect(funder).toMatchObject([
    { '@type': 'Person', name: 'Li, Wei' },
    { '@type': 'Organization', name: 'Agency' },
  ]);
  expect(roCrate(one)['@graph'][1]).toMatchObject({ funder: [{}, {}], funding: [{}] });
});

describe('awards', () => {
  test.each([
    ['R01NS104897, U19 NS107616', ['R01NS104897', 'U19 NS107616']],
    ['1R01MH117777-01A1 and IOS-1656881', ['1R01MH117777-01A1', 'IOS-1656881']],
    ['ERC-2015-StG, 678250', ['ERC-2015-StG, 678250']],
    ['Research and Development 5', ['Research and Development 5']],
  ])('%s', (text, awards) => {
    expect(splitAwards(text)).toEqual(awards);
  });
});

describe('related resources', () => {
  const related = (item: JsonObject): object[] | undefined =>
    dataciteRecord(input({ relatedResource: [{ relation: 'dcite:IsDescribedBy', ...item }] }))
      .relatedIdentifiers;

  test.each<[JsonObject, string, string]>([
    [{ identifier: 'PMID: 12345678' }, 'PMID', '12345678'],
    [{ identifier: 'arXiv:2101.00001v2' }, 'arXiv', '2101.00001v2'],
    [{ identifier: 'RRID: SCR_017571' }, 'RRID', 'RRID:SCR_017571'],
    [
      { url: 'https://www.biorxiv.org/content/10.1101/2020.01.02.892000v2.full' },
      'DOI',
      '10.1101/2020.01.02.892000',
    ],
    [{ url: 'https://Host.example/Path?A=B' }, 'URL', 'https://Host.example/Path?A=B'],
    [{ identifier: 'doi.org/10.1000/AbC.' }, 'DOI', '10.1000/AbC'],
    [{ identifier: 'Paper', url: 'https://doi.org/https://doi.org/10.1000/a' }, 'DOI', '10.1000/a'],
  ])('%j', (item, relatedIdentifierType, identifier) => {
    expect(related(item)).toEqual([
      {
        relatedIdentifier: identifier,
        relatedIdentifierType,
        relationType: 'IsDescribedBy',
      },
    ]);
  });

  test('protocols, and what is the same, are DOIs where they are given as such', () => {
    const { relatedIdentifiers, relatedItems } = dataciteRecord(
      input({
        protocol: [
          'doi:10.17504/protocols.io.abc',
          { name: 'Staining', url: 'https://a.example/p' },
        ],
        sameAs: ['https://doi.org/10.1000/b'],
      }),
    );
    expect(relatedIdentifiers).toMatchObject([
      { relatedIdentifier: '10.1000/b', relatedIdentifierType: 'DOI' },
      { relatedIdentifier: '10.17504/protocols.io.abc', relatedIdentifierType: 'DOI' },
      { relatedIdentifier: 'https://a.example/p', relatedIdentifierType: 'URL' },
    ]);
    expect(relatedItems).toBeUndefined();
  });

  test('a version that is related to itself is one entity of the crate', () => {
    const doi = '10.48324/dandi.000004/0.220126.1852';
    const relatedResource = [{ identifier: `doi:${doi}`, relation: 'dcite:IsDescribedBy' }];
    const ids = roCrate(input({ relatedResource }, {}, { doi }))['@graph'].map((one) => one['@id']);
    expect(ids.filter((id) => id === `https://doi.org/${doi}`)).toHaveLength(1);
  });

  test('one with a title alone is an item; unknown relations are passed on as they are', () => {
    const { relatedItems } = dataciteRecord(
      input({ relatedResource: [{ name: 'A book', relation: 'dcite:Inspires' }] }),
    );
    expect(relatedItems).toEqual([
      {
        relatedItemType: 'Other',
        relationType: 'Other',
        relationTypeInformation: 'Inspires',
        titles: [{ title: 'A book' }],
      },
    ]);
  });
});

test('a version and its Dandiset name each other by their DOIs, in JSON and in XML', () => {
  const [version, whole] = ['10.5555/dandi.000004/0.220126.1852', '10.5555/dandi.000004'];
  const url = 'https://archive.example/dandiset/000004/';
  const directions: [ExportInput, string, string][] = [
    [input({}, { dandiset: { url, doi: whole } }, { doi: version }), 'IsVersionOf', whole],
    [input({}, { versions: [{ url, doi: version }] }, { doi: whole }), 'HasVersion', version],
  ];
  for (const [one, relationType, doi] of directions) {
    expect(dataciteRecord(one).relatedIdentifiers).toContainEqual({
      relatedIdentifier: doi,
      relatedIdentifierType: 'DOI',
      relationType,
      resourceTypeGeneral: 'Dataset',
    });
    expect(dataciteXml(one)).toContain(
      `<relatedIdentifier relatedIdentifierType="DOI" relationType="${relationType}" resourceTypeGeneral="Dataset">${doi}</relatedIdentifier>`,
    );
  }
});

describe('files', () => {
  test('are listed up to the limit of a format; beyond it the list is', () => {
    const of = (count: number): number[] => {
      const one = input({}, { files: files(count), list });
      return [
        schemaOrgDataset(one).distribution?.length ?? 0,
        croissantDataset(one).distribution?.length ?? 0,
      ];
    };
    expect(of(100)).toEqual([100, 100]);
    expect(of(101)).toEqual([1, 101]);
    expect(of(0)).toEqual([1, 2]);
  });

  test('a list links to the address of the store in each line, wherever it is', () => {
    const one = (storedFirst: boolean): string =>
      JSON.stringify(croissantDataset(input({}, { list: { ...list, storedFirst } })));
    expect(one(false)).toContain('contentUrl[-1:]');
    expect(one(true)).toContain('contentUrl[0:1]');
  });

  test('a list without a digest is not a file of Croissant, which demands one', () => {
    const { url } = list;
    const one = input({}, { list: { url, encoding: 'application/gzip' } });
    expect(croissantDataset(one).distribution).toMatchObject([
      { '@type': 'cr:FileSet', includes: url },
    ]);
  });

  test('the same bytes at two paths are one item and one entity', () => {
    const [file] = files(1);
    const one = input({}, { files: [file!, { ...file!, path: 'copy.nwb' }] });
    const root = roCrate(one)['@graph'][1];
    expect(root?.['hasPart']).toEqual([{ '@id': file?.url }]);
    const { linkset } = JSON.parse(linksetJson(one, [])) as { linkset: { item?: object[] }[] };
    expect(linkset.map(({ item }) => item?.length)).toEqual([1, 1, undefined]);
  });

  test('a withdrawn version has none, and says what it is', () => {
    const dataset = schemaOrgDataset(input({}, {}, { status: 'withdrawn' }));
    expect(dataset).toMatchObject({
      creativeWorkStatus: 'Withdrawn',
      conditionsOfAccess: 'http://purl.org/coar/access_right/c_14cb',
      isAccessibleForFree: false,
    });
    expect(dataset.distribution).toBeUndefined();
  });
});

test('a copy without a DOI is cited at the archive of record', () => {
  const landing = 'https://dandiarchive.org/dandiset/000004/0.220126.1852/';
  const one = input({}, { landing }, { doi: undefined });
  expect(schemaOrgDataset(one)['@id']).toBe(landing);
  expect(landingLinks(one, [])).toContainEqual({ rel: 'cite-as', href: landing });
});

test('a copy without a DOI is cited where it was published, also without an archive of record', () => {
  const url = 'https://dandiarchive.org/dandiset/000004/0.220126.1852';
  const one = input({ url }, {}, { doi: undefined, isImported: true });
  expect(schemaOrgDataset(one)['@id']).toBe(url);
  expect(landingLinks(one, [])).toContainEqual({ rel: 'cite-as', href: url });
});

test('a record without a date was published on the day in the name of the version', () => {
  const one = input({ datePublished: null });
  expect(dataciteRecord(one)).toMatchObject({ publicationYear: '2022' });
  expect(dataciteRecord(one)['dates']).toContainEqual({ date: '2022-01-26', dateType: 'Issued' });
  for (const value of [schemaOrgDataset(one), croissantDataset(one)]) {
    expect(value['datePublished']).toBe('2022-01-26');
  }
});

test('text cannot end the script element that contains it', () => {
  const name = '</script><!-- <script>';
  const json = scriptJson(schemaOrgDataset(input({ name })));
  expect(json).not.toContain('<');
  expect(JSON.parse(json)).toMatchObject({ name });
});

test('a short description is made long enough for dataset searches, in the export alone', () => {
  const one = input({ description: 'Units.' });
  expect(schemaOrgDataset(one)['description']).toBe(
    'Units. Version 0.220126.1852 of the Dandiset DANDI:000004, published by DANDI Archive.',
  );
  expect(one.facts.description).toBe('Units.');
});

test('the record as JSON-LD keeps everything but e-mail addresses', () => {
  const record: JsonObject = {
    schemaVersion: '0.6.4',
    name: 'Ask jane@lab.example',
    contributor: [{ name: 'Doe, Jane', email: 'jane@lab.example' }],
  };
  expect(JSON.parse(recordJsonld(record))).toEqual({
    '@context': 'https://raw.githubusercontent.com/dandi/schema/master/releases/0.6.4/context.json',
    schemaVersion: '0.6.4',
    name: 'Ask [e-mail]',
    contributor: [{ name: 'Doe, Jane' }],
  });
});

test('the same Dandiset in other archives is named by every export that has a term for it', () => {
  const sameAs = ['dandi://EMBER-DANDI/000007@0.250101.1200', 'dandi://LAB-DANDI/000001'];
  const one = input({ sameAs });
  const page = 'https://dandi.emberarchive.org/dandiset/000007/0.250101.1200';
  expect(schemaOrgDataset(one)['sameAs']).toContain(page);
  expect(croissantDataset(one)).toMatchObject({
    sameAs: ['https://doi.org/10.48324/dandi.000004/0.220126.1852', page],
  });
  const { relatedIdentifiers, relatedItems } = dataciteRecord(one);
  expect(relatedIdentifiers).toContainEqual({
    relatedIdentifier: page,
    relatedIdentifierType: 'URL',
    relationType: 'IsIdenticalTo',
    resourceTypeGeneral: 'Dataset',
  });
  expect(relatedItems).toEqual([
    {
      relatedItemType: 'Dataset',
      relationType: 'IsIdenticalTo',
      titles: [{ title: 'LAB-DANDI:000001' }],
    },
  ]);
  expect(JSON.stringify(roCrate(one))).toContain(page);
});
