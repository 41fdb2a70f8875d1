import { expect, test } from 'vitest';
import type { DataTree } from '../data-tree/data-tree.ts';
import { decodeChunkTable } from './chunk-table.ts';
import { fileIndex, fileIndexText, parseFileIndex, withChunkTables } from './file-index.ts';

const SHA = 'ab'.repeat(32);
const FILE = { sha256: SHA, size: 1000, etag: 'e1' };

const TREE: DataTree = {
  format: 'hdf5',
  objects: [
    {
      kind: 'group',
      path: '/',
      attributes: JSON.parse('{"__proto__":"a name","n":["NaN",1]}'),
      attributeTypes: { n: '<f8' },
    },
    {
      kind: 'dataset',
      path: '/data',
      type: '<i2',
      shape: [4, 3],
      storage: {
        layout: 'chunked',
        chunkShape: [2, 3],
        filters: [{ id: 1, name: 'gzip', parameters: [4] }],
      },
    },
    {
      kind: 'dataset',
      path: '/table',
      type: {
        compound: [
          ['a', { enum: '|u1', members: [['x', 1]] }],
          ['b', { list: 'string' }],
        ],
      },
      shape: null,
      storage: { layout: 'compact' },
    },
    { kind: 'link', path: '/z', link: 'external', target: '/x', file: 'other.h5' },
    { kind: 'unreadable', path: '/zz', problem: 'It is damaged.' },
  ],
  namespaces: { core: '2.8.0' },
  types: { TimeSeries: { namespace: 'core', extends: ['NWBDataInterface'] } },
  omitted: ['Something.'],
};

const TABLE = { offsets: Float64Array.of(100, 200), lengths: Float64Array.of(50, 60) };

function document(
  change: (value: ReturnType<typeof JSON.parse>) => void = () => undefined,
): string {
  const { tree, chunks } = withChunkTables(TREE, new Map([['/data', TABLE]]));
  const value: unknown = JSON.parse(
    fileIndexText(fileIndex(FILE, tree, 'dandiset 1', { size: chunks.length, sha256: SHA })),
  );
  change(value);
  return JSON.stringify(value);
}

test('an index comes back, and its tables with it', () => {
  const { tree, chunks } = withChunkTables(TREE, new Map([['/data', TABLE]]));
  const parsed = parseFileIndex(document(), FILE);
  expect(parsed).toMatchObject({ ok: true });
  if (!parsed.ok) return;
  expect(parsed.index.tree).toEqual(tree);
  expect(
    Object.keys(
      parsed.index.tree.objects[0]?.kind === 'group'
        ? (parsed.index.tree.objects[0].attributes ?? {})
        : {},
    ),
  ).toContain('__proto__');
  const data = parsed.index.tree.objects[1];
  if (data?.kind !== 'dataset') throw new Error('no dataset');
  const { from, length, count } = data.storage.chunks!;
  expect(data.storage.bytes).toBe(110);
  expect(decodeChunkTable(chunks.subarray(from, from + length), count, FILE.size)).toEqual(TABLE);
});

test('an index of another file or of another version is refused', () => {
  expect(parseFileIndex(document(), { size: 1001 })).toMatchObject({ ok: false });
  expect(parseFileIndex(document(), { size: 1000, sha256: 'cd'.repeat(32) })).toMatchObject({
    ok: false,
  });
  expect(
    parseFileIndex(
      document((value) => (value.version = 2)),
      FILE,
    ),
  ).toEqual({
    ok: false,
    reason: 'The index is of another version.',
  });
});

test.each([
  ['no JSON', (): string => '{'],
  ['a list', (): string => '[]'],
  ['no tree', (): string => document((value) => delete value.tree)],
  ['a table beyond its file', (): string => document((value) => (value.chunksFile.size = 1))],
  ['a table without a file', (): string => document((value) => delete value.chunksFile)],
  [
    'a wrong number of chunks',
    (): string => document((value) => (value.tree.objects[1].storage.chunks.count = 3)),
  ],
  [
    'a shape that is no shape',
    (): string => document((value) => (value.tree.objects[1].shape = [-1, 3])),
  ],
  [
    'chunks of no length',
    (): string => document((value) => (value.tree.objects[1].storage.chunkShape = [0, 3])),
  ],
  [
    'two objects of one path',
    (): string => document((value) => (value.tree.objects[1].path = '/')),
  ],
  ['an unknown kind', (): string => document((value) => (value.tree.objects[0].kind = 'thing'))],
  [
    'an unknown type',
    (): string => document((value) => (value.tree.objects[1].type = { compound: [[1, 2]] })),
  ],
  [
    'an unknown type of an attribute',
    (): string => document((value) => (value.tree.objects[0].attributeTypes.n = 8)),
  ],
  [
    'a place outside of the file',
    (): string => document((value) => (value.tree.objects[1].storage.offset = 950)),
  ],
  [
    'values without an end',
    (): string =>
      document(
        (value) =>
          (value.tree.objects[0].attributes.n = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`)),
      ),
  ],
  ['a digest that is none', (): string => document((value) => (value.file.sha256 = '../../x'))],
])('%s is refused', (_, text) => {
  expect(parseFileIndex(text(), FILE)).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^(?:The|This).*\.$/),
  });
});
