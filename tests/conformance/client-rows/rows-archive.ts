// The archive of the table: records and bytes, served as `npm start` does.

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunningServer } from '../../../src/adapters/static-server/start-server.ts';
import { serveProgramFiles } from '../../support/sites/api-site.ts';
import { writeArchive, uuidOf, type ArchiveFiles } from '../../support/sites/download-archive.ts';
import { filesBelow, writeFiles } from '../../support/temporary-folder.ts';
import type { Before } from './row.ts';

const textOf = (name: string): Buffer => Buffer.from(`bytes of ${name}`);
const named = (...names: string[]): Record<string, Buffer> =>
  Object.fromEntries(names.map((name) => [name, textOf(name)]));

const FILES: ArchiveFiles = {
  ...named(
    'file.txt',
    'subdir1/apple.txt',
    'subdir2/banana.txt',
    'subdir2/coconut.txt',
    'undated.txt',
  ),
  'sample.zarr': Object.fromEntries(
    ['.zgroup', '0/0', 'arr/deep/er/0'].map((name) => [name, textOf(`sample.zarr/${name}`)]),
  ),
};

export interface RowsArchive {
  content: string;
  server: RunningServer;
  /** The address with a slash at its end. */
  here: string;
}

/** Two Dandisets: one with files and a Zarr, one without any. */
export async function rowsArchive(): Promise<RowsArchive> {
  const folder = mkdtempSync(path.join(tmpdir(), 'client-rows-'));
  const { content, objects } = writeArchive(folder, FILES, 'https://store.example/');
  writeFiles(path.join(folder, 'storage'), Object.fromEntries(objects));
  const dandisets = path.join(content, 'dandisets/000');
  const list = path.join(dandisets, '000001/draft/assets.jsonl');
  const lines = readFileSync(list, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const asset = JSON.parse(line) as { path: string; metadata: Record<string, unknown> };
      if (asset.path === 'undated.txt') delete asset.metadata['blobDateModified'];
      return `${JSON.stringify(asset)}\n`;
    });
  writeFileSync(list, lines.join(''));
  mkdirSync(path.join(dandisets, '000002/draft'), { recursive: true });
  writeFiles(path.join(dandisets, '000002/draft'), {
    'assets.jsonl': '',
    'dandiset.json': `${JSON.stringify({ identifier: 'LAB:000002', name: 'Empty', schemaVersion: '0.7.0' }, undefined, 2)}\n`,
  });
  const file = path.join(content, 'archive.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
  const stores = [{ kind: 'folder', path: 'storage', url: '/storage/' }];
  writeFileSync(file, JSON.stringify({ ...settings, host: 'local', stores }));
  const dist = path.join(folder, 'dist');
  mkdirSync(dist);
  const server = await serveProgramFiles(content, dist);
  return { content, server, here: `http://localhost:${server.port}/` };
}

/** Fills in what a text of the table names. */
export function filledIn(text: string, { here }: RowsArchive): string {
  return text
    .replace('HERE', here)
    .replace(/ID\(([^)]*)\)/, (_, name: string) => uuidOf(name))
    .replace(/SHA256\(([^)]*)\)/, (_, name: string) =>
      createHash('sha256').update(textOf(name)).digest('hex'),
    );
}

/** Writes the files that are there before a download. */
export function writeBefore(folder: string, before: Before, archive: RowsArchive): void {
  for (const [name, given] of Object.entries(before)) {
    const place = filledIn(name, archive);
    const { text, mtime } = typeof given === 'string' ? { text: given, mtime: undefined } : given;
    writeFiles(folder, { [place]: text });
    const time = mtime === undefined ? undefined : new Date(mtime);
    if (time !== undefined) utimesSync(path.join(folder, place), time, time);
  }
}

/** The files below a folder: right ones by name, others with their text. */
export function outcomeIn(folder: string): string[] {
  return [...filesBelow(folder)]
    .filter(([name]) => !/(?:^|\/)\.dandiset\//.test(name))
    .map(([name, text]) => {
      if (/(?:^|\/)dandiset\.yaml$/.test(name)) return name;
      const isRight = text.startsWith('bytes of ') && text.endsWith(name.replace(/^0{5}\d\//, ''));
      return isRight ? name : `${name}=${text}`;
    })
    .sort();
}
