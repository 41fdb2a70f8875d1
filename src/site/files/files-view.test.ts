import { describe, expect, it } from 'vitest';
import { memoryTree } from '../../adapters/content-files/memory-tree.ts';
import { loadCatalog, type Catalog, type VersionEntry } from '../catalog/catalog.ts';
import { fileListFiles } from './file-lists.ts';
import type { FileRow, Shard } from './file-shards.ts';
import { filesView, type FilesData, type FilesView } from './files-view.ts';

const UUID = '0a1b2c3d-0000-4000-8000-000000000001';
const SHA256 = 'ab'.repeat(32);
const ETAG = `${'cd'.repeat(16)}-2`;

function asset(path: string, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    blob: SHA256,
    path,
    size: 10,
    modified: '2024-05-06T07:08:09Z',
    metadata: { encodingFormat: 'application/x-nwb', digest: { 'dandi:sha2-256': SHA256 } },
    ...more,
  });
}

interface Held {
  /** Lines of the list next to the record. */
  lines?: readonly string[];
  /** What a store holds instead. */
  stored?: string;
  store?: object;
  base?: string;
}

async function catalogOf({ lines, stored, store, base = '/' }: Held): Promise<Catalog> {
  const folder = 'dandisets/000/000001/draft';
  const reference = JSON.stringify({ sha256: SHA256, size: 30_000_000, count: 2 });
  return loadCatalog({
    tree: memoryTree({
      'archive.json': JSON.stringify({
        name: 'Lab',
        identifierPrefix: 'LAB',
        site: 'https://lab.example/',
        stores: [store ?? { kind: 'folder', path: 'storage', url: '/storage/' }],
        repository: 'https://code.example/lab',
        licenses: [],
      }),
      [`${folder}/dandiset.json`]: JSON.stringify({
        name: 'A <b> "name"',
        assetsSummary: { numberOfFiles: 12, numberOfBytes: 3_400 },
      }),
      ...(lines && { [`${folder}/assets.jsonl`]: lines.map((line) => `${line}\n`).join('') }),
      ...(stored !== undefined && { [`${folder}/assets.ref.json`]: reference }),
    }),
    base,
    readStoredList: async () => (stored ? new TextEncoder().encode(stored) : undefined),
  });
}

function draftOf(catalog: Catalog): VersionEntry {
  return catalog.dandisets[0]!.draft!;
}

async function viewOf(held: Held): Promise<FilesView> {
  const catalog = await catalogOf(held);
  return filesView(catalog, catalog.dandisets[0]!, draftOf(catalog));
}

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => asset(`sub-${at % 9}/${at}.nwb`));

describe('filesView', () => {
  it('distinguishes the states of a list', async () => {
    const statement = async (held: Held): Promise<string | undefined> =>
      (await viewOf(held)).statement;
    expect(await statement({ lines: [asset('a.nwb')] })).toBeUndefined();
    expect(await statement({ lines: [] })).toBe('This draft has no files yet.');
    expect(await statement({})).toBe(
      'This archive does not hold the list of files of this version; its record claims 12 files, 3.40 kB.',
    );
    expect(await statement({ stored: '' })).toContain('(2 files, 3.40 kB) is kept in the archive');
    expect(await statement({ stored: `${asset('a.nwb')}\n` })).toBeUndefined();
  });

  it('lists the top folder, and every folder of a small list as a separate section', async () => {
    const view = await viewOf({ lines: [asset('b/c/x.nwb'), asset('b/y.nwb'), asset('a.nwb')] });
    expect(view.totals).toBe('3 files, 30 B');
    expect(view.sections.map(({ id, summary }) => [id, summary])).toEqual([
      ['folder-0', '1 folder, 3 files, 30 B'],
      ['folder-1', '1 folder, 2 files, 20 B'],
      ['folder-2', '1 file, 10 B'],
    ]);
    expect(view.sections[0]?.rows[0]).toMatchObject({
      name: 'b',
      href: '#folder-1',
      files: '2 files',
    });
    expect(view.sections[2]?.crumbs).toEqual([
      { text: 'All files', href: '#folder-0' },
      { text: 'b', href: '#folder-1' },
      { text: 'c', href: '#folder-2' },
    ]);
    const large = await viewOf({ lines: many(201), base: '/lab/' });
    expect(large.sections).toHaveLength(1);
    expect(large.sections[0]?.rows[0]).toMatchObject({
      href: '/lab/dandiset/000001/draft/files/?location=sub-0/',
    });
  });

  it('links bytes below the base path of a folder store, and wherever another store is', async () => {
    const href = async (held: Held): Promise<unknown> => {
      const [row] = (await viewOf({ lines: [asset('a.nwb')], ...held })).sections[0]?.rows ?? [];
      return row?.kind === 'file' ? row.download?.href : row;
    };
    expect(await href({ base: '/lab/' })).toBe(`/lab/storage/blobs/aba/bab/${SHA256}`);
    const store = { kind: 'http', url: 'https://bytes.example/x/' };
    expect(await href({ store })).toBe(`https://bytes.example/x/blobs/aba/bab/${SHA256}`);
  });

  it('shows a Zarr as one asset without a download, and an asset without a key', async () => {
    const view = await viewOf({
      lines: [asset('a.zarr', { blob: undefined, zarr: UUID }), asset('b', { blob: '../../etc' })],
    });
    expect(view.sections[0]?.rows).toMatchObject([
      { kind: 'zarr', download: undefined },
      { kind: 'file', download: undefined, digest: SHA256 },
    ]);
  });

  it('puts nothing into the page that could end its script', async () => {
    const view = await viewOf({ lines: [asset('</script><script>alert(1)</script>')] });
    expect(view.data).not.toContain('<');
    const data = JSON.parse(view.data ?? '') as FilesData;
    expect(data.shard?.parts.map((part) => part.path)).toContain('</script><script>alert(1)</');
  });

  it('links the compressed list of a store, whose lines cannot be read alone', async () => {
    const view = await viewOf({ stored: `${asset('a.nwb')}\n` });
    expect(view.list?.href).toBe(`/storage/lists/${SHA256}.gz`);
    expect((JSON.parse(view.data ?? '') as FilesData).list).toBe('');
  });
});

describe('fileListFiles', () => {
  it.each([
    [200, []],
    [201, ['files.json']],
    [2000, ['files.json']],
    [2001, ['index', '0', '1', '2', '3', '4'].map((name) => `files/${name}.json`)],
  ])('writes for %i assets %j', async (count, expected) => {
    const catalog = await catalogOf({ lines: many(count) });
    const paths = (await fileListFiles(catalog, draftOf(catalog))).map(({ path }) => path);
    expect(paths).toEqual(expected.map((name) => `dandiset/000001/draft/${name}`));
  });

  it('gives the byte range of each line, with broken lines and multi-byte characters between them', async () => {
    const lines = [
      asset('ä/😀.nwb', { note: 'µ' }),
      '{"path": "broken',
      '',
      ...many(250).map((line) => line.replace('nwb"', 'nwb😀"')),
      asset('last', { metadata: { digest: { 'dandi:dandi-etag': ETAG } } }),
    ];
    const catalog = await catalogOf({ lines });
    const [file] = await fileListFiles(catalog, draftOf(catalog));
    const bytes = (await catalog.tree.read('dandisets/000/000001/draft/assets.jsonl'))!;
    const rows = (JSON.parse(String(file?.contents)) as Shard).parts.flatMap((part) =>
      part.rows.filter((row): row is FileRow => row.length > 3).map((row) => ({ part, row })),
    );
    expect(rows).toHaveLength(252);
    for (const { part, row } of rows) {
      const line = new TextDecoder().decode(bytes.subarray(row[6], row[6] + row[7]));
      expect((JSON.parse(line) as { path: string }).path).toBe(part.path + row[0]);
    }
    // The digest is left out where the key already contains it.
    expect(rows.map(({ row }) => row[3]).filter((digest) => digest !== '')).toEqual([ETAG]);
  });

  it('writes the same bytes each time', async () => {
    const write = async (): Promise<string> => {
      const catalog = await catalogOf({ lines: many(3000) });
      return JSON.stringify(await fileListFiles(catalog, draftOf(catalog)));
    };
    expect(await write()).toBe(await write());
  });
});
