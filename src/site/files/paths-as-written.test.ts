// A path is an identifier: every list, document and checksum has it byte for byte, whatever it looks like,
// and no two of them look the same on a page.

import { expect, test } from 'vitest';
import { memoryTree } from '../../adapters/content-files/memory-tree.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { loadCatalog, type Catalog } from '../catalog/catalog.ts';
import type { FileRow, Shard } from './file-shards.ts';
import { filesView } from './files-view.ts';
import { siteFiles } from '../site-files.ts';

const PATHS = [
  'a@b.txt',
  'sub-S/img@2x.png',
  'sub-S/img@3x.png',
  'sub-S/logo@2x.png',
  'jane@lab.example.org/notes.txt',
  'a  b.nwb',
  'a b.nwb',
  'a\u00a0b.nwb',
  'a b.nwb ',
  ' a b.nwb',
  'a\u200b b.nwb',
  'a\u202e b.nwb',
  'caf\u00e9.nwb',
  'cafe\u0301.nwb',
  `${'x'.repeat(600)}.nwb`,
  `${'x'.repeat(601)}.nwb`,
].sort(compareUtf8);

const VERSION = '0.240101.0000';
const FOLDER = `dandiset/000001/${VERSION}`;

async function catalogOf(paths: readonly string[]): Promise<Catalog> {
  const folder = `dandisets/000/000001/${VERSION}`;
  const lines = paths.map((path, at) => {
    const sha256 = at.toString(16).padStart(64, '0');
    const digest = { 'dandi:sha2-256': sha256 };
    const metadata = { path, encodingFormat: 'image/png', digest, keywords: ['jane@example.org'] };
    return `${JSON.stringify({ asset_id: `${at}`, blob: sha256, path, size: 10, metadata })}\n`;
  });
  return loadCatalog({
    tree: memoryTree({
      'archive.json': JSON.stringify({
        name: 'Lab',
        identifierPrefix: 'LAB',
        site: 'https://lab.example/',
        stores: [{ kind: 'http', url: 'https://bytes.example/' }],
        repository: 'https://code.example/lab',
        licenses: [],
      }),
      [`${folder}/dandiset.json`]: JSON.stringify({ identifier: 'LAB:000001', name: 'A name' }),
      [`${folder}/assets.jsonl`]: lines.join(''),
      [`${folder}/manifest.json`]: '{}',
    }),
    base: '/',
    readStoredList: async () => undefined,
  });
}

async function filesOf(catalog: Catalog): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { path, contents } of siteFiles(catalog)) files.set(path, contents.toString());
  return files;
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('the API, the checksums and every export carry paths as they are', async () => {
  const files = await filesOf(await catalogOf(PATHS));
  const read = (path: string): unknown => JSON.parse(files.get(path) ?? 'null');

  const api = `api/dandisets/000001/versions/${VERSION}/assets`;
  const { results } = read(`${api}/index.html`) as {
    results: { path: string; metadata: { path: string; keywords: string[] } }[];
  };
  expect(results.map(({ path }) => path)).toEqual(PATHS);
  expect(results.map(({ metadata }) => metadata.path)).toEqual(PATHS);
  expect(new Set(results.flatMap(({ metadata }) => metadata.keywords))).toEqual(
    new Set(['[e-mail]']),
  );
  const top = read(`${api}/paths/index.html`) as { results: { path: string }[] };
  expect(top.results.map(({ path }) => path)).toEqual([
    ...new Set(PATHS.map((path) => path.split('/')[0])),
  ]);

  const sums = files.get(`${FOLDER}/files.sha256`) ?? '';
  expect(
    sums
      .split('\n')
      .slice(0, -1)
      .map((line) => line.slice(66)),
  ).toEqual(PATHS);

  const crate = `000001-${VERSION}-ro-crate-metadata.json`;
  for (const name of [crate, 'croissant.jsonld', 'schema.jsonld']) {
    const texts = new Set(textsIn(read(`${FOLDER}/${name}`)));
    expect(PATHS.filter((path) => !texts.has(path))).toEqual([]);
  }
});

test('the page names each file distinctly, and its rows have the names as they are', async () => {
  const catalog = await catalogOf(PATHS);
  const dandiset = catalog.dandisets[0]!;
  const view = await filesView(catalog, dandiset, dandiset.newest!);
  const shard = (JSON.parse(view.data ?? '{}') as { shard: Shard }).shard;
  const listed = shard.parts.flatMap(({ path, rows }) =>
    rows.filter((row): row is FileRow => row.length > 3).map((row) => path + row[0]),
  );
  expect(listed.sort(compareUtf8)).toEqual(PATHS);

  const [top] = view.sections;
  const names = (top?.rows ?? []).map(({ name }) => name);
  expect(new Set(names.map((name) => name.replace(/\s+/g, ' ').trim())).size).toBe(names.length);
  expect(names.join('')).not.toMatch(/[\u00a0\u200b\u202e\u0301]/);
  expect(names).toContain('a@b.txt');
  expect(names).toContain('a\\u{202e} b.nwb');
  const downloads = (top?.rows ?? []).flatMap((row) =>
    row.kind === 'file' ? [row.download?.saveAs] : [],
  );
  expect(downloads.sort()).toEqual(PATHS.filter((path) => !path.includes('/')).sort());
});
