// HDF5 that cannot be read, or should not be believed: an error or a plain sentence, never a number that is not in
// the file, and bounded work.

import { spawnSync } from 'node:child_process';
import { readFileSync, truncateSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryBytes } from '../../src/adapters/bytes/memory-bytes.ts';
import { openBytes } from '../../src/adapters/bytes/open-bytes.ts';
import { Hdf5Problem } from '../../src/adapters/hdf5/hdf5-problem.ts';
import { Hdf5Reader } from '../../src/adapters/hdf5/hdf5-reader.ts';
import { openHdf5, readDataTree } from '../../src/adapters/hdf5/open-hdf5.ts';
import { readSlice } from '../../src/adapters/hdf5/read-slice.ts';
import { syncMemoryBytes } from '../../src/adapters/hdf5/sync-bytes.ts';
import { isArchiveError } from '../../src/core/error.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { filesMadeBy, type MadeFiles } from '../support/python-made-files.ts';
import { misbehavingServer, type Misbehaviour } from '../support/servers/misbehaving-server.ts';

/** Enough that not all objects are listed. */
const MANY = '120000';

describeWith(python, 'HDF5 that fails', () => {
  let made: MadeFiles<null>;
  beforeAll(() => {
    made = filesMadeBy('hdf5_hostile_files.py', MANY);
  });
  afterAll(() => made?.remove());
  const at = (name: string): string => path.join(made.folder, name);
  const bytesOf = (name: string): Uint8Array => readFileSync(at(name));

  const wrongs: [string, Misbehaviour, string][] = [
    ['403', { status: 403 }, 'bytes-unreadable'],
    ['404', { status: 404 }, 'bytes-not-found'],
    ['503', { status: 503 }, 'bytes-unreadable'],
    ['a short answer', { short: 100 }, 'bytes-unreadable'],
    ['a broken connection', { drop: 1000 }, 'bytes-unreadable'],
    ['another file', { etag: '"other"' }, 'bytes-changed'],
    ['another range', { contentRange: 'bytes 0-9/9' }, 'bytes-changed'],
  ];
  test.each(wrongs)('%s in the middle is an error, then and afterwards', async (_, wrong, code) => {
    const server = await misbehavingServer(bytesOf('far.h5'));
    const file = openHdf5(
      await openBytes(server.url, {}, { attempts: 2, wait: async () => undefined }),
    );
    const { values } = await file.slice('/first', [[10, 13]]);
    expect(values).toEqual(Int32Array.of(10, 11, 12));
    const soFar = server.requests.length;
    server.script = () => wrong;
    for (const dataset of ['/second', '/third'])
      await expect(file.slice(dataset)).rejects.toMatchObject({ code });
    expect(server.requests.length).toBeGreaterThan(soFar);
    server.script = () => undefined;
    // What the library knows of the file may be wrong since.
    await expect(file.slice('/first', [[10, 13]])).rejects.toMatchObject({ code });
    await file.close();
  });

  test.each(wrongs)(
    '%s while the tree is read is an error, not a tree without a part',
    async (_, wrong, code) => {
      const server = await misbehavingServer(bytesOf('many.h5'), (__, count) =>
        count > 4 ? wrong : undefined,
      );
      const bytes = await openBytes(server.url, {}, { attempts: 2, wait: async () => undefined });
      await expect(readDataTree(bytes)).rejects.toMatchObject({ code });
    },
  );

  test('data without a decoder are a sentence, also right after data that were read', async () => {
    const reader = await Hdf5Reader.open(syncMemoryBytes(bytesOf('filters.h5')));
    const names = ['bzip2', 'lzf', 'blosc', 'lz4', 'bitshuffle', 'zfp', 'zstd', 'blosc2'];
    for (const name of names) {
      expect(readSlice(reader, '/gzip', [[7, 9]]).values).toEqual(Float32Array.of(7, 8));
      expect(() => readSlice(reader, `/${name}`), name).toThrow(Hdf5Problem);
      expect(() => readSlice(reader, `/${name}`), name).toThrow(`compressed with ${name}`);
      // Without the look at the filters, the library has to fail by itself.
      const fill = (): number =>
        reader.call((library, file) => {
          const address = library._malloc(4000);
          return library.get_dataset_data(file, `/${name}`, null, null, null, BigInt(address));
        });
      expect(fill, name).toThrow(Hdf5Problem);
    }
    reader.close();
  });

  test('a file that is cut off is an error, wherever', async () => {
    const whole = bytesOf('small.h5');
    for (let length = 0; length < whole.length; length += Math.ceil(whole.length / 12)) {
      const failure = await readDataTree(memoryBytes(whole.slice(0, length), 'cut.h5')).catch(
        (error: unknown) => error,
      );
      expect(isArchiveError(failure, 'bytes-unreadable'), String(length)).toBe(true);
      expect(failure).toMatchObject({
        message: expect.stringMatching(/cut off|no HDF5|could not be/),
      });
    }
  });

  test('a damaged part is a problem of that part, and numbers with a checksum are never wrong', async () => {
    const whole = bytesOf('small.h5');
    const packed = Int32Array.from({ length: 5000 }, (_, i) => i);
    let state = 1;
    const random = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    let readable = 0;
    for (let round = 0; round < 24; round += 1) {
      const damaged = whole.slice();
      for (let i = 0; i < 20; i += 1) damaged[random(damaged.length)] = random(256);
      const file = openHdf5(memoryBytes(damaged, 'damaged.h5'), { time: 20_000 });
      const tree = await file.tree().catch((error: unknown) => {
        expect(isArchiveError(error)).toBe(true);
      });
      if (tree !== undefined) {
        readable += 1;
        const part = await file.slice('/packed').catch((error: unknown) => {
          expect(isArchiveError(error)).toBe(true);
        });
        // Its chunks have checksums; their list has none.
        if (part?.values.length === 5000) {
          const wrong = packed.filter(
            (value, i) => part.values[i] !== value && part.values[i] !== 0,
          );
          expect(wrong).toHaveLength(0);
        }
      }
      await file.close();
    }
    expect(readable).toBeGreaterThan(4);
  });

  test('what is deep, circular or large is bounded, and the tree says so', async () => {
    const deep = await readDataTree(memoryBytes(bytesOf('deep.h5')));
    expect(deep.objects).toHaveLength(101);
    expect(deep.omitted).toEqual([expect.stringContaining('to a depth of 100')]);
    const circles = await readDataTree(memoryBytes(bytesOf('circles.h5')));
    expect(circles.objects).toHaveLength(1 + 30 + 30 * 30);
    const many = await readDataTree(memoryBytes(bytesOf('many.h5')));
    expect(many.objects).toHaveLength(100_000);
    expect(many.omitted).toEqual([expect.stringContaining('100,000 objects')]);
    const attributes = await readDataTree(memoryBytes(bytesOf('attributes.h5')));
    expect(JSON.stringify(attributes).length).toBeLessThan(100_000);
    const small = await readDataTree(memoryBytes(bytesOf('many.h5')), {
      limits: { total: 10_000, objects: 500 },
    });
    expect(small.objects).toHaveLength(500);
  });

  test('chunks that are small only while they are compressed are not unpacked beyond the bounds', async () => {
    const file = openHdf5(memoryBytes(bytesOf('bomb.h5')), { memory: 200 * 1024 * 1024 });
    const { objects } = await file.tree();
    expect(objects).toHaveLength(5);
    await expect(file.slice('/giga', [[0, 1]])).rejects.toThrow('too large');
    await expect(file.slice('/mega', [[0, 1]])).rejects.toThrow(/could not be read|do not fit/);
    await expect(file.slice('/declared')).rejects.toThrow('too many');
    await expect(file.chunks('/declared')).rejects.toThrow('1,048,576 chunks');
    expect((await file.slice('/sentinel')).values).toEqual(BigInt64Array.of(5n));
    await file.close();
  });

  test('a reader that takes too long or is aborted is ended', async () => {
    const slow = {
      ...memoryBytes(bytesOf('far.h5')),
      range: () => new Promise<never>(() => undefined),
    };
    await expect(readDataTree(slow, { time: 100 })).rejects.toThrow(/within/);
    const control = new AbortController();
    const aborted = readDataTree(slow, { signal: control.signal });
    control.abort(new Error('left'));
    await expect(aborted).rejects.toThrow('left');
  });

  test('many failures in one file leave what can be read right', async () => {
    const reader = await Hdf5Reader.open(syncMemoryBytes(bytesOf('small.h5')));
    for (let i = 0; i < 4000; i += 1)
      expect(() =>
        reader.call((library, file) => library.get_attribute_names(file, '/none')),
      ).toThrow(Hdf5Problem);
    expect(readSlice(reader, '/packed', [[4998, 5000]]).values).toEqual(Int32Array.of(4998, 4999));
    reader.close();
  });

  test('files and folders of this computer are out of reach', async () => {
    const target = at('linked.h5');
    copyFileSync(at('small.h5'), target);
    const script = `import h5py; f = h5py.File(${JSON.stringify(target)}, 'a'); f['out'] = h5py.ExternalLink(${JSON.stringify(at('far.h5'))}, '/first')`;
    expect(spawnSync(python.path, ['-c', script]).status).toBe(0);
    const file = openHdf5(memoryBytes(readFileSync(target)));
    const { objects } = await file.tree();
    expect(objects.find((one) => one.path === '/out')).toMatchObject({
      kind: 'link',
      link: 'external',
    });
    await expect(file.slice('/out')).rejects.toThrow();
    await file.close();
    truncateSync(target);
  });
});
