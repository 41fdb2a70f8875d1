import { expect, test } from 'vitest';
import { parsePastedAddress } from './pasted-address.ts';
import { queryOfPage } from './value-page.ts';

const dandi = { prefix: 'DANDI', site: 'https://archive.example/' };
const served = ['http://localhost:4321/base/'];

test.each([
  ['https://dandiarchive.org/dandiset/000054/0.210819.1547', '0.210819.1547'],
  ['http://www.dandiarchive.org/dandiset/000054/0.210819.1547/', '0.210819.1547'],
  ['dandiarchive.org/dandiset/000054', undefined],
  ['https://dandiarchive.org/#/dandiset/000054', undefined],
  ['https://gui.dandiarchive.org/#/dandiset/000054/draft', 'draft'],
  ['https://dandiarchive.org/dandiset/000054/draft?search=mouse&pos=1', 'draft'],
  [
    'https://api.dandiarchive.org/api/dandisets/000054/versions/0.210819.1547/info/',
    '0.210819.1547',
  ],
  ['https://api.dandiarchive.org/api/dandisets/000054/', undefined],
  ['identifiers.org/dandi:000054', undefined],
  ['https://identifiers.org/DANDI:000054/draft', 'draft'],
  ['https://doi.org/10.48324/dandi.000054/0.210819.1547', '0.210819.1547'],
  ['https://archive.example/dandiset/000054/', undefined],
  ['http://localhost:4321/base/dandiset/000054/draft/', 'draft'],
  ['localhost:4321/base/dandiset/000054/draft/files?location=sub-01/', 'draft'],
  ['DANDI:000054', undefined],
])('%s names a Dandiset', (text, version) => {
  const found = parsePastedAddress(text, dandi, served);
  expect([found?.number, found?.version]).toEqual(['000054', version]);
});

test.each([
  'https://elsewhere.example/dandiset/000054/',
  '10.1038/s41586-020-2649-2',
  'two-photon',
  'a.b/',
])('%s names none', (text) => expect(parsePastedAddress(text, dandi, served)).toBeUndefined());

test('an archive of another name does not take the addresses of DANDI for its own', () => {
  const own = { prefix: 'DEMO-DANDI', site: 'https://archive.example/' };
  const text = 'https://dandiarchive.org/dandiset/000054';
  expect(parsePastedAddress(text, own)).toBeUndefined();
  expect(parsePastedAddress(text, own, ['https://dandiarchive.org/'])?.number).toBe('000054');
});

test('the address of a page of one value is the operator of the value', () => {
  const of = (path: string): string | undefined => queryOfPage(`${served[0]}${path}`, served);
  expect(of('species/NCBITaxon_10090/')).toBe('species:"=NCBITaxon_10090"');
  expect(of('person/0000-0001-2345-6789/?x')).toBe('contributor:"=0000-0001-2345-6789"');
  expect(of('handbook/data/')).toBeUndefined();
  expect(of('species/%E0/')).toBeUndefined();
  expect(queryOfPage('species/NCBITaxon_10090/', served)).toBeUndefined();
});
