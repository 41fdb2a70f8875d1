// Archives whose published versions or status break a rule.

import type { JsonObject } from '../../../src/core/json/json-text.ts';
import { inFile, inManifest, put, type BrokenRules } from './broken.ts';
import { FIRST, IMPORTED, SECOND, STATUS } from './test-archive.ts';

const NO_DAY = 'dandisets/000/000001/0.250230.1200';

/** Breaks the rules about published versions. */
export const BROKEN_VERSIONS: BrokenRules = [
  [
    'manifest-missing',
    {
      path: `${SECOND}/manifest.json`,
      spoil: ({ files }) => delete files[`${SECOND}/manifest.json`],
    },
  ],
  ['manifest-shape', inManifest((manifest) => delete manifest['version'])],
  [
    'manifest-form',
    {
      path: `${SECOND}/manifest.json`,
      spoil: (archive) => {
        archive.files[`${SECOND}/manifest.json`] = `${archive.text(`${SECOND}/manifest.json`)}\n`;
      },
    },
  ],
  ['manifest-identity', inManifest((manifest) => (manifest['version'] = '0.250202.1200'))],
  [
    'version-date',
    {
      path: NO_DAY,
      spoil: (archive) => {
        for (const file of ['dandiset.json', 'assets.jsonl']) {
          const text = archive.text(`${SECOND}/${file}`);
          archive.files[`${NO_DAY}/${file}`] = text.replaceAll(
            SECOND.slice(-13),
            NO_DAY.slice(-13),
          );
        }
        archive.freeze();
      },
    },
  ],
  [
    'frozen-file-changed',
    {
      path: `${SECOND}/dandiset.json`,
      spoil: (archive) =>
        archive.edit(`${SECOND}/dandiset.json`, (record) => (record['description'] = 'Changed.')),
    },
  ],
  [
    'frozen-file-missing',
    {
      path: `${SECOND}/manifest.json`,
      spoil: ({ files }) => delete files[`${SECOND}/assets.jsonl`],
      also: ['asset-list-absent'],
    },
  ],
  [
    'frozen-file-extra',
    {
      ...put(`${SECOND}/assets.ref.json`, `{"sha256":"${'0'.repeat(64)}","size":1,"count":1}`),
      also: ['asset-list-not-in-store', 'asset-list-twice'],
    },
  ],
  ['manifest-counts', inManifest((manifest) => (manifest['assets'] = { bytes: 71, count: 4 }))],
  ['manifest-chain', inManifest((manifest) => (manifest['previous'] = '0'.repeat(64)))],
  [
    'published-version-removed',
    {
      path: IMPORTED,
      withBase: true,
      spoil: ({ files }) => {
        for (const path of Object.keys(files)) if (path.startsWith(IMPORTED)) delete files[path];
      },
    },
  ],
  [
    'published-version-changed',
    {
      path: `${IMPORTED}/dandiset.json`,
      withBase: true,
      // Frozen again, so that only the comparison can detect it.
      spoil: (archive) => {
        archive.edit(`${IMPORTED}/dandiset.json`, (record) => (record['description'] = 'Changed.'));
        archive.freeze();
      },
    },
  ],
];

/** Breaks the rules about the status of a Dandiset. */
export const BROKEN_STATUS: BrokenRules = [
  [
    'status-shape',
    inFile(STATUS, (status) => {
      const withdrawals = status['withdrawals'] as Record<string, JsonObject>;
      delete withdrawals['0.250101.1200']?.['reason'];
    }),
  ],
  ['status-version', inFile(STATUS, (status) => (status['doiRegistered'] = ['0.990101.1200']))],
  [
    'withdrawal-successor',
    inFile(STATUS, (status) => {
      const withdrawals = status['withdrawals'] as Record<string, JsonObject>;
      (withdrawals['0.250101.1200'] as JsonObject)['successor'] = '0.990101.1200';
    }),
  ],
  [
    'redaction-digest',
    inFile(STATUS, (status) => {
      status['redactions'] = {
        [FIRST.slice(-13)]: {
          notice: 'Removed.',
          date: '2025-04-01',
          by: 'curator',
          digest: '0'.repeat(64),
        },
      };
    }),
  ],
  ['derived-shape', put('dandisets/000/000001/derived.json', '{"recordings": "all of them"}')],
  [
    'dandiset-without-version',
    { ...put('dandisets/000/000003/status.json', '{}'), path: 'dandisets/000/000003' },
  ],
];
