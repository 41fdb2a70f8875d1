import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DataTree, TreeObject } from '../../core/data-tree/data-tree.ts';
import { describeContents } from '../../core/nwb/describe-contents.ts';
import { memoryZarr } from '../../../tests/support/zarr/folder-zarr.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { failedBytes } from '../bytes/http-bytes.ts';
import { memoryBytes } from '../bytes/memory-bytes.ts';
import { readArrayMetadata } from './array-metadata.ts';
import { omeThumbnail } from './ome-thumbnail.ts';
import { readZarrTree } from './read-zarr-tree.ts';
import { openZarrFiles } from './zarr-files.ts';
import { readBox } from './zarr-values.ts';

const GROUP = { zarr_format: 2 };

const array = (more: object = {}): object => ({
  zarr_format: 2,
  shape: [4],
  chunks: [4],
  dtype: '<i4',
  compressor: null,
  filters: null,
  fill_value: 0,
  order: 'C',
  ...more,
});

const FOUR = new Uint8Array(Int32Array.of(1, 2, 3, 4).buffer);

/** A blosc chunk whose header claims so many bytes. */
function bloscClaim(bytes: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(32));
  header.setUint8(0, 2);
  header.setUint8(1, 1);
  header.setUint32(4, bytes, true);
  header.setUint32(8, bytes, true);
  header.setUint32(12, 32, true);
  return new Uint8Array(header.buffer);
}

const at = (tree: DataTree, path: string): TreeObject | undefined =>
  tree.objects.find((one) => one.path === path);

async function only(metadata: object, chunk?: Uint8Array): Promise<TreeObject | undefined> {
  const files = {
    '.zgroup': GROUP,
    'a/.zarray': metadata,
    ...(chunk === undefined ? {} : { 'a/0': chunk }),
  };
  return at(await readZarrTree(memoryZarr(files, true).zarr), '/a');
}

describe('what of a Zarr is listed', () => {
  it('is all of its consolidated metadata, by one request for metadata', async () => {
    const metadata = {
      '.zgroup': GROUP,
      'g/.zgroup': GROUP,
      'g/a/.zarray': array(),
      'g/a/.zattrs': { unit: 'V' },
    };
    const { zarr, asked } = memoryZarr({ '.zmetadata': { metadata }, 'g/a/0': FOUR });
    const tree = await readZarrTree(zarr);
    expect(asked).toEqual(['zarr.json', '.zmetadata', 'g/a/0']);
    expect(tree.objects.map(({ path }) => path)).toEqual(['/', '/g', '/g/a']);
    expect(at(tree, '/g/a')).toMatchObject({ value: [1, 2, 3, 4], attributes: { unit: 'V' } });
    expect(tree.omitted).toEqual([]);
  });

  it('is what the list of its files shows, metadata that are not consolidated too', async () => {
    const files = {
      '.zmetadata': { metadata: { '.zgroup': GROUP } },
      'a/.zarray': array(),
      'a/0': FOUR,
    };
    const tree = await readZarrTree(memoryZarr(files, true).zarr);
    expect(tree.objects.map(({ path }) => path)).toEqual(['/', '/a']);
  });

  it('is said to be unknown without either', async () => {
    const tree = await readZarrTree(memoryZarr({ '.zgroup': GROUP, '.zattrs': { a: 1 } }).zarr);
    expect(tree.objects).toMatchObject([{ path: '/', attributes: { a: 1 } }]);
    expect(tree.omitted).toEqual([expect.stringContaining('could not be listed')]);
    expect(describeContents(tree).isIncomplete).toBe(true);
  });

  it('has implicit groups of version 3, each before what is in it', async () => {
    const node = {
      zarr_format: 3,
      node_type: 'array',
      shape: [],
      data_type: 'int8',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [] } },
      chunk_key_encoding: { name: 'default' },
      codecs: [{ name: 'bytes' }],
      fill_value: 5,
      attributes: {},
    };
    const tree = await readZarrTree(memoryZarr({ 'a/b/zarr.json': node }, true).zarr);
    expect(tree.objects).toMatchObject([
      { path: '/' },
      { path: '/a' },
      { path: '/a/b', shape: [], value: 5 },
    ]);
  });

  it('is the same from a store that refuses to say what is not there, or an error', async () => {
    const answers = (files: Record<string, object>): Promise<DataTree> => {
      const open = (file: string): Promise<Bytes> => {
        const content = files[file];
        if (content === undefined)
          return Promise.reject(failedBytes(file, 'bytes-unreadable', 'answered 403'));
        return Promise.resolve(memoryBytes(new TextEncoder().encode(JSON.stringify(content))));
      };
      return readZarrTree(openZarrFiles('z', open));
    };
    const tree = await answers({
      '.zmetadata': { metadata: { '.zgroup': GROUP, 'g/.zgroup': GROUP } },
    });
    expect(tree.objects.map(({ path }) => path)).toEqual(['/', '/g']);
    expect((await answers({ '.zgroup': GROUP })).objects).toMatchObject([
      { path: '/', problem: expect.stringContaining('answered 403') },
    ]);
    await expect(answers({})).rejects.toThrow('answered 403');
  });

  it('is an error for what is no Zarr', async () => {
    await expect(readZarrTree(memoryZarr({ 'readme.txt': 'x' }).zarr)).rejects.toThrow(
      'is no Zarr',
    );
  });
});

describe('hdmf-zarr', () => {
  it('has links, references and scalars in attributes', async () => {
    const reference = (path: string, source = '.'): object => ({
      zarr_dtype: 'object',
      value: { source, path },
    });
    const tree = await readZarrTree(
      memoryZarr(
        {
          '.zgroup': GROUP,
          '.zattrs': {
            '.specloc': 'specifications',
            here: reference('/g'),
            there: reference('/g', 'other.zarr'),
          },
          'g/.zgroup': GROUP,
          'g/.zattrs': {
            zarr_link: [
              { name: 'device', path: '/devices/probe', source: '.' },
              { name: 'out', path: '/x', source: '../other.zarr' },
              { name: 'a/b', path: '/x', source: '.' },
            ],
          },
          'g/rate/.zarray': array({ shape: [1], chunks: [1] }),
          'g/rate/.zattrs': { zarr_dtype: 'scalar' },
          'g/rate/0': FOUR.slice(0, 4),
        },
        true,
      ).zarr,
    );
    expect(at(tree, '/')?.attributes).toEqual({
      here: { ref: '/g' },
      there: { omitted: expect.any(String) },
    });
    expect(tree.objects.filter(({ kind }) => kind === 'link')).toEqual([
      { path: '/g/device', kind: 'link', link: 'soft', target: '/devices/probe' },
      { path: '/g/out', kind: 'link', link: 'external', target: '/x', file: '../other.zarr' },
    ]);
    expect(at(tree, '/g/rate')).toMatchObject({ shape: [], value: 1 });
  });
});

describe('a value that is not in the file is not shown', () => {
  const gzip = { compressor: { id: 'gzip', level: 1 } };
  it.each([
    ['a chunk that is too short', array(), FOUR.slice(0, 12)],
    ['a chunk that is too long', array(), new Uint8Array(20)],
    ['a chunk that is no gzip', array(gzip), FOUR],
    ['a gzip that was cut off', array(gzip), new Uint8Array(gzipSync(FOUR)).slice(0, 20)],
    ['a bomb of gzip', array(gzip), new Uint8Array(gzipSync(new Uint8Array(70_000_000)))],
    [
      'a bomb of zlib',
      array({ compressor: { id: 'zlib' } }),
      new Uint8Array(deflateSync(new Uint8Array(70_000_000))),
    ],
    ['a bomb of blosc', array({ compressor: { id: 'blosc' } }), bloscClaim(2 ** 31)],
    [
      'a bomb of lz4',
      array({ compressor: { id: 'lz4' } }),
      Uint8Array.of(255, 255, 255, 127, 0, 0),
    ],
    [
      'zstd without a size',
      array({ compressor: { id: 'zstd' } }),
      Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0),
    ],
    ['a chunk that is absent and has no fill value', array({ fill_value: null }), undefined],
    [
      'texts with a length that is too large',
      array({ dtype: '|O', filters: [{ id: 'vlen-utf8' }] }),
      Uint8Array.of(4, 0, 0, 0, 255, 255, 0, 0, 65),
    ],
    ['an unknown codec', array({ compressor: { id: 'jpegxl' } }), FOUR],
    ['pickles', array({ dtype: '|O', filters: [{ id: 'pickle' }] }), FOUR],
  ])('%s', async (_, metadata, chunk) => {
    const found = await only(metadata, chunk);
    expect(found).not.toHaveProperty('value');
    expect(found?.problem).toMatch(/^(?:Its|Values) .*\.?$/);
  });

  it('nor where its store refuses to give a chunk', async () => {
    const { zarr } = memoryZarr({ '.zgroup': GROUP, 'a/.zarray': array(), 'a/0': FOUR }, true);
    const refusing = {
      ...zarr,
      read: (file: string, most: number) =>
        file === 'a/0'
          ? Promise.reject(failedBytes('a/0', 'bytes-unreadable', 'answered 403'))
          : zarr.read(file, most),
    };
    const found = at(await readZarrTree(refusing), '/a');
    expect(found).not.toHaveProperty('value');
    expect(found?.problem).toContain('answered 403');
  });

  it('nor where a file of the list is gone', async () => {
    const { zarr } = memoryZarr({ '.zgroup': GROUP, 'a/.zarray': array() });
    const open = async (file: string): Promise<Bytes> => {
      const bytes = await zarr.read(file, 1e6);
      if (bytes === undefined) throw failedBytes(file, 'bytes-not-found', 'is not there');
      return memoryBytes(bytes);
    };
    const listed = openZarrFiles('z', open, ['.zgroup', 'a/.zarray', 'a/0']);
    const found = at(await readZarrTree(listed), '/a');
    expect(found).not.toHaveProperty('value');
    expect(found?.problem).toContain('is not there');
  });

  it('is the fill value where a chunk was never written', async () => {
    expect(await only(array({ fill_value: 9 }))).toMatchObject({ value: [9, 9, 9, 9] });
    expect(await only(array({ dtype: '<f8', fill_value: 'NaN' }))).toMatchObject({
      value: ['NaN', 'NaN', 'NaN', 'NaN'],
    });
  });
});

/** A compound in a compound, and so on. */
function nestedType(depth: number): unknown {
  return depth === 0 ? '<i4' : [['a', nestedType(depth - 1)]];
}

describe('hostile metadata', () => {
  it('describe no array, as a sentence', async () => {
    const wrong = [
      { shape: [-1], chunks: [1] },
      { shape: [1.5], chunks: [1] },
      { shape: [4], chunks: [0] },
      { shape: 'x' },
      { shape: [4], chunks: [4, 4] },
      { dtype: 5 },
      { dtype: [] },
      { dtype: '<q9' },
      { dtype: nestedType(8) },
      { shape: Array(40).fill(1), chunks: Array(40).fill(1) },
    ];
    for (const one of wrong)
      expect(await only(array(one)), JSON.stringify(one)).toMatchObject({ kind: 'unreadable' });
  });

  it('of huge arrays cost nothing', async () => {
    const huge = await only(array({ shape: [2 ** 52], chunks: [2 ** 52] }));
    expect(huge).toMatchObject({ shape: [2 ** 52] });
    expect(huge).not.toHaveProperty('value');
    const metadata = readArrayMetadata(array({ shape: [1e9], chunks: [1] }) as never)!;
    const { zarr } = memoryZarr({});
    await expect(readBox(zarr, '/a', metadata, { from: [0], to: [1e9] })).rejects.toThrow(
      'more than is read',
    );
    await expect(readBox(zarr, '/a', metadata, { from: [0], to: [2e9] })).rejects.toThrow(
      RangeError,
    );
  });

  it('are bounded in depth, and names of a prototype are names', async () => {
    const deep = `{"zarr_format": 2, "x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const tree = await readZarrTree(
      memoryZarr(
        {
          '.zgroup': GROUP,
          '.zattrs':
            '{"__proto__": {"a": 1}, "not": NaN, "text": "NaN \\"Infinity\\" \\\\", "big": 12345678901234567890}',
          'deep/.zgroup': GROUP,
          'deep/.zattrs': deep,
          '__proto__/.zarray': array(),
          '__proto__/0': FOUR,
          'a/../b/.zgroup': GROUP,
        },
        true,
      ).zarr,
    );
    const root = at(tree, '/')!;
    expect(Object.keys(root.attributes!)).toEqual(['__proto__', 'not', 'text', 'big']);
    expect(root.attributes).toMatchObject({
      not: 'NaN',
      text: 'NaN "Infinity" \\',
      big: '12345678901234567890',
    });
    expect(at(tree, '/deep')?.problem).toContain('deep/.zattrs is not JSON');
    expect(at(tree, '/__proto__')).toMatchObject({ value: [1, 2, 3, 4] });
    expect(tree.objects.map(({ path }) => path)).toEqual(['/', '/__proto__', '/deep']);
  });

  it('of pictures lead nowhere else', async () => {
    const multiscales = [
      { axes: ['y', 'x'], datasets: [{ path: '../../secret' }, { path: 'x'.repeat(600) }, {}, 5] },
    ];
    const { zarr, asked } = memoryZarr({ '.zgroup': GROUP, '.zattrs': { multiscales } });
    expect(await omeThumbnail(zarr)).toBe('No picture is described here.');
    await readZarrTree(zarr);
    expect(asked.filter((file) => file.includes('secret'))).toEqual([]);
  });
});
