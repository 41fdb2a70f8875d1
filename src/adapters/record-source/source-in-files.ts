// Determines the shape of a source made of files from the first record found among them.

import { parseDandisetNumber, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { DATALAD_RECORD, dataladSource } from './datalad-source.ts';
import { manifestsSource } from './manifests-source.ts';
import { mirrorSource } from './mirror-source.ts';
import type { RecordSource } from './record-source.ts';
import { numberedFolders, versionFolders } from './source-folders.ts';
import { firstFile, type SourceFiles } from './source-files.ts';

const SHAPES = [
  { names: ['dandiset.json'], open: mirrorSource },
  { names: ['dandiset.jsonld', 'dandiset.yaml'], open: manifestsSource },
];

/** Which Dandisets are wanted; all by default. */
export type Selection = readonly DandisetNumber[] | undefined;

/** The same files without the folders of other Dandisets. */
function selected(files: SourceFiles, only: Selection): SourceFiles {
  if (only === undefined) return files;
  const isWanted = (name: string): boolean => {
    const number = parseDandisetNumber(name);
    return number === undefined || only.includes(number);
  };
  return {
    ...files,
    entries: async (folder) => (await files.entries(folder)).filter(({ name }) => isWanted(name)),
  };
}

async function shapeOf(
  files: SourceFiles,
): Promise<((files: SourceFiles) => RecordSource) | undefined> {
  if ((await firstFile(files, '', [DATALAD_RECORD])) !== undefined) return dataladSource;
  for (const dandiset of (await numberedFolders(files)).folders) {
    if ((await firstFile(files, dandiset.folder, [DATALAD_RECORD])) !== undefined)
      return dataladSource;
  }
  for (const version of (await versionFolders(files)).versions) {
    for (const { names, open } of SHAPES) {
      if ((await firstFile(files, version.folder, names)) !== undefined) return open;
    }
  }
  return undefined;
}

/** The source in files of one of the known record shapes; undefined if there is no record. */
export async function sourceIn(
  files: SourceFiles,
  only: Selection,
): Promise<RecordSource | undefined> {
  const wanted = selected(files, only);
  const open = await shapeOf(wanted);
  return open && { ...open(wanted), only };
}
