// Files on a web server or in a bucket, by the address of the folder they are in.

import { encodePath } from '../../core/identifiers/asset-path.ts';
import { missingFile, type SourceFiles } from './source-files.ts';
import type { HttpReader } from './http-reader.ts';

/** The files below `base`, which ends in `/`; `entries` lists what exists. */
export function httpFiles(
  reader: HttpReader,
  base: string,
  entries: SourceFiles['entries'],
): SourceFiles {
  const placeOf = (file: string): string => `${base}${encodePath(file)}`;
  return {
    name: base,
    placeOf,
    entries,
    async *chunks(file, limit) {
      const body = await reader.get(placeOf(file), limit);
      if (body === undefined) throw missingFile();
      yield* body;
    },
  };
}
