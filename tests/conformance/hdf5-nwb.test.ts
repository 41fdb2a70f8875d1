// NWB files as pynwb writes them: their trees, types and small values are what h5py and pynwb state, in an index of
// few bytes, and large data are read by the part.

import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFile } from '../../src/adapters/bytes/file-bytes.ts';
import { openHdf5 } from '../../src/adapters/hdf5/open-hdf5.ts';
import {
  fileIndex,
  fileIndexText,
  parseFileIndex,
  withChunkTables,
} from '../../src/core/file-index/file-index.ts';
import type { ChunkTable } from '../../src/core/file-index/chunk-table.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { filesMadeBy, type MadeFiles } from '../support/python-made-files.ts';

interface Stated {
  objects: {
    path: string;
    attributes?: object;
    attributeTypes?: object;
    values?: unknown;
    [member: string]: unknown;
  }[];
  types: Record<string, string[]>;
  namespaces: Record<string, string>;
}

const GB = 1e9;

describeWith(python, 'NWB files', () => {
  let made: MadeFiles<Record<string, Stated>>;
  beforeAll(() => {
    made = filesMadeBy('hdf5_nwb_files.py');
  });
  afterAll(() => made?.remove());

  test.each(['ecephys', 'sweeps', 'extension'])(
    '%s: the tree is what h5py and pynwb state',
    async (name) => {
      const { objects, types, namespaces } = made.stated[name]!;
      const file = openHdf5(await openFile(path.join(made.folder, `${name}.nwb`)));
      const tree = await file.tree();
      await file.close();
      expect(tree.omitted).toEqual([]);
      expect(tree.namespaces).toEqual(namespaces);
      // The types that the file defines, with their parents; pynwb may know more than the file says.
      for (const [type, { extends: parents }] of Object.entries(tree.types))
        expect(parents, type).toEqual(types[type]);
      expect(Object.keys(tree.types).length).toBeGreaterThan(90);
      expect(tree.objects.map((one) => one.path)).toEqual(objects.map((one) => one.path));
      for (const [i, { attributes, attributeTypes, values, ...rest }] of objects.entries()) {
        const own = tree.objects[i]!;
        expect(own, rest.path).toMatchObject(rest);
        expect(own.attributes ?? {}, rest.path).toEqual(attributes ?? {});
        expect(own.attributeTypes ?? {}, rest.path).toEqual(attributeTypes ?? {});
        if (own.kind !== 'dataset' || values === undefined) continue;
        if (own.value !== undefined) expect(own.value, rest.path).toEqual(values);
        if (own.head !== undefined)
          expect(own.head, rest.path).toEqual((values as unknown[]).slice(0, own.head.length));
      }
      const shown = new Map(tree.objects.map((one) => [one.path, one]));
      expect(shown.get('/general/subject/species')).toMatchObject({ value: 'Mus musculus' });
      if (name === 'extension')
        expect(tree.types['OurOtherSeries']).toMatchObject({
          namespace: 'our-extension',
          extends: [
            'OurSeries',
            'ElectricalSeries',
            'TimeSeries',
            expect.any(String),
            expect.any(String),
            expect.any(String),
          ],
        });
      if (name === 'ecephys')
        expect(shown.get('/intervals/trials/choice')).toMatchObject({
          value: { 0: 'right', 1: 'left' },
        });
    },
  );

  test('an index of 600 sweeps is small, also its tables of chunks', async () => {
    const bytes = await openFile(path.join(made.folder, 'sweeps.nwb'));
    const file = openHdf5(bytes);
    const tree = await file.tree();
    const tables = new Map<string, ChunkTable>();
    for (const one of tree.objects) {
      if (one.kind !== 'dataset' || one.storage.layout !== 'chunked') continue;
      const table = await file.chunks(one.path);
      if (table !== undefined) tables.set(one.path, table);
    }
    await file.close();
    expect(tree.objects.length).toBeGreaterThan(5000);
    const indexed = withChunkTables(tree, tables);
    const sha256 = 'ab'.repeat(32);
    const chunksFile = { size: indexed.chunks.length, sha256 };
    const text = fileIndexText(
      fileIndex({ sha256, size: bytes.size }, indexed.tree, 'test', chunksFile),
    );
    expect(gzipSync(text, { level: 9 }).length / tree.objects.length).toBeLessThan(100_000 / 5000);
    expect(tables.size).toBeGreaterThanOrEqual(1200);
    // Most have a single chunk, whose entry has to say where in the file it is.
    expect(indexed.chunks.length / tables.size).toBeLessThan(8);
    expect(parseFileIndex(text, bytes)).toMatchObject({ ok: true });
  });

  test('a moment of 2 GB is read by few bytes', async () => {
    const bytes = await openFile(path.join(made.folder, 'ecephys.nwb'));
    expect(bytes.size).toBeGreaterThan(2 * GB);
    const file = openHdf5(bytes);
    for (const dataset of ['/acquisition/raw/data', '/processing/ecephys/LFP/lfp/data']) {
      const { values } = await file.slice(dataset, [
        [999, 1002],
        [3, 5],
      ]);
      expect(values).toEqual(Int16Array.of(0, 0, 7, 7, 7, 7));
      const last = await file.slice(dataset, [
        [62_499_999, 62_500_000],
        [0, 2],
      ]);
      expect(last.values).toEqual(Int16Array.of(9, 9));
    }
    const { offsets } = (await file.chunks('/processing/ecephys/LFP/lfp/data'))!;
    expect(offsets).toHaveLength(800);
    expect(offsets.filter((one) => one >= 0)).toHaveLength(2);
    expect((await file.cost()).bytes).toBeLessThan(3_000_000);
    await file.close();
  });
});
