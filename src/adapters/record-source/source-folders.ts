// Finding Dandisets and versions in the folders of a source, the same for every shape of folder.

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { parseDandisetNumber, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { parseVersion } from '../../core/identifiers/version-id.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import type { Problem } from '../../core/problem.ts';
import type { SourceVersion } from './record-source.ts';

/** A folder named by a Dandiset's number. */
export interface NumberedFolder {
  number: DandisetNumber;
  /** Relative to the source. */
  folder: string;
}

async function entries(
  root: string,
  folder: string,
): Promise<{ name: string; isFolder: boolean }[]> {
  const found = await readdir(path.join(root, folder), { withFileTypes: true });
  return found
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) => compareUtf8(a.name, b.name));
}

/** The folder that holds those of the Dandisets: `dandisets` where the source has it, else ''. */
export async function dandisetsFolder(root: string): Promise<string> {
  return (await entries(root, '')).some(({ name, isFolder }) => isFolder && name === 'dandisets')
    ? 'dandisets'
    : '';
}

/** The folders named by six digits, in order; other names have no meaning here. */
export async function numberedFolders(
  root: string,
): Promise<{ folders: NumberedFolder[]; problems: Problem[] }> {
  const base = await dandisetsFolder(root);
  const folders: NumberedFolder[] = [];
  const problems: Problem[] = [];
  for (const { name, isFolder } of await entries(root, base)) {
    const number = parseDandisetNumber(name);
    if (number === undefined) continue;
    const folder = base === '' ? name : `${base}/${name}`;
    if (isFolder) folders.push({ number, folder });
    else
      problems.push(
        sourceProblem('source-unknown-folder', {
          path: folder,
          message: 'It is named like a Dandiset and is no folder (links are not followed).',
        }),
      );
  }
  return { folders, problems };
}

/** Every `<number>/<version>/` of a source, in order. */
export async function versionFolders(
  root: string,
): Promise<{ versions: SourceVersion[]; problems: Problem[] }> {
  const { folders, problems } = await numberedFolders(root);
  const versions: SourceVersion[] = [];
  for (const { number, folder } of folders) {
    for (const { name, isFolder } of await entries(root, folder)) {
      const version = parseVersion(name);
      const inner = `${folder}/${name}`;
      if (version !== undefined && isFolder) versions.push({ number, version, folder: inner });
      else if (version !== undefined || (isFolder && !name.startsWith('.'))) {
        problems.push(
          sourceProblem('source-unknown-folder', {
            path: inner,
            message: `"${name}" is no folder of a version ("draft" or 0.YYMMDD.HHMM).`,
          }),
        );
      }
    }
  }
  return { versions, problems };
}
