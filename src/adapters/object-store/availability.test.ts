import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect, test } from 'vitest';
import { misbehavingServer } from '../../../tests/support/servers/misbehaving-server.ts';
import { publicBucket } from '../../../tests/support/stores/public-bucket.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import type { Archive, Store } from '../../core/records/archive.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import { availabilityFinding } from '../../core/publishing/availability.ts';
import { availabilityInStores } from './availability.ts';

const BLOB = createHash('sha256').update('one').digest('hex');
const ZARR = '0de4a4d1-5f44-4bd9-9f2b-1d4d4d5f6a7b';
const KEY = `blobs/${BLOB.slice(0, 3)}/${BLOB.slice(3, 6)}/${BLOB}`;
const MD5 = createHash('md5').update('chunk').digest('hex');
const FILES = { [KEY]: 'one', [`zarr/${ZARR}.json`]: JSON.stringify([['0/0', 5, MD5]]) };

const archiveWith = (...stores: Store[]): Archive => ({
  name: 'Lab',
  identifierPrefix: 'LAB-DANDI',
  site: 'https://lab.example.org/',
  repository: 'https://github.com/lab/archive',
  licenses: [],
  stores,
});
const assetWith = (bytes: { blob: string } | { zarr: string }): AssetRecord => ({
  assetId: '00000000-0000-4000-8000-000000000000',
  path: 'a.nwb',
  size: 3,
  created: '2026-01-01T00:00:00Z',
  modified: '2026-01-01T00:00:00Z',
  metadata: {},
  ...bytes,
});
const there = { kind: 'there', size: 3 };

test('in a folder and at a public address the same is found', async () => {
  const folder = temporaryFolder(FILES);
  const url = await publicBucket(folder);
  const inFolder = archiveWith({ kind: 'folder', path: 'x', url: '/x/' });
  for (const check of [
    availabilityInStores(inFolder, () => folder),
    availabilityInStores(archiveWith({ kind: 'http', url })),
  ]) {
    expect(await check(assetWith({ blob: BLOB }))).toMatchObject(there);
    expect(await check(assetWith({ blob: '0'.repeat(64) }))).toEqual({ kind: 'absent' });
    expect(await check(assetWith({ zarr: ZARR }))).toMatchObject({
      kind: 'there',
      size: 5,
      zarrChecksum: expect.stringMatching(/-1--5$/),
    });
    expect(await check(assetWith({ zarr: ZARR.replace('0', '1') }))).toEqual({ kind: 'absent' });
  }
});

test('a store that cannot be reached is no proof of absence, and the next one is asked', async () => {
  const server = await misbehavingServer(new Uint8Array(), () => ({ status: 503 }));
  const broken: Store = { kind: 'http', url: server.url.replace('content', '') };
  const url = await publicBucket(temporaryFolder(FILES));
  const alone = availabilityInStores(archiveWith(broken));
  for (const bytes of [{ blob: BLOB }, { zarr: ZARR }])
    expect(await alone(assetWith(bytes))).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('503'),
    });
  const both = availabilityInStores(archiveWith(broken, { kind: 'http', url }));
  expect(await both(assetWith({ blob: BLOB }))).toMatchObject(there);
  const elsewhere = await both(assetWith({ blob: '0'.repeat(64) }));
  expect(elsewhere.kind).toBe('unreachable');
});

test('a store that is closed to readers is distinguished from one without the file', async () => {
  const server = await misbehavingServer(new Uint8Array(), () => ({ status: 403 }));
  const url = server.url.replace('content', '');
  const check = availabilityInStores(archiveWith({ kind: 'http', url }));
  const keys = [KEY, `zarr/${ZARR}.json`];
  for (const [index, bytes] of [{ blob: BLOB }, { zarr: ZARR }].entries()) {
    const asset = assetWith(bytes);
    const answer = await check(asset);
    expect(answer).toEqual({ kind: 'refused', address: url + keys[index], status: 403 });
    expect(availabilityFinding(asset, answer)).toMatchObject({
      message: expect.stringContaining('403'),
      hint: expect.stringContaining('Is the store public to read?'),
    });
  }
});

test('a list that is none, and a folder that is empty', async () => {
  const folder = temporaryFolder({ [`zarr/${ZARR}.json`]: '<html>' });
  const check = availabilityInStores(
    archiveWith({ kind: 'folder', path: 'x', url: '/x/' }),
    () => folder,
  );
  expect(await check(assetWith({ zarr: ZARR }))).toMatchObject({ kind: 'unreachable' });
  const empty = availabilityInStores(archiveWith({ kind: 'folder', path: 'x', url: '/x/' }), () =>
    path.join(folder, 'none'),
  );
  expect(await empty(assetWith({ blob: BLOB }))).toEqual({ kind: 'absent' });
});
