// Archives of files to transfer: records in a content folder, bytes in a folder store, made once.

import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { md5Hex } from '../../src/adapters/digests/file-digests.ts';
import { digestsOfFile } from '../../src/adapters/digests/path-digests.ts';
import { zarrChecksum, type ZarrFile } from '../../src/core/digests/zarr-checksum.ts';
import { compareUtf8 } from '../../src/core/identifiers/asset-path.ts';
import { blobKeyPath } from '../../src/core/records/asset.ts';
import { assetOf, uuidOf } from '../../tests/support/sites/download-archive.ts';

/** What one Dandiset holds. */
export interface TransferSet {
  name: string;
  number: string;
  count: number;
  /** Bytes of each file. */
  size: number;
  /** The files are those of one Zarr. */
  isZarr?: true;
}

export interface TransferArchive {
  content: string;
  storage: string;
  sets: readonly TransferSet[];
}

const PIECE = 16 * 1024 * 1024;

function writeRandom(file: string, size: number): void {
  const opened = openSync(file, 'w');
  for (let at = 0; at < size; at += PIECE)
    writeSync(opened, randomBytes(Math.min(PIECE, size - at)));
  closeSync(opened);
}

/** The path of a file, by its place in the set: about a hundred in each folder. */
function pathOf(at: number): string {
  const subject = `sub-${String(Math.floor(at / 100)).padStart(3, '0')}`;
  return `${subject}/${subject}_ses-${String(at).padStart(5, '0')}.nwb`;
}

async function blobAssets({ count, size }: TransferSet, storage: string): Promise<object[]> {
  const assets: object[] = [];
  const made = path.join(storage, 'being-made');
  for (let at = 0; at < count; at += 1) {
    writeRandom(made, size);
    const found = await digestsOfFile(made, ['sha256', 'dandi-etag']);
    const { sha256 = '', 'dandi-etag': dandiEtag } = found;
    const file = path.join(storage, blobKeyPath(sha256) ?? '');
    mkdirSync(path.dirname(file), { recursive: true });
    renameSync(made, file);
    const digest = { 'dandi:sha2-256': sha256, 'dandi:dandi-etag': dandiEtag };
    assets.push(assetOf(pathOf(at), size, digest, { blob: sha256 }));
  }
  return assets;
}

function zarrAssets({ number, count, size }: TransferSet, storage: string): object[] {
  const zarr = uuidOf(number);
  const files: ZarrFile[] = [];
  for (let at = 0; at < count; at += 1) {
    const bytes = randomBytes(size);
    const name = `0/${Math.floor(at / 200)}/${at % 200}`;
    const file = path.join(storage, 'zarr', zarr, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    files.push({ path: name, size, md5: md5Hex(bytes) });
  }
  files.sort((a, b) => compareUtf8(a.path, b.path));
  const entries = files.map((file) => [file.path, file.size, file.md5]);
  writeFileSync(path.join(storage, 'zarr', `${zarr}.json`), JSON.stringify(entries));
  const digest = { 'dandi:dandi-zarr-checksum': zarrChecksum(files) };
  return [assetOf('sub-1/image.zarr', count * size, digest, { zarr })];
}

/** Makes the archive below a folder, unless it is there already. */
export async function transferArchive(
  folder: string,
  sets: readonly TransferSet[],
): Promise<TransferArchive> {
  const storage = path.join(folder, 'storage');
  const content = path.join(folder, 'content');
  for (const set of sets) {
    const draft = path.join(content, 'dandisets', '000', set.number, 'draft');
    if (existsSync(path.join(draft, 'dandiset.json'))) continue;
    mkdirSync(draft, { recursive: true });
    mkdirSync(storage, { recursive: true });
    const assets = set.isZarr === true ? zarrAssets(set, storage) : await blobAssets(set, storage);
    const lines = assets.map((asset) => `${JSON.stringify(asset)}\n`);
    writeFileSync(path.join(draft, 'assets.jsonl'), lines.join(''));
    const record = {
      identifier: `BENCH-DANDI:${set.number}`,
      name: set.name,
      schemaVersion: '0.7.0',
    };
    writeFileSync(path.join(draft, 'dandiset.json'), `${JSON.stringify(record, undefined, 2)}\n`);
  }
  return { content, storage, sets };
}

/** Writes the archive's settings, once the address of its server is known. */
export function writeSettings({ content }: TransferArchive, url: string): void {
  const archive = {
    name: 'Transfers',
    identifierPrefix: 'BENCH-DANDI',
    site: url,
    repository: 'https://git.example/bench',
    licenses: ['spdx:CC0-1.0'],
    stores: [{ kind: 'http', url: `${url}storage/` }],
  };
  writeFileSync(path.join(content, 'archive.json'), JSON.stringify(archive));
}
