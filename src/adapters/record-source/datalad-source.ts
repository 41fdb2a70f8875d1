// DataLad mirrors: a Dandiset's folder with `dandiset.yaml` and `.dandi/assets.json`, or a folder of
// such folders named by number. One folder holds one version, which its record names.

import path from 'node:path';
import {
  parseDandisetIdentifier,
  parseDandisetNumber,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { parseVersion } from '../../core/identifiers/version-id.ts';
import { parseJson, textMember } from '../../core/json/json-text.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import type { Problem } from '../../core/problem.ts';
import type { RecordSource, SourceVersion } from './record-source.ts';
import { readAssetsFile, recordFromSource } from './read-source.ts';
import { numberedFolders } from './source-folders.ts';
import { firstFile, pathIn, type SourceFiles } from './source-files.ts';

export const DATALAD_RECORD = 'dandiset.yaml';

/** The source in one Dandiset's DataLad folder, or in a folder of many. */
export function dataladSource(files: SourceFiles): RecordSource {
  async function versionIn(
    folder: string,
    named: DandisetNumber | undefined,
  ): Promise<SourceVersion | Problem> {
    const read = await recordFromSource(files, pathIn(folder, DATALAD_RECORD));
    if (!read.ok) return read.problem;
    const parsed = parseJson(read.text);
    const record = parsed.ok ? parsed.value : null;
    const number = named ?? parseDandisetIdentifier(textMember(record, 'identifier') ?? '')?.number;
    const version = parseVersion(textMember(record, 'version') ?? '');
    if (number !== undefined && version !== undefined) return { number, version, folder };
    return sourceProblem('source-unknown-folder', {
      path: read.path,
      message: 'The record does not say which Dandiset and version it is of.',
    });
  }

  return {
    kind: 'datalad',
    name: files.name,
    async list() {
      const isOne = (await firstFile(files, '', [DATALAD_RECORD])) !== undefined;
      const found = isOne ? { folders: [], problems: [] } : await numberedFolders(files);
      const problems = [...found.problems];
      const folders: { folder: string; number: DandisetNumber | undefined }[] = isOne
        ? [{ folder: '', number: parseDandisetNumber(path.basename(files.name)) }]
        : found.folders;
      const versions: SourceVersion[] = [];
      for (const { folder, number } of folders) {
        const version = await versionIn(folder, number);
        if ('rule' in version) problems.push(version);
        else versions.push(version);
      }
      return { versions, problems };
    },
    readRecord: (version) => recordFromSource(files, pathIn(version.folder, DATALAD_RECORD)),
    async readAssets(version) {
      const file = await firstFile(files, pathIn(version.folder, '.dandi'), ['assets.json']);
      return file === undefined ? undefined : readAssetsFile(files, file);
    },
  };
}
