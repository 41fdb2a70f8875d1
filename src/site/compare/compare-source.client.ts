// Records and lists of versions, read from the site and the archive's store.

import { fetchWhole } from '../../adapters/bytes/open-browser-bytes.ts';
import { unpackGzip } from '../../adapters/bytes/unpack-gzip.ts';
import { listedFiles } from '../../core/compare/listed-file.ts';
import { isJsonObject } from '../../core/json/json-text.ts';
import type { CompareChoice } from './compare-page.ts';
import type { ComparedVersion } from './compare-view.ts';

/** The largest record, in bytes. */
const MAX_RECORD = 16_000_000;
/** The largest list, in bytes, compressed and not. */
const MAX_LIST = 1_000_000_000;

/** The bytes of a list; one in the store is compressed, unless its host has unpacked it. */
async function listBytes(address: string): Promise<Uint8Array> {
  const bytes = await fetchWhole(address, MAX_LIST);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? unpackGzip(bytes, MAX_LIST, address) : bytes;
}

async function record(address: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await fetchWhole(address, MAX_RECORD)));
}

/** Reads a version for a comparison. */
export async function loadVersion({
  version,
  folder,
  list,
}: CompareChoice): Promise<ComparedVersion> {
  const [written, bytes] = await Promise.all([
    record(`${folder}dandiset.json`),
    list === undefined ? undefined : listBytes(list.href),
  ]);
  return {
    version,
    record: isJsonObject(written) ? written : {},
    files: bytes === undefined ? undefined : listedFiles(bytes),
  };
}
