// The list of a Zarr's files next to it in a store: `[[path, size, md5], …]`.

import { parseJson } from '../json/json-text.ts';
import type { ZarrFile } from './zarr-checksum.ts';

/** The files of such a list; undefined if it is not one. */
export function parseZarrList(text: string): ZarrFile[] | undefined {
  const parsed = parseJson(text);
  if (!parsed.ok || !Array.isArray(parsed.value)) return undefined;
  const files: ZarrFile[] = [];
  for (const entry of parsed.value) {
    if (!Array.isArray(entry)) return undefined;
    const [path, size, md5] = entry;
    if (typeof path !== 'string' || typeof size !== 'number' || typeof md5 !== 'string') {
      return undefined;
    }
    files.push({ path, size, md5 });
  }
  return files;
}
