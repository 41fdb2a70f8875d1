import { expect, test } from 'vitest';
import { BlockCache } from './block-cache.ts';
import { syncMemoryBytes } from './sync-bytes.ts';

const KB = 1024;
const CONTENT = Uint8Array.from({ length: 20_000 * KB + 5 }, (_, i) => (i * 31) % 253);

function cacheOf(limit?: number): {
  cache: BlockCache;
  requests: [from: number, length: number][];
} {
  const source = syncMemoryBytes(CONTENT);
  const requests: [number, number][] = [];
  const read = (from: number, length: number): Uint8Array => {
    requests.push([from / KB, length / KB]);
    return source.read(from, length);
  };
  return { cache: new BlockCache({ ...source, read }, limit), requests };
}

test('small reads come in blocks of 96 KiB, once', () => {
  const { cache, requests } = cacheOf();
  expect(cache.read(70 * KB, 10)).toEqual(CONTENT.subarray(70 * KB, 70 * KB + 10));
  expect(cache.read(150 * KB, 200)).toEqual(CONTENT.subarray(150 * KB, 150 * KB + 200));
  expect(requests).toEqual([[64, 96]]);
});

test('reading on doubles the requests, up to 8 MiB', () => {
  const { cache, requests } = cacheOf();
  for (let at = 0; at < CONTENT.length; at += 50_000)
    expect(Buffer.compare(cache.read(at, 50_000), CONTENT.subarray(at, at + 50_000))).toBe(0);
  expect(requests.map(([, length]) => length)).toEqual([
    96,
    192,
    384,
    768,
    1536,
    3072,
    6144,
    20_000 + 5 / KB - 12_192,
  ]);
});

test('a long read is requested at once, without what is cached, and ends with the file', () => {
  const { cache, requests } = cacheOf();
  cache.read(1000 * KB, 1);
  cache.read(0, 2000 * KB);
  expect(requests).toEqual([
    [992, 96],
    [0, 992],
    [1088, 912],
  ]);
  expect(cache.read(CONTENT.length - 3, 100)).toEqual(CONTENT.subarray(-3));
  expect(cache.read(CONTENT.length, 100)).toHaveLength(0);
});

test('small blocks are 16 KiB, and old ones are evicted', () => {
  const { cache, requests } = cacheOf(0);
  cache.useSmallBlocks();
  for (let i = 0; i < 600; i += 1) cache.read(((i * 7) % 1200) * 16 * KB, 1);
  expect(requests.every(([, length]) => length === 16)).toBe(true);
  const soFar = requests.length;
  cache.read(0, 1);
  expect(requests.length).toBe(soFar + 1);
});
