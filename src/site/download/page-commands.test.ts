import { describe, expect, test } from 'vitest';
import type { Archive } from '../../core/records/archive.ts';
import type { VersionEntry } from '../catalog/catalog.ts';
import { commandText, pageCommands } from './page-commands.ts';

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
  { base = '/', site = 'https://lab.example/', identifierPrefix = 'LAB-DANDI' } = {},
): Parameters<typeof pageCommands>[0] => ({
  base,
  archive: {
    name: 'Lab',
    identifierPrefix,
    site,
    stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
    repository: 'https://git.example/lab',
    licenses: [],
    ...(host === undefined ? {} : { host }),
  },
});

const lines = (
  { commands }: ReturnType<typeof pageCommands>,
  program: 'own' | 'dandi',
  folder = '',
): (string | undefined)[] =>
  commands
    .filter((one) => (one.program === 'dandi') === (program === 'dandi'))
    .map((one) => commandText(one, folder));

const CLIENT = 'npx --allow-remote=root https://lab.example/cli/dandiset.tgz';
const VERSION = 'dandiset/000004/0.220126.1852';
const DANDI = { identifierPrefix: 'DANDI' };

describe('commands of a page', () => {
  test('a public host is named, the local server by a placeholder', () => {
    const netlify = pageCommands(catalog('netlify'), entry());
    expect(lines(netlify, 'own')).toEqual([`${CLIENT} download https://lab.example/${VERSION}`]);
    expect(lines(netlify, 'dandi')).toEqual([
      `pip install dandi\ndandi download https://lab.example/${VERSION}`,
    ]);
    expect(netlify.replaced).toBeUndefined();
    expect(pageCommands(catalog('local'), entry()).replaced).toBe('http://localhost:8000/');
  });

  test('a folder is one word of a shell, and not offered to a client that its host does not answer', () => {
    const folder = "O'Neil's data; rm/";
    const location = String.raw`files?location=O'\''Neil'\''s%20data%3B%20rm/'`;
    expect(lines(pageCommands(catalog('local'), entry()), 'dandi', folder)).toEqual([
      `pip install dandi\ndandi download 'http://localhost:8000/${VERSION}/${location}`,
    ]);
    const cloudflare = pageCommands(catalog('cloudflare'), entry());
    expect(lines(cloudflare, 'own', folder)).toEqual([
      `${CLIENT} download 'https://lab.example/${VERSION}/${location}`,
    ]);
    expect(lines(cloudflare, 'dandi', folder)).toEqual([undefined]);
  });

  test('records of DANDI have DANDI’s own command, also where their list is not held here', () => {
    const held = pageCommands(catalog(undefined, DANDI), entry());
    expect(lines(held, 'own')).toEqual([`${CLIENT} download https://lab.example/${VERSION}`]);
    expect(lines(held, 'dandi')).toEqual([
      'pip install dandi\ndandi download DANDI:000004/0.220126.1852',
    ]);
    expect(lines(held, 'dandi', 'sub-1/')).toEqual([
      `pip install dandi\ndandi download 'https://dandiarchive.org/${VERSION}/files?location=sub-1/'`,
    ]);
    const claimed = pageCommands(catalog(undefined, DANDI), entry({ countsAreClaimed: true }));
    expect(lines(claimed, 'own')).toEqual([`${CLIENT} download DANDI:000004/0.220126.1852`]);
  });

  test('DANDI’s client is offered only where it works', () => {
    const offered = (...args: Parameters<typeof pageCommands>): boolean =>
      lines(pageCommands(...args), 'dandi').length > 0;
    expect(offered(catalog(undefined), entry())).toBe(false);
    expect(offered(catalog('github-pages'), entry())).toBe(false);
    expect(offered(catalog('s3-website'), entry())).toBe(false);
    const below = catalog('netlify', { site: 'https://lab.example/archive/' });
    expect(offered(below, entry())).toBe(false);
    expect(offered(catalog('local', { base: '/archive/' }), entry())).toBe(false);
    expect(offered(catalog('netlify'), entry({ outsideStores: 1 }))).toBe(false);
    expect(offered(catalog('cloudflare'), entry({ zarrs: 1 }))).toBe(false);
    expect(offered(catalog('local'), entry({ zarrs: 1 }))).toBe(true);
  });

  test('nothing is offered for a withdrawn or an empty version, or a list that nobody has', () => {
    const count = (...args: Parameters<typeof pageCommands>): number =>
      pageCommands(...args).commands.length;
    expect(count(catalog('netlify'), entry({}, 'withdrawn'))).toBe(0);
    expect(count(catalog('netlify'), entry({ files: 0 }))).toBe(0);
    expect(count(catalog('netlify'), entry({ countsAreClaimed: true }))).toBe(0);
    expect(count(catalog('github-pages'), entry())).toBe(1);
  });
});
