import { expect, test } from 'vitest';
import { chunkCount, decodeChunkTable, encodeChunkTable, storedBytes } from './chunk-table.ts';

const GB = 1e9;

/** Numbers that look random, and are the same each time. */
function* numbers(): Generator<number> {
  let state = 1;
  for (;;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

test('a table comes back: in order, elsewhere, missing, with masks, far into a file', () => {
  const offsets = Float64Array.of(2048, 3048, -1, -1, 400 * GB, 100, -1);
  const lengths = Float64Array.of(1000, 1000, 0, 0, 12_345_678, 1, 0);
  const masks = Uint32Array.of(0, 2, 0, 0, 0, 0xffff_ffff, 0);
  const bytes = encodeChunkTable({ offsets, lengths, masks });
  expect(decodeChunkTable(bytes, 7, 401 * GB)).toEqual({ offsets, lengths, masks });
  expect(storedBytes({ offsets, lengths })).toBe(12_347_679);
});

test('one equal chunk after the other takes a byte, others less than four', () => {
  const count = 10_000;
  const equal = {
    offsets: Float64Array.from({ length: count }, (_, i) => 4096 + i * 65_536),
    lengths: new Float64Array(count).fill(65_536),
  };
  expect(encodeChunkTable(equal).length).toBeLessThan(count + 10);
  const random = numbers();
  const lengths = Float64Array.from(
    { length: count },
    () => 500_000 + (random.next().value! % 100_000),
  );
  let end = 4096;
  const offsets = lengths.map((length, i) => {
    // A node of the B-tree between some of them.
    if (i % 32 === 0) end += 2096;
    end += length;
    return end - length;
  });
  expect(encodeChunkTable({ offsets, lengths }).length).toBeLessThan(count * 4);
});

test('a table of no chunk is no byte', () => {
  expect(chunkCount([0, 5], [10, 5])).toBe(0);
  expect(
    encodeChunkTable({ offsets: new Float64Array(), lengths: new Float64Array() }),
  ).toHaveLength(0);
  expect(decodeChunkTable(new Uint8Array(), 0, 100)?.offsets).toHaveLength(0);
});

test('bytes that are not exactly such a table are refused', () => {
  const table = { offsets: Float64Array.of(10, 60), lengths: Float64Array.of(50, 40) };
  const bytes = encodeChunkTable(table);
  expect(decodeChunkTable(bytes, 2, 100)).toEqual(table);
  expect(decodeChunkTable(bytes, 2, 99)).toBeUndefined();
  expect(decodeChunkTable(bytes, 1, 100)).toBeUndefined();
  expect(decodeChunkTable(bytes, 3, 100)).toBeUndefined();
  expect(decodeChunkTable(bytes.subarray(0, -1), 2, 100)).toBeUndefined();
  expect(decodeChunkTable(Uint8Array.of(...bytes, 0), 2, 100)).toBeUndefined();
  expect(decodeChunkTable(bytes, 1e12, 100)).toBeUndefined();
  expect(decodeChunkTable(new Uint8Array(20).fill(255), 5, 100)).toBeUndefined();
  // More missing chunks than there are chunks.
  expect(decodeChunkTable(Uint8Array.of(4 * 9 + 2), 5, 100)).toBeUndefined();
});

test('whatever the bytes, a table is refused or within the file', () => {
  const random = numbers();
  for (let i = 0; i < 2000; i += 1) {
    const bytes = Uint8Array.from({ length: i % 40 }, () => random.next().value! % 256);
    const table = decodeChunkTable(bytes, i % 13, 1e6);
    for (const [at, offset] of (table?.offsets ?? []).entries())
      expect(offset === -1 || offset + table!.lengths[at]! <= 1e6).toBe(true);
  }
});
