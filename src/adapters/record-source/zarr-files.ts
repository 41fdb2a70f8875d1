// The files of a Zarr: from its list in a store, or page by page from an API.

import { parseZarrList } from '../../core/digests/zarr-list.ts';
import type { ZarrFile } from '../../core/digests/zarr-checksum.ts';
import { countMember, textMember } from '../../core/json/json-text.ts';
import { listedItems } from './http-api.ts';
import type { HttpReader } from './http-reader.ts';
import { BrokenFile, MAX_LIST } from './source-files.ts';

async function fromStore(reader: HttpReader, folder: string): Promise<ZarrFile[] | undefined> {
  const address = `${folder.replace(/\/$/, '')}.json`;
  const pieces = await reader.get(address, MAX_LIST);
  if (pieces === undefined) return undefined;
  const files = parseZarrList(Buffer.concat(pieces).toString('utf8'));
  if (files === undefined)
    throw new BrokenFile('source-wrong-answer', 'is no list of a Zarr', { place: address });
  return files;
}

async function fromApi(reader: HttpReader, base: string, zarr: string): Promise<ZarrFile[]> {
  const files: ZarrFile[] = [];
  const address = `${base}zarr/${encodeURIComponent(zarr)}/files`;
  for await (const { value, address: place } of listedItems(
    { reader, base, declared: base },
    address,
  )) {
    const [path, size, etag] = [
      textMember(value, 'Key'),
      countMember(value, 'Size'),
      textMember(value, 'ETag')?.replace(/^"|"$/g, ''),
    ];
    if (path === undefined || size === undefined || etag === undefined)
      throw new BrokenFile('source-wrong-answer', 'has an entry without key, size or ETag', {
        place,
      });
    files.push({ path, size, md5: etag.toLowerCase() });
  }
  return files;
}

/**
 * The files of a Zarr whose folder is at one of these addresses, each ending in `/`; otherwise as the API at
 * `base` lists them. Undefined if nobody has a list.
 */
export async function listZarrFiles(
  reader: HttpReader,
  folders: readonly string[],
  api: { base: string; zarr: string } | undefined,
): Promise<ZarrFile[] | undefined> {
  let failure: BrokenFile | undefined;
  for (const folder of folders) {
    try {
      const files = await fromStore(reader, folder);
      if (files !== undefined) return files;
    } catch (error) {
      // Another store may have it, or the API.
      if (!(error instanceof BrokenFile)) throw error;
      failure = error;
    }
  }
  if (api !== undefined) return fromApi(reader, api.base, api.zarr);
  if (failure !== undefined) throw failure;
  return undefined;
}
