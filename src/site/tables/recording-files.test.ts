import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { memoryTree } from '../../adapters/content-files/memory-tree.ts';
import { recordingListText } from '../../core/recordings/recording-list.ts';
import { loadCatalog } from '../catalog/catalog.ts';
import { recordingFiles } from './recording-files.ts';

const BLOB = 'b'.repeat(64);
const OTHER = 'c'.repeat(64);
const LIST = 'a'.repeat(64);
const ARCHIVE = {
  name: 'Lab',
  identifierPrefix: 'LAB',
  site: 'https://lab.example/',
  repository: 'https://github.com/lab/archive',
  stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
};

const asset = (path: string, blob: string): string =>
  JSON.stringify({
    asset_id: path,
    blob,
    path,
    size: 1,
    metadata: { variableMeasured: [{ value: 'LFP' }] },
  });

async function rowsOf(list: string | undefined): Promise<Record<string, unknown>[]> {
  const catalog = await loadCatalog({
    tree: memoryTree({
      'archive.json': JSON.stringify(ARCHIVE),
      'dandisets/000/000001/draft/dandiset.json': '{"name": "One"}',
      'dandisets/000/000001/draft/assets.jsonl': `${asset('a.nwb', BLOB)}\n${asset('b.nwb', OTHER)}\n`,
      'dandisets/000/000001/derived.json': JSON.stringify({ recordings: LIST }),
    }),
    base: '/',
    readStoredList: (sha256) =>
      Promise.resolve(
        sha256 === LIST && list !== undefined ? new TextEncoder().encode(list) : undefined,
      ),
  });
  for await (const { path, contents } of recordingFiles(catalog)) {
    expect(path).toBe('search/recordings.parquet');
    const bytes = contents as Uint8Array;
    return parquetReadObjects({ file: bytes.slice().buffer as ArrayBuffer });
  }
  return [];
}

describe('the table of recordings', () => {
  it('has what was read from bytes, with its types, and the record of other files', async () => {
    const rows = await rowsOf(
      recordingListText([
        {
          blob: BLOB,
          object: '/units',
          type: 'Units',
          units: 312,
          shape: [3, 4],
          rate: 29.97,
          regions: ['CA1', 'DG'],
        },
      ]),
    );
    expect(rows).toMatchObject([
      {
        dandiset: 'LAB:000001',
        version: 'draft',
        path: 'a.nwb',
        source: 'file',
        blob: BLOB,
        units: 312n,
        shape: [3n, 4n],
        rate: 29.97,
        regions: ['CA1', 'DG'],
        zarr: null,
      },
      { path: 'b.nwb', source: 'record', type: 'LFP', units: null, regions: [] },
    ]);
  });

  it('has records alone where the list is not reachable, or damaged', async () => {
    for (const list of [undefined, 'damaged\n'])
      expect((await rowsOf(list)).map(({ source }) => source)).toEqual(['record', 'record']);
  });
});
