import { describe, expect, test } from 'vitest';
import { parseDandisetNumber } from '../identifiers/dandiset-id.ts';
import { parsePublishedVersion } from '../identifiers/version-id.ts';
import { parseJson } from '../json/json-text.ts';
import type { Archive } from '../records/archive.ts';
import { freezeVersion, type FreezeOrder } from './freeze-version.ts';

const archive: Archive = {
  name: 'Lab Archive',
  identifierPrefix: 'LAB',
  site: 'https://lab.example/',
  stores: [{ kind: 'http', url: 'https://bytes.example/' }],
  repository: 'https://github.com/lab/archive',
  licenses: [],
};
const SHA = 'ab12'.repeat(16);
const ID = '8a4bd1a4-6a3c-4d3e-9f0a-0123456789ab';

function asset(path: string, more: object = {}, id: string | undefined = ID): string {
  const metadata = `{"schemaVersion": "0.7.0","path":"${path}","contentSize":10,"weight":1.50}`;
  const line = {
    ...(id === undefined ? {} : { asset_id: id }),
    blob: SHA,
    path,
    size: 10,
    ...more,
  };
  return `${JSON.stringify(line).slice(0, -1)},"metadata":${metadata.replace(': ', ':')}}\n`;
}

function order(more: Partial<FreezeOrder> = {}): FreezeOrder {
  return {
    archive,
    number: parseDandisetNumber('000004')!,
    version: parsePublishedVersion('0.260102.0304')!,
    time: '2026-01-02T03:04:05+00:00',
    created: '2025-12-31T00:00:00+00:00',
    draft: {
      dandiset:
        '{"name": "Units", "schemaVersion": "0.7.0", "citation": "forged", "identifier": "LAB:000004", "dose": 1.50, "doi": "10.1/forged", "contributor": []}',
      assets: asset('a.nwb'),
    },
    releaseNotes: 'First.',
    previous: null,
    before: [],
    ...more,
  };
}

const assetOf = (list = ''): Record<string, unknown> & { metadata: Record<string, unknown> } => {
  const parsed = parseJson(list.trim());
  return (parsed.ok ? parsed.value : {}) as never;
};

describe('a frozen record', () => {
  test('keeps what the author wrote, as it is written, and nothing the archive computes', () => {
    const { files, record } = freezeVersion(order());
    expect(files.get('dandiset.json')).toContain('"dose": 1.50');
    expect(record).toMatchObject({
      id: 'LAB:000004/0.260102.0304',
      name: 'Units',
      citation:
        'Units (2026). (Version 0.260102.0304) [Data set]. Lab Archive. https://lab.example/dandiset/000004/0.260102.0304',
      dateCreated: '2025-12-31T00:00:00+00:00',
      releaseNotes: 'First.',
    });
    expect(record).not.toHaveProperty('doi');
  });

  test('has a DOI if the archive registers DOIs, in the manifest too', () => {
    const { record, manifest } = freezeVersion(
      order({ archive: { ...archive, doiPrefix: '10.12345' } }),
    );
    expect(record['doi']).toBe('10.12345/lab.000004/0.260102.0304');
    expect(record['citation']).toContain('https://doi.org/10.12345/lab.000004/0.260102.0304');
    expect(manifest.doi).toBe(record['doi']);
  });

  test('is the same byte for byte whenever it is made again', () => {
    expect(freezeVersion(order())).toEqual(freezeVersion(order()));
    expect(freezeVersion(order({ releaseNotes: 'Other.' })).digest).not.toBe(
      freezeVersion(order()).digest,
    );
  });
});

describe('a frozen asset', () => {
  test('says where its bytes are and when it was published', () => {
    const onHost = { ...archive, host: 'netlify' as const };
    const text = freezeVersion(order({ archive: onHost })).files.get('assets.jsonl');
    expect(text).toContain('"weight":1.50');
    expect(assetOf(text).metadata).toMatchObject({
      id: `dandiasset:${ID}`,
      contentUrl: [
        `https://lab.example/api/assets/ab1/2ab/${SHA}/download/`,
        `https://bytes.example/blobs/ab1/2ab/${SHA}`,
      ],
      datePublished: '2026-01-02T03:04:05+00:00',
    });
  });

  test.each([
    ['GitHub Pages', { host: 'github-pages' }, 'store'],
    ['a bucket', { host: 's3-website' }, 'store'],
    ['a host of which nothing is known', {}, 'store'],
    ['nginx below a path', { host: 'nginx', site: 'https://lab.example/data/' }, 'store'],
    ['nginx', { host: 'nginx' }, 'api'],
    ['the local server', { host: 'local' }, 'api'],
  ] as const)('names first an address that responds: on %s', (_, settings, first) => {
    const { files } = freezeVersion(order({ archive: { ...archive, ...settings } }));
    const { contentUrl } = assetOf(files.get('assets.jsonl')).metadata;
    const [api, store] = ['/api/assets/', 'https://bytes.example/'].map((part) =>
      (contentUrl as string[]).findIndex((url) => url.includes(part)),
    );
    expect(first === 'store' ? [store, api] : [api, store]).toEqual([0, 1]);
  });

  test('keeps its line while nothing changes, and gets another identifier when it does', () => {
    const first = freezeVersion(order()).files.get('assets.jsonl') ?? '';
    const later = {
      version: parsePublishedVersion('0.260202.0304')!,
      time: '2026-02-02T03:04:05Z',
    };
    const same = freezeVersion(order({ ...later, before: [first] }));
    expect(same.files.get('assets.jsonl')).toBe(first);
    expect(same.draftAssets).toBeUndefined();
    const changed = asset('a.nwb', { blob: 'cd34'.repeat(16) });
    const draft = { ...order().draft, assets: changed };
    const other = freezeVersion(order({ ...later, before: [first], draft }));
    const frozen = assetOf(other.files.get('assets.jsonl'));
    expect(frozen['asset_id']).not.toBe(ID);
    expect(assetOf(other.draftAssets)['asset_id']).toBe(frozen['asset_id']);
  });

  test('that was submitted as a BareAsset is an Asset, and the same in the next version', () => {
    const bare = asset('a.nwb').replace('"metadata":{', '"metadata":{"schemaKey":"BareAsset",');
    const draft = { ...order().draft, assets: bare };
    const first = freezeVersion(order({ draft })).files.get('assets.jsonl') ?? '';
    expect(assetOf(first).metadata).toMatchObject({ schemaKey: 'Asset', weight: 1.5 });
    expect(first).toContain('"weight":1.50');
    const later = { version: parsePublishedVersion('0.260202.0304')!, draft, before: [first] };
    expect(freezeVersion(order(later)).files.get('assets.jsonl')).toBe(first);
  });

  test('without an identifier gets one, and bytes stored elsewhere keep their address', () => {
    const line = `{"path":"a.nwb","size":1,"metadata":{"contentUrl":["https://data.example/a","javascript:x"]}}\n`;
    const { files } = freezeVersion(order({ draft: { ...order().draft, assets: line } }));
    const { asset_id, metadata } = assetOf(files.get('assets.jsonl'));
    expect(asset_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(metadata['contentUrl']).toEqual(['https://data.example/a']);
  });
});
