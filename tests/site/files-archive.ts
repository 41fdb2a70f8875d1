// A small archive for the tests of the file browser: versions with few and very many files, and with paths
// nobody should write. Its store has an address that no test requests.

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { compareUtf8 } from '../../src/core/identifiers/asset-path.ts';
import { repository } from '../support/needed-part.ts';
import { writeFiles, type Files } from '../support/temporary-folder.ts';

export const HOSTILE_PATHS = [
  '../../outside.nwb',
  '<script>window.harmed=1</script>.nwb',
  '<img src=x onerror=window.harmed=1>/a.nwb',
  '__proto__/constructor',
  'a',
  'a/b',
  'a b+c/100%?#&=.nwb',
  'emoji-😀/ünïcode.nwb',
  '\u202egpj.exe\u202c.nwb',
  `${'long-'.repeat(80)}.nwb`,
  '"quoted\'.nwb',
  'img@2x.png',
  'img@3x.png',
  'a  b.nwb',
  'a\u00a0 b.nwb',
  'a\u200bb.nwb',
];

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** 20,136 files in one folder, among 25,000. */
export const MANY_PATHS = [
  ...range(20_136).map((at) => `sub-many/sub-many_sample-${String(at).padStart(5, '0')}.nwb`),
  ...range(4861).map((at) => `sub-${at % 40}/ses-${at % 3}/sub-${at % 40}_run-${at}_ecephys.nwb`),
  'dataset_description.json',
  'README.md',
  'atlas.ome.zarr',
];

const LISTS = new Map<string, string[]>([
  [
    '000001',
    [
      'sub-1/sub-1_ecephys.nwb',
      'sub-1/sub-1_video.avi',
      'sub-2/x.nwb',
      'cleared.ome.zarr',
      'README.md',
    ],
  ],
  ['000002', range(150).map((at) => `sub-${at % 12}/ses-${at % 2}/sub-${at % 12}_run-${at}.nwb`)],
  ['000003', range(900).map((at) => `sub-${at % 30}/sub-${at % 30}_run-${at}_behavior.nwb`)],
  ['000004', MANY_PATHS],
  ['000005', []],
  ['000008', HOSTILE_PATHS],
]);

function hex(text: string, length = 64): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** The size that tests may rely on. */
export function sizeOf(at: number): number {
  return ((at * 7919) % 100_000) * 1000 + at;
}

function line(assetPath: string, at: number): string {
  const isZarr = assetPath.endsWith('.zarr');
  const sha256 = hex(assetPath);
  const uuid = hex(`id of ${assetPath}`, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return JSON.stringify({
    asset_id: uuid,
    ...(isZarr ? { zarr: uuid } : { blob: sha256 }),
    path: assetPath,
    size: sizeOf(at),
    created: '2024-01-02T03:04:05Z',
    modified: `2024-${String(1 + (at % 12)).padStart(2, '0')}-15T00:00:00Z`,
    metadata: {
      schemaKey: 'Asset',
      schemaVersion: '0.7.0',
      path: assetPath,
      encodingFormat: isZarr ? 'application/x-zarr' : 'application/x-nwb',
      contentSize: sizeOf(at),
      digest: isZarr
        ? { 'dandi:dandi-zarr-checksum': `${hex(assetPath, 32)}-12--3456` }
        : { 'dandi:sha2-256': sha256, 'dandi:dandi-etag': `${hex(sha256, 32)}-1` },
      wasAttributedTo: [
        { schemaKey: 'Participant', identifier: `subject ${at}`, species: { name: 'Mus – ½ <b>' } },
      ],
      keywords: ['<script>window.harmed=1</script>', 'write to someone@example.org'],
    },
  });
}

function assetList(paths: readonly string[]): string {
  return [...paths]
    .sort(compareUtf8)
    .map((one, at) => `${line(one, at)}\n`)
    .join('');
}

/** Writes the archive, the same each time; returns its content folder. */
export function writeFilesArchive(): string {
  const content = path.join(repository, '.cache', 'files-archive', 'content');
  rmSync(content, { recursive: true, force: true });
  const files: Files = {
    'archive.json': JSON.stringify({
      name: 'Test archive',
      identifierPrefix: 'TEST',
      site: 'https://test.example/',
      stores: [{ kind: 'http', url: 'https://bytes.example/' }],
      repository: 'https://code.example/archive',
      licenses: [],
    }),
  };
  for (const number of [
    '000001',
    '000002',
    '000003',
    '000004',
    '000005',
    '000006',
    '000007',
    '000008',
  ]) {
    const folder = `dandisets/000/${number}/draft`;
    files[`${folder}/dandiset.json`] = JSON.stringify({
      identifier: `TEST:${number}`,
      name: `Files of kind ${number}`,
      assetsSummary: { numberOfFiles: 12, numberOfBytes: 3_000_000 },
    });
    const list = LISTS.get(number);
    if (list !== undefined) files[`${folder}/assets.jsonl`] = assetList(list);
  }
  files['dandisets/000/000007/draft/assets.ref.json'] = JSON.stringify({
    sha256: hex('a list'),
    size: 30_000_000,
    count: 9000,
  });
  writeFiles(content, files);
  return content;
}
