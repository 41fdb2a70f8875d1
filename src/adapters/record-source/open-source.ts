// What to import from: an address or a folder.

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import { folderFiles } from './folder-files.ts';
import { openHttpSource } from './open-http-source.ts';
import type { RecordSource } from './record-source.ts';
import { sourceIn, type Selection } from './source-in-files.ts';

/**
 * The source in a folder.
 *
 * @throws ArchiveError `source-not-recognised` if there is no record of a known shape.
 */
export async function openFolderSource(folder: string, only?: Selection): Promise<RecordSource> {
  const root = path.resolve(folder);
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new ArchiveError('source-not-recognised', `There is no folder ${folder} to import from.`);
  }
  const source = await sourceIn(folderFiles(root), only);
  if (source !== undefined) return source;
  const wanted = only === undefined ? 'Dandisets' : `Dandiset ${only.join(', ')}`;
  const message = `No records of ${wanted} were found in ${folder}.`;
  throw new ArchiveError('source-not-recognised', message, {
    hint: 'Expected 000003/draft/dandiset.json (mirror), dandiset.yaml (DataLad) or dandisets/000003/draft/dandiset.jsonld (bucket manifests).',
  });
}

/**
 * The source at an address (`http://…`, `https://…`) or in a folder; `only` narrows it to some
 * Dandisets.
 *
 * @throws ArchiveError `source-not-recognised`, `source-unreadable`
 */
export async function openSource(from: string, only?: Selection): Promise<RecordSource> {
  return /^https?:\/\//i.test(from) ? openHttpSource(from, only) : openFolderSource(from, only);
}
