// An archive whose files show what the viewer does: one of each kind, some that nobody should have made, and an
// index of thousands of objects.

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import type { DataTree, TreeObject } from '../../src/core/data-tree/data-tree.ts';
import {
  fileIndex,
  fileIndexText,
  type IndexedFile,
} from '../../src/core/file-index/file-index.ts';
import { compareUtf8 } from '../../src/core/identifiers/asset-path.ts';
import { blobKeyPath } from '../../src/core/records/asset.ts';
import { repository } from '../support/needed-part.ts';
import { writeFiles, type Files } from '../support/temporary-folder.ts';

export const HOSTILE = '<img src=x onerror=window.harmed=1><script>window.harmed=1</script>';

const group = (at: string, attributes: TreeObject['attributes'] = {}): TreeObject => ({
  kind: 'group',
  path: at,
  attributes,
});
const dataset = (
  at: string,
  rest: Partial<Extract<TreeObject, { kind: 'dataset' }>> = {},
): TreeObject => ({
  kind: 'dataset',
  path: at,
  type: '<f8',
  shape: [],
  storage: { layout: 'contiguous', bytes: 8 },
  ...rest,
});
const text = (at: string, value: string): TreeObject => dataset(at, { type: 'string', value });

const SWEEPS = 1200;

function sweeps(): TreeObject[] {
  return Array.from({ length: SWEEPS }, (_, at) => {
    const home = `/acquisition/sweep_${String(at).padStart(4, '0')}`;
    return [
      group(home, { neurodata_type: 'CurrentClampSeries', namespace: 'core' }),
      dataset(`${home}/data`, {
        type: '<f4',
        shape: [20_000],
        attributes: { unit: 'volts', conversion: 1 },
        storage: {
          layout: 'chunked',
          chunkShape: [5000],
          filters: [{ id: 1, name: 'gzip' }],
          bytes: 41_000,
          chunks: { from: at * 10, length: 10, count: 4 },
        },
      }),
      dataset(`${home}/gain`, { value: 1 }),
      dataset(`${home}/starting_time`, {
        value: at,
        attributes: { rate: 20_000, unit: 'seconds' },
      }),
    ];
  }).flat();
}

/** The tree of a patch-clamp file of 4,800 objects, with what goes wrong in files. */
export function exampleTree(): DataTree {
  const objects: TreeObject[] = [
    group('/', { nwb_version: '2.8.0', neurodata_type: 'NWBFile', namespace: 'core' }),
    group('/acquisition'),
    ...sweeps(),
    dataset('/file_create_date', { type: 'string', shape: [1], value: ['2025-01-01T00:00:00Z'] }),
    group('/general'),
    group('/general/devices'),
    group('/general/devices/amplifier', {
      neurodata_type: 'Device',
      namespace: 'core',
      description: HOSTILE,
    }),
    text('/general/institution', 'University of Somewhere'),
    group('/general/subject', { neurodata_type: 'Subject', namespace: 'core' }),
    text('/general/subject/age', 'P90D'),
    text('/general/subject/sex', 'F'),
    text('/general/subject/species', 'Mus musculus'),
    text('/general/subject/subject_id', 'M1'),
    group('/hostile'),
    group(`/hostile/${HOSTILE.replaceAll('/', '∕')}`, {
      [HOSTILE]: HOSTILE,
      long: 'x'.repeat(50_000),
    }),
    group('/hostile/__proto__', { constructor: 'a name like others' }),
    { kind: 'link', path: '/hostile/circle', link: 'soft', target: '/hostile/circle' },
    { kind: 'link', path: '/hostile/gone', link: 'soft', target: '/nowhere' },
    { kind: 'link', path: '/hostile/out', link: 'external', target: '/a', file: '../../etc/x.h5' },
    {
      kind: 'unreadable',
      path: '/hostile/broken',
      problem: 'The header of this object is damaged.',
    },
    group('/intervals'),
    group('/intervals/trials', {
      neurodata_type: 'TimeIntervals',
      namespace: 'core',
      colnames: ['start_time', 'stop_time', 'tags', 'sweep'],
      description: 'The trials.',
    }),
    dataset('/intervals/trials/id', { type: '<i8', shape: [3], value: [0, 1, 2] }),
    dataset('/intervals/trials/start_time', { shape: [3], value: [0.5, 1.5, 'NaN'] }),
    dataset('/intervals/trials/stop_time', { shape: [3], value: [1, 2, 3] }),
    dataset('/intervals/trials/sweep', {
      type: 'reference',
      shape: [3],
      value: [
        { ref: '/acquisition/sweep_0007' },
        { ref: '/acquisition/sweep_0003/data' },
        { ref: null },
      ],
    }),
    dataset('/intervals/trials/tags', {
      type: 'string',
      shape: [3],
      value: ['left', 'go', HOSTILE],
    }),
    dataset('/intervals/trials/tags_index', { type: '<u1', shape: [3], value: [2, 2, 3] }),
    { kind: 'link', path: '/last_sweep', link: 'soft', target: 'acquisition/sweep_1199' },
    text('/identifier', 'example-1'),
    text('/session_description', 'Current steps in layer 5 cells.'),
    text('/session_start_time', '2024-02-18T10:00:00+01:00'),
  ];
  return {
    format: 'hdf5',
    objects,
    namespaces: { core: '2.8.0' },
    types: {
      CurrentClampSeries: {
        namespace: 'core',
        extends: ['PatchClampSeries', 'TimeSeries', 'NWBDataInterface', 'NWBContainer'],
      },
    },
    omitted: [],
  };
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAGklEQVR4nGP4z8DAwMDAxMDAwMCAFTBhFx1AAABZbAUF2dFTGQAAAABJRU5ErkJggg==',
  'base64',
);
/** Bytes that say their size is 20,000 × 20,000 pixels. */
const bomb = ((): Buffer => {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(20_000, 16);
  copy.writeUInt32BE(20_000, 20);
  copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
  return copy;
})();

const utf16 = (words: string): Uint8Array =>
  Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(words, 'utf16le')]);

export const README = `# Read me\n\nA *fine* dataset. ${HOSTILE}\n\n&copy; &notit; &semi; &Tab;x &#35; &amp;lt;b&amp;gt; <https://a.example/?a=1&amp;b=%c3%a9>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`;

const BYTES: readonly (readonly [path: string, type: string, bytes: Uint8Array | string])[] = [
  ['README.md', 'text/markdown', README],
  ['big.txt', 'text/plain', `${'y'.repeat(300_000)}\n${'line of text\n'.repeat(150_000)}`],
  ['binary.txt', 'text/plain', Uint8Array.from({ length: 5000 }, (_, at) => (at * 37) % 256)],
  ['bomb.png', 'image/png', bomb],
  ['broken.json', 'application/json', '{"a": 1'],
  ['damaged.png', 'image/png', 'not a picture'],
  [
    'drawing.svg',
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>window.top.harmed=1</script><rect width="40" height="20" fill="teal"/></svg>`,
  ],
  ['empty.txt', 'text/plain', ''],
  [
    'events.tsv',
    'text/tab-separated-values',
    `onset\tduration\tname\n${Array.from({ length: 700 }, (_, at) => `${at}.50\t0.1\t${at === 1 ? HOSTILE : 'go'}\n`).join('')}`,
  ],
  ['hostile.txt', 'text/plain', `${HOSTILE}\nwrite to someone@example.org\n\u202egpj.exe\n`],
  ['movie.avi', 'video/x-msvideo', 'RIFF'],
  ["movie'; rm -rf x.avi", 'video/x-msvideo', 'RIFF'],
  ['movie.mp4', 'video/mp4', 'not a movie'],
  [
    'numbers.json',
    'application/json',
    '{"big": 12345678901234567890, "small": 1.0, "__proto__": {"a": ["<b>"]}}',
  ],
  ['paper.pdf', 'application/pdf', '%PDF'],
  ['picture.png', 'image/png', png],
  ['sub-1/changed.nwb', 'application/x-nwb', 'an index of other bytes'],
  ['sub-1/none.nwb', 'application/x-nwb', 'no index'],
  ['sub-1/odd.nwb', 'application/x-nwb', 'an index that is none'],
  ['sub-1/patch.nwb', 'application/x-nwb', 'the bytes are not read'],
  ['table.csv', 'text/csv', 'name,"a, b"\nµV,"x ""y""\nz"\n'],
  ['wide.txt', 'text/plain', utf16('größer µV\n')],
];

const digest = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Writes the archive with its store, the same each time; returns its content folder. Its bucket answers nobody. */
export function writeViewerArchive(store: 'folder' | 'bucket' = 'folder'): string {
  const home = path.join(repository, '.cache', `viewer-archive-${store}`);
  rmSync(home, { recursive: true, force: true });
  const files: Files = {
    'content/archive.json': JSON.stringify({
      name: 'Test archive',
      identifierPrefix: 'TEST',
      site: 'https://test.example/',
      stores: [
        store === 'folder'
          ? { kind: 'folder', path: 'storage', url: '/storage/' }
          : { kind: 'http', url: 'https://bytes.example/' },
      ],
      repository: 'https://code.example/archive',
      licenses: [],
    }),
    'content/dandisets/000/000001/draft/dandiset.json': JSON.stringify({
      identifier: 'TEST:000001',
      name: 'Files of all kinds',
    }),
  };
  const lines = BYTES.map(([name, type, bytes]) => {
    const sha256 = digest(bytes);
    const size = Buffer.byteLength(bytes);
    files[`storage/${blobKeyPath(sha256)}`] = bytes;
    return {
      asset_id: sha256.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
      blob: sha256,
      path: name,
      size,
      created: '2024-01-02T03:04:05Z',
      modified: '2024-01-02T03:04:05Z',
      metadata: {
        schemaKey: 'Asset',
        schemaVersion: '0.7.0',
        path: name,
        encodingFormat: type,
        contentSize: size,
        digest: { 'dandi:sha2-256': sha256 },
      },
    };
  });
  files['content/dandisets/000/000001/draft/assets.jsonl'] = lines
    .sort((a, b) => compareUtf8(a.path, b.path))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
  const index = (name: string, change: Partial<IndexedFile>): void => {
    const { blob: sha256, size } = lines.find((line) => line.path === name) ?? {
      blob: '',
      size: 0,
    };
    const chunks = { size: SWEEPS * 10, sha256: digest('chunks') };
    const made = fileIndex({ sha256, size, ...change }, exampleTree(), 'the test', chunks);
    files[`storage/indexes/${sha256}.json.gz`] = gzipSync(fileIndexText(made));
  };
  index('sub-1/patch.nwb', {});
  index('sub-1/changed.nwb', { size: 1 });
  files[`storage/indexes/${digest('an index that is none')}.json.gz`] = gzipSync('[]');
  writeFiles(home, files);
  return path.join(home, 'content');
}
