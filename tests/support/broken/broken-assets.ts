// Archives whose lists of assets break a rule.

import { derivedUuid } from '../../../src/core/identifiers/derived-uuid.ts';
import type { JsonObject } from '../../../src/core/json/json-text.ts';
import {
  inAsset,
  inPublishedRecord,
  inStore,
  frozenWith,
  LIST,
  RECORD,
  REFERENCE,
  type BrokenRules,
} from './broken.ts';
import { DRAFT, SECOND } from './test-archive.ts';

/** Breaks the rules about lists of assets. */
export const BROKEN_ASSETS: BrokenRules = [
  [
    'asset-unreadable',
    {
      path: LIST,
      spoil: (archive) => {
        archive.files[LIST] = archive.text(LIST).replace('}', '');
      },
    },
  ],
  [
    'asset-list-broken',
    {
      path: LIST,
      spoil: (archive) => (archive.files[LIST] = 'x\n'.repeat(5000)),
      also: ['asset-unreadable'],
    },
  ],
  ['asset-character-refused', inAsset((_asset, metadata) => (metadata['x'] = ['\u0000']))],
  [
    'asset-bidi-in-name',
    inAsset((_asset, metadata) => {
      metadata['x'] = [{ name: '\u2067cells' }];
    }),
  ],
  [
    'asset-layout',
    {
      path: LIST,
      spoil: (archive) => {
        archive.files[LIST] = archive.text(LIST).replace(':', ': ');
      },
    },
  ],
  [
    'asset-order',
    {
      path: LIST,
      spoil: (archive) => archive.renameAssets(DRAFT, 'sub-02/a.nwb', 'sub-01/a.nwb'),
    },
  ],
  ['asset-path', { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, '../../x') }],
  [
    'asset-path-not-nfc',
    { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, 'cafe\u0301') },
  ],
  [
    'asset-path-reserved',
    { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, '.GIT/config') },
  ],
  [
    'asset-path-unseen',
    { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, 'a\u202egpj.exe') },
  ],
  [
    'asset-path-too-long',
    { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, 'a'.repeat(256)) },
  ],
  [
    'asset-path-not-portable',
    { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, 'con.nwb') },
  ],
  [
    'asset-path-twice',
    { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, 'sub-02/A.nwb', 'sub-02/a.nwb') },
  ],
  [
    'asset-path-is-folder',
    { path: LIST, spoil: (archive) => archive.renameAssets(DRAFT, 'sub-02', 'sub-02/a.nwb') },
  ],
  [
    'asset-id-twice',
    inAsset((asset) => (asset['asset_id'] = derivedUuid('sub-02/sub-02_ecephys.nwb'))),
  ],
  ['asset-path-differs', inAsset((_, metadata) => (metadata['path'] = 'sub-01/other.nwb'))],
  ['asset-zarr-without-size', inAsset((asset) => delete asset['size'], 2)],
  [
    'asset-empty',
    inAsset((asset, metadata) => {
      [asset['size'], metadata['contentSize']] = [0, 0];
    }),
  ],
  ['asset-size-differs', inAsset((_, metadata) => (metadata['contentSize'] = 1))],
  ['asset-bytes', inAsset((asset) => delete asset['blob'])],
  ['asset-digest-differs', inAsset((asset) => (asset['blob'] = 'f'.repeat(64)))],
  ['asset-unknown-release', inAsset((_, metadata) => (metadata['schemaVersion'] = '0.5.3'))],
  ['asset-schema', inAsset((_, metadata) => (metadata['access'] = 'open'))],
  [
    'species-unknown',
    inAsset((_, metadata) => {
      const species = { schemaKey: 'SpeciesType', name: 'Gruffalo' };
      metadata['wasAttributedTo'] = [{ schemaKey: 'Participant', identifier: 'g', species }];
    }),
  ],
  [
    'term-unknown',
    inAsset((_, metadata) => {
      metadata['approach'] = [{ schemaKey: 'ApproachType', name: 'divination' }];
    }),
  ],
  [
    'property-value',
    inAsset((_, metadata) => {
      metadata['variableMeasured'] = [{ schemaKey: 'PropertyValue', value: 0 }];
    }),
  ],
  [
    'blob-digest',
    inAsset((_, metadata) => delete (metadata['digest'] as JsonObject)['dandi:dandi-etag']),
  ],
  [
    'zarr-digest',
    { ...inAsset((_, metadata) => (metadata['digest'] = { 'dandi:md5': '0'.repeat(32) }), 2) },
  ],
  [
    'zarr-size',
    inAsset((_, metadata) => {
      metadata['digest'] = { 'dandi:dandi-zarr-checksum': `${'0'.repeat(32)}-3--1` };
    }, 2),
  ],
  [
    'content-size',
    { ...inAsset((_, metadata) => (metadata['contentSize'] = -1)), also: ['asset-size-differs'] },
  ],
  [
    'asset-identifier',
    frozenWith('assets.jsonl', (archive) =>
      archive.editAsset(SECOND, (_, metadata) => (metadata['identifier'] = 'not-a-uuid')),
    ),
  ],
  [
    'published-digest',
    {
      ...frozenWith('assets.jsonl', (archive) =>
        archive.editAsset(SECOND, (_, metadata) => {
          delete (metadata['digest'] as JsonObject)['dandi:sha2-256'];
        }),
      ),
      also: ['asset-digest-differs'],
    },
  ],
  [
    'asset-list-absent',
    {
      path: RECORD,
      also: ['release-list-missing'],
      spoil: ({ files }) => delete files[LIST],
    },
  ],
  [
    'asset-list-twice',
    {
      path: REFERENCE,
      spoil: (archive) => {
        const { files } = archive;
        const list = archive.text(LIST);
        inStore(() => {}).spoil(archive);
        files[LIST] = list;
      },
    },
  ],
  ['asset-list-reference', inStore((reference) => delete reference['count'])],
  ['asset-list-not-in-store', inStore((_, { lists }) => lists.clear())],
  ['asset-list-reference-differs', inStore((reference) => (reference['count'] = 4))],
  [
    'summary-differs',
    inPublishedRecord((record) => {
      (record['assetsSummary'] as JsonObject)['numberOfFiles'] = 52;
    }),
  ],
];
