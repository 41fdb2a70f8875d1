import { expect, test } from 'vitest';
import type { Archive } from '../../core/records/archive.ts';
import { assetItems } from './api-assets.ts';

const settings = { time: '2026-01-01T00:00:00Z' };

test('a BareAsset of a draft is an Asset in the API, its numbers as they were written', () => {
  const line = `{"path":"a.nwb","size":10,"metadata":{"schemaKey":"BareAsset","weight":1.50}}\n`;
  const [item] = assetItems(new TextEncoder().encode(line), settings, []);
  expect(item).toContain('"metadata":{"schemaKey":"Asset","weight":1.50}');
});

test('an asset of a draft says by what it is known and where it is, unless its record does', () => {
  const id = '0b831cd0-0529-445a-85a3-2ebb4711caf8';
  const blob = 'ab12cd'.padEnd(64, '0');
  const draftIn: Archive = {
    name: 'Lab',
    identifierPrefix: 'LAB-DANDI',
    site: 'https://lab.example/',
    host: 'netlify',
    stores: [{ kind: 'http', url: 'https://bucket.example/' }],
    repository: 'https://git.example/lab',
    licenses: ['spdx:CC0-1.0'],
  };
  const line = { asset_id: id, blob, path: 'a.nwb', size: 10, metadata: { contentSize: 10 } };
  const itemOf = (metadata: object, in_?: Archive): { metadata: object } => {
    const text = new TextEncoder().encode(`${JSON.stringify({ ...line, metadata })}\n`);
    const [item = ''] = assetItems(text, { ...settings, draftIn: in_ }, []);
    return JSON.parse(item) as { metadata: object };
  };
  expect(itemOf({ contentSize: 10 }, draftIn).metadata).toEqual({
    contentSize: 10,
    id: `dandiasset:${id}`,
    identifier: id,
    contentUrl: [
      `https://lab.example/api/assets/ab1/2cd/${blob}/download/`,
      `https://bucket.example/blobs/ab1/2cd/${blob}`,
    ],
  });
  const said = { contentSize: 1, id: 'x', identifier: 'y', contentUrl: ['https://z.example/'] };
  expect(itemOf(said, draftIn).metadata).toEqual(said);
  expect(itemOf({}).metadata).toEqual({});
});
