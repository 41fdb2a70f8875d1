import { expect, test } from 'vitest';
import type { JsonObject } from '../../core/json/json-text.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';
import { downloadView } from './download-view.ts';

const catalog = (identifierPrefix: string): Catalog =>
  ({
    base: '/',
    archive: {
      name: 'Lab',
      identifierPrefix,
      site: 'https://lab.example/',
      stores: [{ kind: 'http', url: 'https://store.example/' }],
      repository: 'https://git.example/lab',
      licenses: [],
    },
  }) as unknown as Catalog;

const entry = (
  summary: Partial<VersionEntry['summary']> = {},
  more: Partial<VersionEntry> = {},
): VersionEntry =>
  ({
    number: '000004',
    version: '0.220126.1852',
    status: 'published',
    list: 'record',
    summary: {
      files: 180,
      bytes: 14_700_000_000,
      zarrs: 0,
      checkable: 180,
      outsideStores: 0,
      countsAreClaimed: false,
      ...summary,
    },
    ...more,
  }) as VersionEntry;

const view = (one: VersionEntry, prefix = 'LAB', record: JsonObject = {}) =>
  downloadView(catalog(prefix), one, record);

test('the button names the size, and small lists are beside the page', () => {
  const found = view(entry());
  expect(found?.label).toBe('Download · 14.7 GB');
  expect(found?.lists.map(({ href }) => href)).toEqual(
    ['urls.txt', 'aria2.txt', 'files.sha256'].map(
      (name) => `/dandiset/000004/0.220126.1852/${name}`,
    ),
  );
  const long = view(entry({ files: 2001, checkable: 2001 }));
  expect(long?.lists.map(({ name }) => name)).toEqual(['files.sha256']);
});

test('a list that is not held here is where the record is', () => {
  const absent = entry({ countsAreClaimed: true, checkable: 0 }, { list: 'absent' });
  const found = view(absent, 'DANDI');
  expect(found?.notHeld?.href).toBe('https://dandiarchive.org/dandiset/000004/0.220126.1852/files');
  expect(found?.data.filesPage).toBe('');
  expect(found?.lists).toEqual([]);
  expect(view(absent)).toBeUndefined();
});

test('nothing is offered of an empty or a withdrawn version', () => {
  expect(view(entry({ files: 0 }))).toBeUndefined();
  expect(view(entry({}, { status: 'withdrawn' }))).toBeUndefined();
});

test('an embargo is said', () => {
  const access = [{ status: 'dandi:EmbargoedAccess', embargoedUntil: '2027-01-01' }];
  expect(view(entry(), 'LAB', { access })?.embargo).toContain('embargoed access, until 2027-01-01');
  expect(view(entry())?.embargo).toBe('');
});
