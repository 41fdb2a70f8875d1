// Mirror records: `<ID>/<VERSION>/dandiset.json` with `assets.jsonl` or `assets.jsonl.gz` beside it.

import type { RecordSource, SourceVersion } from './record-source.ts';
import { readAssetsFile, readRecordFile } from './read-source.ts';
import { versionFolders } from './source-folders.ts';
import { firstFile } from './source-files.ts';

const LISTS = ['assets.jsonl.gz', 'assets.jsonl'];

/** The source in a folder of mirror records. */
export function mirrorSource(folder: string): RecordSource {
  return {
    kind: 'mirror-records',
    name: folder,
    list: () => versionFolders(folder),
    readRecord: (version) => readRecordFile(folder, `${version.folder}/dandiset.json`),
    async readAssets(version: SourceVersion) {
      const file = await firstFile(folder, version.folder, LISTS);
      return file === undefined ? undefined : readAssetsFile(folder, file);
    },
  };
}
