import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestBytes, digestFile } from './file-digests.ts';

const PART = 64 * 1024 * 1024;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'digests-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('bytes in memory and the same bytes in a file have the same digests', async () => {
  const bytes = Buffer.alloc(3 * 1024 * 1024 + 17, 'neuron');
  const file = path.join(folder, 'small');
  await writeFile(file, bytes);
  const digests = await digestFile(file);
  expect(digests).toEqual(digestBytes(bytes));
  expect(digests.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(digests.size).toBe(bytes.length);
});

test.each([
  [0, 'd41d8cd98f00b204e9800998ecf8427e-0'],
  [PART, 'a78211a9709e5a28de9e2fd6eda275f2-1'],
  [PART + 1, 'd4b4f6056a5f5a23cda477d1895a2bbd-2'],
])('%i zeros have the known dandi-etag', async (size, etag) => {
  const file = path.join(folder, `zeros-${size}`);
  await writeFile(file, '');
  await truncate(file, size);
  expect((await digestFile(file)).dandiEtag).toBe(etag);
});

test('a missing file is the system’s error', async () => {
  await expect(digestFile(path.join(folder, 'absent'))).rejects.toThrow(/ENOENT/);
});
