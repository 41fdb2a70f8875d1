import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { DIGEST_ALGORITHMS } from './digest-algorithms.ts';
import { openDigestCache } from './digest-cache.ts';
import { digestBytes } from './file-digests.ts';
import { HashThreads } from './hash-threads.ts';
import { digestsOfFile } from './path-digests.ts';

const MIB = 1024 * 1024;
const PART = 64 * MIB;

function fileOf(bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, bytes);
  // Long ago, as the files of a dataset are.
  utimesSync(file, 1e9, 1e9);
  return file;
}

const hexOf = (algorithm: string, bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

test('bytes in memory and the same bytes in a file have the same digests', async () => {
  const bytes = Buffer.alloc(3 * MIB + 17, 'neuron');
  const found = await digestsOfFile(fileOf(bytes), ['sha256', 'dandi-etag']);
  const { sha256, dandiEtag } = digestBytes(bytes);
  expect(found).toEqual({ sha256, 'dandi-etag': dandiEtag });
  expect(sha256).toBe(hexOf('sha256', bytes));
});

test.each([
  [0, 'd41d8cd98f00b204e9800998ecf8427e-0'],
  [PART, 'a78211a9709e5a28de9e2fd6eda275f2-1'],
  [PART + 1, 'd4b4f6056a5f5a23cda477d1895a2bbd-2'],
])('%i zeros have the known dandi-etag', async (size, etag) => {
  const file = fileOf(new Uint8Array());
  truncateSync(file, size);
  expect(await digestsOfFile(file, ['dandi-etag'])).toEqual({ 'dandi-etag': etag });
});

test('a missing file is the system’s error', async () => {
  await expect(digestsOfFile('absent', ['md5'])).rejects.toThrow(/ENOENT/);
});

describe('in threads', () => {
  test('several files after one another have the digests that they have without', async () => {
    const threads = new HashThreads();
    onTestFinished(() => threads.close());
    for (const size of [8 * MIB, 70 * MIB + 3]) {
      const bytes = randomBytes(size);
      const found = await digestsOfFile(fileOf(bytes), DIGEST_ALGORITHMS, {
        threads: () => threads,
      });
      expect(found).toEqual({
        sha256: hexOf('sha256', bytes),
        'dandi-etag': digestBytes(bytes).dandiEtag,
        md5: hexOf('md5', bytes),
        'zarr-checksum': hexOf('md5', bytes),
        sha1: hexOf('sha1', bytes),
        sha512: hexOf('sha512', bytes),
      });
    }
  });
});

describe('the cache', () => {
  test('saves reading a file that has not changed, and keeps the digests of its parts', async () => {
    const bytes = randomBytes(PART + 5);
    const file = fileOf(bytes);
    const place = path.join(temporaryFolder(), 'digests.jsonl');
    const first = await digestsOfFile(file, ['dandi-etag', 'sha256'], {
      cache: await openDigestCache(place),
    });
    // What the cache says is believed: so it was asked.
    writeFileSync(place, readFileSync(place, 'utf8').replaceAll(first.sha256!, 'f'.repeat(64)));
    const cache = await openDigestCache(place);
    expect(await digestsOfFile(file, ['sha256'], { cache })).toEqual({ sha256: 'f'.repeat(64) });
    const line = JSON.parse(readFileSync(place, 'utf8')) as { parts: Record<string, string[]> };
    const parts = [bytes.subarray(0, PART), bytes.subarray(PART)];
    expect(line.parts).toEqual({
      md5: parts.map((part) => hexOf('md5', part)),
      sha256: parts.map((part) => hexOf('sha256', part)),
    });
  });

  test('does not know a file that was written to, nor one that may still be', async () => {
    const place = path.join(temporaryFolder(), 'digests.jsonl');
    const file = fileOf(Buffer.alloc(2 * MIB, 'a'));
    const before = await digestsOfFile(file, ['md5'], { cache: await openDigestCache(place) });
    writeFileSync(file, Buffer.alloc(2 * MIB, 'b'));
    utimesSync(file, 1e9, 1e9);
    const cache = await openDigestCache(place);
    expect(await digestsOfFile(file, ['md5'], { cache })).not.toEqual(before);
    const fresh = path.join(temporaryFolder(), 'fresh');
    writeFileSync(fresh, Buffer.alloc(2 * MIB, 'c'));
    const lines = readFileSync(place, 'utf8');
    await digestsOfFile(fresh, ['md5'], { cache });
    expect(readFileSync(place, 'utf8')).toBe(lines);
  });

  test('that is broken is as if it were empty', async () => {
    const place = path.join(temporaryFolder(), 'digests.jsonl');
    writeFileSync(place, '{"file":1}\n[]\n{"file":"x","digests":{"md5":7}}\n{torn');
    const cache = await openDigestCache(place);
    const file = fileOf(Buffer.alloc(2 * MIB));
    const found = await digestsOfFile(file, ['md5'], { cache });
    expect(found).toEqual({ md5: hexOf('md5', Buffer.alloc(2 * MIB)) });
  });
});
