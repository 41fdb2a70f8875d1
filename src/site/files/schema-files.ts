// The schemas of documents that are not those of DANDI's API.

import fileIndexSchema from '../../core/file-index/file-index.schema.json' with { type: 'json' };
import type { SiteFile } from '../site-file.ts';

export const FILE_INDEX_SCHEMA_PATH = 'schemas/file-index.json';

/** Each at its address. */
export function* schemaFiles(): Generator<SiteFile> {
  yield { path: FILE_INDEX_SCHEMA_PATH, contents: JSON.stringify(fileIndexSchema, undefined, 1) };
}
