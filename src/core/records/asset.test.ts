import { expect, it } from 'vitest';
import type { JsonObject } from '../json/json-text.ts';
import { problemOfAsset, placeOfBytes, toAsset } from './asset.ts';
import { readableAssets } from './asset-list.ts';

const UUID = '70d4a66d-e70d-43c0-b8a4-d4be1ccbaaae';
const SHA256 = 'c41056'.padEnd(64, '0');
const place = (facts: object, contentUrl: unknown = []): string | undefined =>
  placeOfBytes(
    toAsset({ path: 'a', size: 1, metadata: { contentUrl: contentUrl as string[] }, ...facts }),
  );

it('finds the bytes of an asset by its key, else by its addresses', () => {
  expect(place({ blob: SHA256 })).toBe(SHA256);
  expect(place({ zarr: UUID })).toBe(`zarr/${UUID}/`);
  expect(place({}, ['https://api.org/x/download/', `https://s3.org/blobs/70d/4a6/${UUID}`])).toBe(
    UUID,
  );
  expect(place({}, ['https://api.org/x/download/', 'https://lab.org/a.nwb'])).toBe(
    'https://lab.org/a.nwb',
  );
});

it('accepts nothing else as an address', () => {
  expect(place({})).toBeUndefined();
  expect(place({ blob: '../../etc/passwd' })).toBeUndefined();
  expect(place({}, ['javascript:alert(1)', 'http://plain.org/a', 'ftp://x/y', 7])).toBeUndefined();
});

it.each([
  [[], 'is not a JSON object'],
  [{ size: 1, metadata: {} }, 'has no text "path"'],
  [{ path: 'a', size: -1, metadata: {} }, 'has no whole number "size"'],
  [{ path: 'a', size: 1.5, metadata: {} }, 'has no whole number "size"'],
  [{ path: 'a', size: 1 }, 'has no object "metadata"'],
  [{ path: 'a', size: 1, metadata: {}, blob: 3 }, 'has a "blob" that is no text'],
  [{ path: 'a', size: 1, metadata: {}, blob: null, zarr: UUID }, undefined],
  [{ path: 'a', metadata: {}, blob: SHA256 }, 'has no whole number "size"'],
  [{ path: 'a', metadata: {}, zarr: UUID }, undefined],
  [{ path: 'a', size: null, metadata: { encodingFormat: 'application/x-zarr' } }, undefined],
  [{ path: 'a', size: '1', metadata: {}, zarr: UUID }, 'has no whole number "size"'],
])('says what is wrong with %j', (value, fault) => expect(problemOfAsset(value)).toBe(fault));

it('takes the size of a Zarr that has none from what its metadata say', () => {
  const sizeOf = (metadata: object): number =>
    toAsset({ path: 'a', zarr: UUID, metadata: metadata as JsonObject }).size;
  const digest = { 'dandi:dandi-zarr-checksum': `${'0'.repeat(32)}-12--3456` };
  expect(sizeOf({ contentSize: 7, digest })).toBe(7);
  expect(sizeOf({ digest })).toBe(3456);
  expect(sizeOf({})).toBe(0);
});

it('reads the lines of a list that can be read and leaves out the others', () => {
  const lines = [
    '{"path":"é","size":1,"metadata":{}}',
    'broken',
    '',
    '{"path":"b","size":2,"metadata":{}}',
  ];
  const list = new TextEncoder().encode(lines.join('\n'));
  expect([...readableAssets(list)].map((asset) => asset.path)).toEqual(['é', 'b']);
});
