// Archives whose folder, settings or files of records break a rule.

import { inFile, put, LIST, RECORD, type BrokenRules } from './broken.ts';
import { DRAFT, SUBMISSION } from './test-archive.ts';

/** Breaks the rules about the content folder. */
export const BROKEN_SHAPE: BrokenRules = [
  [
    'file-not-regular',
    { path: 'pages/linked.mdx', spoil: ({ links }) => links.push('pages/linked.mdx') },
  ],
  ['file-without-place', put(`${DRAFT}/notes.txt`, 'x')],
  ['submission-slug', put('submissions/First Light/dandiset.json', '{}\n')],
  ['file-name-not-nfc', put('pages/cafe\u0301.mdx', 'x')],
  ['file-name-not-portable', put('pages/what?.mdx', 'x')],
  ['file-name-case', { ...put('pages/ABOUT.mdx', 'x'), path: 'pages/about.mdx' }],
  ['file-too-large', put('pages/long.mdx', 'x'.repeat(1_000_001))],
  [
    'asset-list-too-large',
    {
      path: LIST,
      spoil: (archive) => {
        const list = archive.text(LIST);
        archive.files[LIST] =
          `${list}{"path":"z","size":1,"metadata":{"x":"${'x'.repeat(2e7)}"}}\n`;
      },
      also: [
        'asset-bytes',
        'asset-path-differs',
        'asset-size-differs',
        'asset-unknown-release',
        'blob-digest',
      ],
    },
  ],
  [
    'folder-too-full',
    {
      path: 'pages',
      spoil: ({ files }) => {
        for (let index = 0; index < 1001; index += 1) files[`pages/page-${index}.mdx`] = '';
      },
    },
  ],
];

/** Breaks the rules about files of records. */
export const BROKEN_FILES: BrokenRules = [
  ['archive-settings', inFile('archive.json', (value) => delete value['name'])],
  ['vocabulary', put('vocabularies/species.json', '{"terms": [{"identifier": "NCBITaxon:1"}]}')],
  ['file-not-utf8', put(RECORD, new Uint8Array([0x7b, 0xff, 0x7d]))],
  ['file-not-json', put(RECORD, '{\n  "name": "x",\n}\n')],
  [
    'key-repeated',
    {
      path: RECORD,
      spoil: (archive) => {
        archive.files[RECORD] = archive.text(RECORD).replace('{', '{\n  "schemaKey": "Dandiset",');
      },
    },
  ],
  [
    'record-layout',
    {
      path: RECORD,
      spoil: (archive) => {
        archive.files[RECORD] = JSON.stringify(JSON.parse(archive.text(RECORD)));
      },
    },
  ],
  [
    'asset-list-layout',
    {
      path: LIST,
      spoil: (archive) => {
        archive.files[LIST] = archive.text(LIST).replace('\n', '\n\n');
      },
    },
  ],
  [
    'record-missing',
    {
      path: `${SUBMISSION}/dandiset.json`,
      spoil: ({ files }) => delete files[`${SUBMISSION}/dandiset.json`],
    },
  ],
  ['release-shape', put(`${DRAFT}/release.json`, '{"notes": "x"}')],
  [
    'release-list-missing',
    {
      path: `${SUBMISSION}/assets.jsonl`,
      spoil: ({ files }) => {
        files[`${SUBMISSION}/release.json`] = '{"releaseNotes": ""}';
        delete files[`${SUBMISSION}/assets.jsonl`];
      },
    },
  ],
];
