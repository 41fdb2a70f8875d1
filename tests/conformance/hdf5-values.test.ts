// HDF5 files of every kind of value, link and filter, and of every list of chunks: what this program reads in them
// is what h5py reads, or a sentence.

import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFile } from '../../src/adapters/bytes/file-bytes.ts';
import type { Hdf5Access } from '../../src/adapters/hdf5/hdf5-access.ts';
import { openHdf5 } from '../../src/adapters/hdf5/open-hdf5.ts';
import type { DataSlice } from '../../src/adapters/hdf5/read-slice.ts';
import type { DataTree, TreeValue } from '../../src/core/data-tree/data-tree.ts';
import { nestedValue, treeNumber } from '../../src/core/data-tree/tree-number.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { filesMadeBy, type MadeFiles } from '../support/python-made-files.ts';

interface Stated {
  path: string;
  kind: string;
  attributes?: Record<string, unknown>;
  attributeTypes?: object;
  shape?: number[] | null;
  values?: unknown;
  [member: string]: unknown;
}

/** Reasons are compared by being there. */
function withoutReasons(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReasons);
  if (typeof value !== 'object' || value === null) return value;
  return 'omitted' in value ? { omitted: true } : value;
}

/** What JSON makes of it: no difference between 0 and −0. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(withoutReasons(value)) ?? 'null');
}

function valuesOf({ values, shape }: DataSlice): TreeValue {
  if (shape === null) return null;
  const flat = Array.from(values as ArrayLike<TreeValue | bigint>, (one) =>
    typeof one === 'number' || typeof one === 'bigint' ? treeNumber(one) : one,
  );
  return nestedValue(flat, shape);
}

/** Values in other files, decoders that lack something, and numbers of which some bits are not used: a sentence. */
const NOT_READ = new Map([
  ['/elsewhere/virtual', /other files/],
  ['/elsewhere/external', /could not be read/],
  // The blosc of h5wasm-plugins has no zlib.
  ['/filters/blosc-zlib', /decoder lacks/],
  ['/filters/twelve-bits', /12 of 16 bits/],
]);

describeWith(python, 'values', () => {
  let made: MadeFiles<Record<string, Stated[]>>;
  beforeAll(() => {
    made = filesMadeBy('hdf5_files.py');
  });
  afterAll(() => made?.remove());

  const names = ['values', 'values-latest', 'values-user-block'] as const;
  test.each(names)('%s: tree and all values are those of h5py', async (name) => {
    const file = openHdf5(await openFile(path.join(made.folder, `${name}.h5`)));
    const tree: DataTree = await file.tree();
    const objects = made.stated[name]!;
    expect(tree.objects.map((one) => one.path)).toEqual(objects.map((one) => one.path));
    expect(tree.omitted).toEqual([]);
    for (const [
      i,
      { attributes, attributeTypes, values = null, shape, ...rest },
    ] of objects.entries()) {
      const own = tree.objects[i]!;
      const place = `${name}: ${rest.path}`;
      expect(own, place).toMatchObject(rest);
      expect(asJson(own.attributes ?? {}), place).toEqual(attributes ?? {});
      expect(own.attributeTypes ?? {}, place).toEqual(attributeTypes ?? {});
      if (own.kind !== 'dataset') continue;
      expect(own.shape, place).toEqual(shape);
      const reason = NOT_READ.get(own.path);
      if (reason !== undefined) {
        await expect(file.slice(own.path), place).rejects.toThrow(reason);
        expect(own.value ?? own.head, place).toBeUndefined();
        continue;
      }
      expect(own.problem, place).toBeUndefined();
      expect(asJson(valuesOf(await file.slice(own.path))), place).toEqual(values);
      if (own.value !== undefined) expect(asJson(own.value), place).toEqual(values);
      if (own.head !== undefined)
        expect(asJson(own.head), place).toEqual((values as unknown[]).slice(0, own.head.length));
    }
    await file.close();
  });

  test('a part of a dataset is that part', async () => {
    const file = openHdf5(await openFile(path.join(made.folder, 'values.h5')));
    const part = await file.slice('/numbers/cube', [
      [1, 3],
      [0, 2],
      [4, 5],
    ]);
    expect(part).toEqual({ type: '<i2', shape: [2, 2, 1], values: Int16Array.of(24, 29, 44, 49) });
    await expect(file.slice('/numbers/cube', [[0, 4]])).rejects.toThrow(RangeError);
    await expect(file.slice('/nowhere')).rejects.toThrow('no dataset');
    await file.close();
  });

  test('tables have heads, and small datasets their values', async () => {
    const file = openHdf5(await openFile(path.join(made.folder, 'values.h5')));
    const { objects } = await file.tree();
    const shown = new Map(objects.map((one) => [one.path, one]));
    expect(shown.get('/tables/dynamic/label')).toMatchObject({ head: { length: 20 } });
    expect(shown.get('/tables/mixed')).toMatchObject({ head: { length: 20 } });
    expect(shown.get('/tables/dynamic/start')).not.toHaveProperty('value');
    expect(shown.get('/texts/any')).toHaveProperty('value');
    expect(shown.get('/texts/many')).not.toHaveProperty('value');
    await file.close();
  });
});

interface StatedChunks {
  chunks: Record<string, ([offset: number, length: number, mask: number] | null)[]>;
  storage: Record<string, { offset: number | null; bytes: number }>;
}

describeWith(python, 'chunks', () => {
  let made: MadeFiles<Record<string, StatedChunks>>;
  const opened: Hdf5Access[] = [];
  beforeAll(() => {
    made = filesMadeBy('hdf5_chunk_files.py');
  });
  afterAll(async () => {
    await Promise.all(opened.map((one) => one.close()));
    made?.remove();
  });

  const names = ['earliest', 'v108', 'latest', 'user-block', 'latest-user-block'];
  test.each(names)(
    '%s: chunks are where h5py finds them, and the library reads them there',
    async (name) => {
      const file = openHdf5(await openFile(path.join(made.folder, `${name}.h5`)));
      opened.push(file);
      for (const [dataset, expected] of Object.entries(made.stated[name]!.chunks)) {
        const { offsets, lengths, masks } = (await file.chunks(`/${dataset}`))!;
        const found = expected.map((_, i) =>
          offsets[i] === -1 ? null : [offsets[i], lengths[i], masks?.[i] ?? 0],
        );
        // HDF5 1.14 itself states wrong places where the second dimension grows; reading shows which are right.
        const isListedWrongly = name.startsWith('latest') && dataset.endsWith('/growing');
        if (!isListedWrongly) expect(found, `${name}: ${dataset}`).toEqual(expected);
        const some = [...offsets.keys()]
          .filter((at) => offsets[at]! >= 0)
          .filter((_, i, { length }) => i % Math.ceil(length / 100) === 0)
          .map((at) => ({ at, offset: offsets[at]!, length: lengths[at]! }));
        expect(await file.wrongChunks(`/${dataset}`, some), `${name}: ${dataset}`).toEqual([]);
        const planted = some.slice(0, 5).map((one) => ({ ...one, offset: one.offset + 8 }));
        expect(await file.wrongChunks(`/${dataset}`, planted)).toEqual(planted.map(({ at }) => at));
      }
    },
  );

  test.each(names)('%s: contiguous values begin where h5py says', async (name) => {
    const file = openHdf5(await openFile(path.join(made.folder, `${name}.h5`)));
    opened.push(file);
    const { objects } = await file.tree();
    for (const one of objects) {
      if (one.kind !== 'dataset' || one.storage.layout === 'chunked') continue;
      const { offset, bytes } = made.stated[name]!.storage[one.path.slice(1)]!;
      const isContiguous = one.storage.layout === 'contiguous';
      expect(one.storage, one.path).toMatchObject({ bytes });
      // With a user block, h5py states a place for what was never written.
      if (isContiguous)
        expect(one.storage.offset ?? null, one.path).toBe(bytes === 0 ? null : offset);
    }
    expect(objects.find((one) => one.path === '/compact')).toMatchObject({
      storage: { layout: 'compact' },
    });
  });
});
