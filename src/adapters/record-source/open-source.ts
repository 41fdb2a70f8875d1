// Which kind of source a folder is, told by the first record found in it.

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import { DATALAD_RECORD, dataladSource } from './datalad-source.ts';
import { manifestsSource } from './manifests-source.ts';
import { mirrorSource } from './mirror-source.ts';
import type { RecordSource } from './record-source.ts';
import { numberedFolders, versionFolders } from './source-folders.ts';
import { firstFile } from './source-files.ts';

const SHAPES = [
  { names: ['dandiset.json'], open: mirrorSource },
  { names: ['dandiset.jsonld', 'dandiset.yaml'], open: manifestsSource },
];

/**
 * The source in a folder.
 *
 * @throws ArchiveError `source-not-recognised` where there is no record of a known shape.
 */
export async function openFolderSource(folder: string): Promise<RecordSource> {
  const root = path.resolve(folder);
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new ArchiveError('source-not-recognised', `There is no folder ${folder} to import from.`);
  }
  if ((await firstFile(root, '', [DATALAD_RECORD])) !== undefined) return dataladSource(root);
  for (const dandiset of (await numberedFolders(root)).folders) {
    if ((await firstFile(root, dandiset.folder, [DATALAD_RECORD])) !== undefined)
      return dataladSource(root);
  }
  for (const version of (await versionFolders(root)).versions) {
    for (const { names, open } of SHAPES) {
      if ((await firstFile(root, version.folder, names)) !== undefined) return open(root);
    }
  }
  throw new ArchiveError(
    'source-not-recognised',
    `No records of Dandisets were found in ${folder}.`,
    {
      hint: 'Expected 000003/draft/dandiset.json (mirror), dandiset.yaml (DataLad) or dandisets/000003/draft/dandiset.jsonld (bucket manifests).',
    },
  );
}
