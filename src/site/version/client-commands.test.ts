import { expect, test } from 'vitest';
import type { Archive } from '../../core/records/archive.ts';
import type { VersionEntry } from '../catalog/catalog.ts';
import { clientCommands } from './client-commands.ts';

const entry = (
  summary: Partial<VersionEntry['summary']> = {},
  status: VersionEntry['status'] = 'published',
): VersionEntry =>
  ({
    number: '000004',
    version: '0.220126.1852',
    status,
    summary: { files: 3, zarrs: 0, outsideStores: 0, countsAreClaimed: false, ...summary },
  }) as VersionEntry;

const catalog = (
  host: Archive['host'],
  { base = '/', site = 'https://lab.example/' } = {},
): Parameters<typeof clientCommands>[0] => ({
  base,
  archive: {
    name: 'Lab',
    identifierPrefix: 'LAB-DANDI',
    site,
    stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
    repository: 'https://git.example/lab',
    licenses: [],
    ...(host === undefined ? {} : { host }),
  },
});

test('a public host is named, the local server by a placeholder', () => {
  expect(clientCommands(catalog('cloudflare'), entry(), 'sub-1/')).toEqual({
    download: 'pip install dandi\ndandi download https://lab.example/dandiset/000004/0.220126.1852',
    list: 'dandi ls -r https://lab.example/dandiset/000004/0.220126.1852',
    folder: undefined,
    files: 'https://lab.example/dandiset/000004/0.220126.1852/files',
    replaced: undefined,
  });
  const local = clientCommands(catalog('local'), entry(), "O'Neil's data; rm/");
  expect(local?.replaced).toBe('http://localhost:8000/');
  expect(local?.folder).toBe(
    String.raw`dandi download 'http://localhost:8000/dandiset/000004/0.220126.1852/files?location=O'\''Neil'\''s%20data%3B%20rm/'`,
  );
});

test('nothing is offered where it would fail', () => {
  const offered = (...args: Parameters<typeof clientCommands>): boolean =>
    clientCommands(...args) !== undefined;
  expect(offered(catalog(undefined), entry())).toBe(false);
  expect(offered(catalog('github-pages'), entry())).toBe(false);
  expect(offered(catalog('s3-website'), entry())).toBe(false);
  expect(offered(catalog('netlify', { site: 'https://lab.example/archive/' }), entry())).toBe(
    false,
  );
  expect(offered(catalog('local', { base: '/archive/' }), entry())).toBe(false);
  expect(offered(catalog('netlify'), entry({}, 'withdrawn'))).toBe(false);
  expect(offered(catalog('netlify'), entry({ files: 0 }))).toBe(false);
  expect(offered(catalog('netlify'), entry({ countsAreClaimed: true }))).toBe(false);
  expect(offered(catalog('netlify'), entry({ outsideStores: 1 }))).toBe(false);
  expect(offered(catalog('cloudflare'), entry({ zarrs: 1 }))).toBe(false);
  expect(offered(catalog('local'), entry({ zarrs: 1 }))).toBe(true);
});
