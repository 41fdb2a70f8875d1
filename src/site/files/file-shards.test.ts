import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assetFolders } from '../../core/assets/tree.ts';
import { sha256Hex } from '../../core/digests/sha256.ts';
import {
  indexShards,
  isFolderRow,
  listings,
  MAX_SHARD_ROWS,
  MAX_SHARD_SIZE,
  packShards,
  shardOfFile,
  shardOfRow,
  type FileRow,
  type ListingPart,
  type Shard,
  type ShardIndex,
} from './file-shards.ts';

function item(path: string, at: number): { path: string; size: number; row: FileRow } {
  // Digests and keys that do not compress, as in real records.
  const digest = sha256Hex(path);
  const uuid = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const row: FileRow = [
    name,
    at * 977,
    'application/x-nwb',
    digest,
    uuid,
    '2024-02-18',
    at * 1400,
    1399,
  ];
  return { path, size: at * 977, row };
}

interface Packed {
  index: ShardIndex;
  shards: Shard[];
  indexBytes: number;
  bytes: number[];
}

function pack(paths: readonly string[]): Packed {
  const shards = packShards(listings(assetFolders(paths.map(item))));
  const texts = shards.map((shard) => JSON.stringify(shard));
  const index = indexShards(shards, texts);
  return {
    index,
    shards,
    indexBytes: gzipSync(JSON.stringify(index)).length,
    bytes: texts.map((text) => gzipSync(text).length),
  };
}

/** What a browser loads for the first rows of a folder: the index and one shard. */
function firstRows(packed: Packed, path: string): { part: ListingPart; bytes: number } {
  const number = shardOfRow(packed.index, path, 0);
  const part = packed.shards[number]?.parts.find((one) => one.path === path && one.from === 0);
  return { part: part!, bytes: packed.indexBytes + packed.bytes[number]! };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const LONG = 'x'.repeat(380);
const SHAPES: Record<string, () => string[]> = {
  'one folder of 20,136 files among 100,000': () => [
    ...range(20_136).map((at) => `sub-EXC022/sub-EXC022_sample-${at}_stain.ome.zarr`),
    ...range(79_864).map((at) => `sub-${at % 283}/ses-${at % 7}/sub_${at}_ecephys.nwb`),
  ],
  '1,000 folders of 100 files': () =>
    range(100_000).map((at) => `sub-${at % 1000}/sub-${at % 1000}_ses-${at}_behavior+ecephys.nwb`),
  '100,000 files at the top': () => range(100_000).map((at) => `file-${at}.nwb`),
  '100,000 folders of one file': () => range(100_000).map((at) => `sub-${at}/data.nwb`),
  'ten folders deep': () =>
    range(100_000).map((at) => [...String(at).padStart(9, '0').split(''), `${at}.nwb`].join('/')),
  'names of 380 characters': () => range(20_000).map((at) => `${LONG}/${at % 40}/${LONG}${at}.nwb`),
};

describe.each(Object.entries(SHAPES))('%s', (_, paths) => {
  const packed = pack(paths());

  it('gives the first rows of any folder in two requests and 300 kB', () => {
    let folders = 0;
    for (const shard of packed.shards) {
      for (const { path, from } of shard.parts) {
        if (from !== 0) continue;
        folders += 1;
        const { part, bytes } = firstRows(packed, path);
        expect(part?.path).toBe(path);
        expect(bytes).toBeLessThanOrEqual(300_000);
      }
    }
    expect(folders).toBeGreaterThan(0);
    // About a hundred rows per shard, never one per asset.
    expect(packed.shards.length).toBeLessThan(1500);
  });

  it('holds every file and folder once, in shards of bounded size', () => {
    const files = packed.shards.flatMap((shard) =>
      shard.parts.flatMap((part) =>
        part.rows.filter((row) => !isFolderRow(row)).map((row) => part.path + row[0]),
      ),
    );
    expect(files.sort()).toEqual(paths().sort());
    for (const shard of packed.shards) {
      const rows = shard.parts.reduce((sum, part) => sum + part.rows.length, 0);
      expect(rows).toBeLessThanOrEqual(MAX_SHARD_ROWS);
      expect(JSON.stringify(shard).length).toBeLessThan(MAX_SHARD_SIZE * 1.1);
    }
  });

  it('finds each row of each folder, and each file by its name', () => {
    packed.shards.forEach((shard, number) => {
      for (const part of shard.parts) {
        part.rows.forEach((row, at) => {
          if (at % 97 !== 0 && at !== part.rows.length - 1) return;
          expect(shardOfRow(packed.index, part.path, part.from + at)).toBe(number);
          if (isFolderRow(row)) return;
          expect(shardOfFile(packed.index, part.path, part.folders, row[0])).toBe(number);
        });
      }
    });
  });
});

it('finds every row of random trees with small shards of many folders', () => {
  const names = ['a', 'a-b', 'a.nwb', 'B', '..', '', '__proto__', '\u{1F600}', '\uFF01'];
  for (let seed = 1; seed < 40; seed += 1) {
    const paths = range(900).map((at) =>
      range(1 + ((at * seed) % 4))
        .map((part) => names[(at * (part + seed) + part) % names.length])
        .concat(String(at))
        .join('/'),
    );
    const { shards, index } = pack(paths);
    shards.forEach((shard, number) => {
      for (const part of shard.parts) {
        expect(shardOfRow(index, part.path, part.from)).toBe(number);
      }
    });
  }
});

it('is the same whatever the order of the list', () => {
  const paths = SHAPES['1,000 folders of 100 files']!().slice(0, 5000);
  const items = paths.map(item);
  const one = packShards(listings(assetFolders(items)));
  const other = packShards(listings(assetFolders([...items].reverse())));
  expect(JSON.stringify(other)).toBe(JSON.stringify(one));
});
