import { expect, test } from 'vitest';
import { assetItems } from './api-assets.ts';

test('a BareAsset of a draft is an Asset in the API, its numbers as they were written', () => {
  const line = `{"path":"a.nwb","size":10,"metadata":{"schemaKey":"BareAsset","weight":1.50}}\n`;
  const [item] = assetItems(new TextEncoder().encode(line), '2026-01-01T00:00:00Z', []);
  expect(item).toContain('"metadata":{"schemaKey":"Asset","weight":1.50}');
});
