// Finding Dandisets and versions in the folders of a source, the same for every folder layout.

import { parseDandisetNumber, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { parseVersion } from '../../core/identifiers/version-id.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import type { Problem } from '../../core/problem.ts';
import type { SourceVersion } from './record-source.ts';
import { pathIn, type SourceFiles } from './source-files.ts';

/** A folder named by a Dandiset's number. */
export interface NumberedFolder {
  number: DandisetNumber;
  /** Relative to the source. */
  folder: string;
}

/** The folder that contains the Dandisets' folders: `dandisets` if the source has it, else ''. */
export async function dandisetsFolder(files: SourceFiles): Promise<string> {
  return (await files.entries('')).some(({ name, isFolder }) => isFolder && name === 'dandisets')
    ? 'dandisets'
    : '';
}

/** The folders named by six digits, in order; other names have no meaning here. */
export async function numberedFolders(
  files: SourceFiles,
): Promise<{ folders: NumberedFolder[]; problems: Problem[] }> {
  const base = await dandisetsFolder(files);
  const folders: NumberedFolder[] = [];
  const problems: Problem[] = [];
  for (const { name, isFolder } of await files.entries(base)) {
    const number = parseDandisetNumber(name);
    if (number === undefined) continue;
    const folder = pathIn(base, name);
    if (isFolder) folders.push({ number, folder });
    else
      problems.push(
        sourceProblem('source-unknown-folder', {
          path: files.placeOf(folder),
          message: 'It is named like a Dandiset and is no folder (links are not followed).',
        }),
      );
  }
  return { folders, problems };
}

/** Every `<number>/<version>/` of a source, in order. */
export async function versionFolders(
  files: SourceFiles,
): Promise<{ versions: SourceVersion[]; problems: Problem[] }> {
  const { folders, problems } = await numberedFolders(files);
  const versions: SourceVersion[] = [];
  for (const { number, folder } of folders) {
    for (const { name, isFolder } of await files.entries(folder)) {
      const version = parseVersion(name);
      const inner = pathIn(folder, name);
      if (version !== undefined && isFolder) versions.push({ number, version, folder: inner });
      else if (version !== undefined || (isFolder && !name.startsWith('.'))) {
        problems.push(
          sourceProblem('source-unknown-folder', {
            path: files.placeOf(inner),
            message: `"${name}" is no folder of a version ("draft" or 0.YYMMDD.HHMM).`,
          }),
        );
      }
    }
  }
  return { versions, problems };
}
