// Zarrs of zarr-python, of versions 2 and 3, with each codec, with shards and as OME-Zarr: their trees hold the
// values that Python states, or a sentence why not.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bytes } from '../../src/adapters/bytes/bytes.ts';
import { openBytes } from '../../src/adapters/bytes/open-bytes.ts';
import { startServer } from '../../src/adapters/static-server/start-server.ts';
import { omeThumbnail } from '../../src/adapters/zarr/ome-thumbnail.ts';
import { openZarrFiles } from '../../src/adapters/zarr/zarr-files.ts';
import { readZarrTree } from '../../src/adapters/zarr/read-zarr-tree.ts';
import type { DataTree, TreeDataset, TreeValue } from '../../src/core/data-tree/data-tree.ts';
import { describeContents } from '../../src/core/nwb/describe-contents.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { folderZarr, memoryZarr } from '../support/zarr/folder-zarr.ts';

interface StatedArray {
  shape: number[];
  /** Null where it can't be read without Python, or has no values. */
  value: TreeValue;
}

describeWith(python, 'Zarrs of zarr-python', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'zarr-trees-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let stated: Record<string, Record<string, StatedArray>>;
  beforeAll(() => {
    const script = path.join(repository, 'tests/conformance/make_zarrs.py');
    const made = spawnSync(python.path, [script, folder], { encoding: 'utf8', maxBuffer: 64e6 });
    expect(made.status, made.stderr).toBe(0);
    stated = JSON.parse(made.stdout) as typeof stated;
  });

  const arraysOf = (tree: DataTree): Map<string, TreeDataset> =>
    new Map(
      tree.objects.flatMap((one) => (one.kind === 'dataset' ? [[one.path, one] as const] : [])),
    );
  const read = (name: string, isListed = false): Promise<DataTree> =>
    readZarrTree(folderZarr(path.join(folder, name), isListed));

  test.each([
    ['v2.zarr', false],
    ['v2.zarr', true],
    ['v3.zarr', false],
    ['v3.zarr', true],
  ])('%s, listed: %s', async (name, isListed) => {
    const tree = await read(name, isListed);
    const arrays = arraysOf(tree);
    expect(tree.omitted).toEqual([]);
    expect([...arrays.keys()].sort()).toEqual(Object.keys(stated[name]!).sort());
    for (const [at, { shape, value }] of Object.entries(stated[name]!)) {
      const array = arrays.get(at)!;
      expect(array.shape, at).toEqual(shape);
      if (value === null) expect(array, at).not.toHaveProperty('value');
      else expect({ at, value: array.value, problem: array.problem }).toEqual({ at, value });
    }
  });

  test('an unknown codec is named, and no number is shown', async () => {
    const lzma = arraysOf(await read('v2.zarr')).get('/codecs/lzma');
    expect(lzma?.problem).toContain('lzma');
    expect(lzma?.storage.filters?.map(({ name }) => name)).toEqual(['lzma']);
    expect(lzma).not.toHaveProperty('head');
  });

  test('a chunk that is cut off anywhere gives no number', async () => {
    const problems = new Set<string>();
    for (const name of [
      'codecs/zstd',
      'codecs/lz4',
      'codecs/gzip',
      'blosc/zstd_2_f8_4000',
      'blosc/lz4_1_i2_4000',
    ]) {
      const at = path.join(folder, 'v2.zarr', name);
      const metadata = readFileSync(path.join(at, '.zarray'), 'utf8');
      const [file = ''] = readdirSync(at).filter((one) => /^\d/.test(one));
      const chunk = new Uint8Array(readFileSync(path.join(at, file)));
      const read = async (bytes: Uint8Array): Promise<TreeDataset | undefined> => {
        const files = {
          '.zgroup': { zarr_format: 2 },
          'a/.zarray': metadata,
          [`a/${file}`]: bytes,
        };
        return arraysOf(await readZarrTree(memoryZarr(files, true).zarr)).get('/a');
      };
      for (let length = 0; length < chunk.length; length += 1 + Math.floor(chunk.length / 50)) {
        const cut = await read(chunk.slice(0, length));
        expect(cut, `${name} ${length}`).not.toHaveProperty('value');
        problems.add(cut?.problem?.replace(/^.*: /, '') ?? '');
      }
    }
    expect(problems.has('')).toBe(false);
  });

  test('over HTTP it is the same', async () => {
    writeFileSync(path.join(folder, 'index.html'), '');
    const server = await startServer({ dist: folder, prefix: 'TEST', port: 0 });
    try {
      const open = (file: string): Promise<Bytes> => openBytes(`${server.url}v3.zarr/${file}`);
      const tree = await readZarrTree(openZarrFiles('v3.zarr', open));
      expect(tree).toEqual(await read('v3.zarr'));
    } finally {
      await server.close();
    }
  });

  test('attributes are as Python wrote them, with what JSON lacks as text', async () => {
    const [root] = (await read('v2.zarr')).objects;
    expect(root).toMatchObject({
      path: '/',
      attributes: {
        title: 'all of version 2',
        ratio: 'NaN',
        big: String(2n ** 60n + 1n),
        list: [1, 2.5, 'x'],
      },
    });
  });

  test('pictures of OME-Zarr 0.4 and 0.5 are described from what they name', async () => {
    const old = describeContents(await read('ome04.zarr'));
    expect(old.standard).toBe('OME-Zarr 0.4');
    expect(old.sentences[0]).toBe(
      'Image of 300 × 200 pixels, 5 planes, 2 channels, 2 time points and 3 resolutions (slab).',
    );
    expect(old.recorded).toMatchObject([
      { shape: [2, 2, 5, 200, 300], rate: 2, duration: 1, channels: 2, levels: 3 },
    ]);
    const recent = describeContents(await read('ome05.zarr', true));
    expect(recent).toMatchObject({ standard: 'OME-Zarr 0.5', recorded: [{ levels: 3 }] });
    expect(recent.isIncomplete).toBeUndefined();
  });

  test('a small picture shows the middle plane of the smallest fitting resolution', async () => {
    const picture = await omeThumbnail(folderZarr(path.join(folder, 'ome04.zarr')));
    if (typeof picture === 'string') throw new Error(picture);
    expect(picture).toMatchObject({ path: '/1', width: 150, height: 100 });
    expect(picture.channels).toMatchObject([
      { label: 'DAPI', color: [0, 0, 255], low: 0, high: 1000 },
      { label: 'GFP', color: [0, 255, 0] },
    ]);
    // Of plane 2, the first channel is x + 2 y + 200.
    const blueAt = (x: number, y: number): number => picture.pixels[(y * 150 + x) * 4 + 2]!;
    expect(blueAt(0, 0)).toBe(Math.round(255 * 0.2));
    expect(blueAt(149, 99)).toBe(Math.round(255 * 0.547));
  });
});
