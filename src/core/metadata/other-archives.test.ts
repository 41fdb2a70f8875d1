import { expect, test } from 'vitest';
import { alsoAvailableAt } from './other-archives.ts';

test('a Dandiset in a known archive links to its page there', () => {
  const sameAs = [
    'dandi://DANDI/000004',
    'dandi://DANDI/000004@0.220126.1852',
    'dandi://DANDI-SANDBOX/200001@draft',
    'dandi://EMBER-DANDI/000007@0.250101.1200/sub-1/a b.nwb',
    'dandi://LINC/000012/sub-2/',
  ];
  expect(alsoAvailableAt({ sameAs })).toEqual([
    { name: 'DANDI:000004', href: 'https://dandiarchive.org/dandiset/000004' },
    {
      name: 'DANDI:000004/0.220126.1852',
      href: 'https://dandiarchive.org/dandiset/000004/0.220126.1852',
    },
    {
      name: 'DANDI-SANDBOX:200001/draft',
      href: 'https://sandbox.dandiarchive.org/dandiset/200001/draft',
    },
    {
      name: 'EMBER-DANDI:000007/0.250101.1200',
      href: 'https://dandi.emberarchive.org/dandiset/000007/0.250101.1200/files?location=sub-1/a%20b.nwb',
      note: 'sub-1/a b.nwb',
    },
    {
      name: 'LINC:000012',
      href: 'https://lincbrain.org/dandiset/000012/draft/files?location=sub-2/',
      note: 'sub-2/',
    },
  ]);
});

test('one in an unknown archive is named, and not linked', () => {
  const sameAs = ['dandi://LAB-DANDI/000004@0.220126.1852', 'dandi://constructor/000001'];
  expect(alsoAvailableAt({ sameAs })).toEqual([
    { name: 'LAB-DANDI:000004/0.220126.1852' },
    { name: 'CONSTRUCTOR:000001' },
  ]);
});

test('what is not such an address is shown as it is, and linked only if it is a web address', () => {
  const sameAs = [
    'https://archive.example/data/4',
    'javascript:alert(1)',
    'dandi://DANDI/000004/../../x',
    ' ',
    7,
    { name: 'x' },
  ];
  expect(alsoAvailableAt({ sameAs })).toEqual([
    { name: 'https://archive.example/data/4', href: 'https://archive.example/data/4' },
    { name: 'javascript:alert(1)' },
    { name: 'dandi://DANDI/000004/../../x' },
  ]);
  expect(alsoAvailableAt({})).toEqual([]);
});
