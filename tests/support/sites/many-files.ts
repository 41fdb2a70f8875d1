// A synthetic Dandiset of many tiny files, with its bytes in a folder store.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestBytes } from '../../../src/adapters/digests/file-digests.ts';
import { compareUtf8 } from '../../../src/core/identifiers/asset-path.ts';
import { blobKeyPath } from '../../../src/core/records/asset.ts';

const TIME = '2025-01-13T15:20:00+00:00';

function pathOf(number: string): string {
  return `sub-${number.slice(0, 4)}/sub-${number.slice(0, 4)}_run-${number}_events.tsv`;
}

/** Writes `content/` with one draft and `storage/` below a folder; gives the content folder. */
export function manyFiles(folder: string, files: number | readonly string[]): string {
  const count = typeof files === 'number' ? files : files.length;
  const lines = Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(6, '0');
    const bytes = Buffer.from(`file ${number}\n`);
    const { sha256, dandiEtag } = digestBytes(bytes);
    const file = path.join(folder, 'storage', blobKeyPath(sha256) ?? '');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    const name = typeof files === 'number' ? pathOf(number) : (files[index] ?? '');
    const asset = {
      asset_id: `00000000-0000-4000-8000-000000${number}`,
      blob: sha256,
      path: name,
      size: bytes.length,
      created: TIME,
      modified: TIME,
      metadata: {
        schemaKey: 'Asset',
        schemaVersion: '0.7.0',
        path: name,
        contentSize: bytes.length,
        digest: { 'dandi:dandi-etag': dandiEtag, 'dandi:sha2-256': sha256 },
        blobDateModified: TIME,
        encodingFormat: 'text/tab-separated-values',
      },
    };
    return { name, text: `${JSON.stringify(asset)}\n` };
  });
  const content = path.join(folder, 'content');
  const draft = path.join(content, 'dandisets', '000', '000001', 'draft');
  mkdirSync(draft, { recursive: true });
  const inOrder = lines.sort((a, b) => compareUtf8(a.name, b.name)).map(({ text }) => text);
  writeFileSync(path.join(draft, 'assets.jsonl'), inOrder.join(''));
  writeFileSync(
    path.join(draft, 'dandiset.json'),
    `${JSON.stringify({ identifier: 'MANY-DANDI:000001', name: 'Many files', schemaVersion: '0.7.0' }, undefined, 2)}\n`,
  );
  const archive = {
    name: 'Many files',
    identifierPrefix: 'MANY-DANDI',
    site: 'https://many.example/',
    host: 'local',
    stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
    repository: 'https://git.example/many',
    licenses: ['spdx:CC0-1.0'],
  };
  writeFileSync(path.join(content, 'archive.json'), `${JSON.stringify(archive, undefined, 2)}\n`);
  return content;
}
