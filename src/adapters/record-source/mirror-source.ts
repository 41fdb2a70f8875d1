// Mirror records: `<ID>/<VERSION>/dandiset.json` next to `assets.jsonl` or `assets.jsonl.gz`.

import type { RecordSource, SourceVersion } from './record-source.ts';
import { readAssetsFile, recordFromSource } from './read-source.ts';
import { versionFolders } from './source-folders.ts';
import { firstFile, type SourceFiles } from './source-files.ts';

const LISTS = ['assets.jsonl.gz', 'assets.jsonl'];

/** The source in a folder of mirror records. */
export function mirrorSource(files: SourceFiles): RecordSource {
  return {
    kind: 'mirror-records',
    name: files.name,
    list: () => versionFolders(files),
    readRecord: (version) => recordFromSource(files, `${version.folder}/dandiset.json`),
    async readAssets(version: SourceVersion) {
      const file = await firstFile(files, version.folder, LISTS);
      return file === undefined ? undefined : readAssetsFile(files, file);
    },
  };
}
