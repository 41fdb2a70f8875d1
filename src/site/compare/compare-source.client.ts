// Records and lists of versions, read from the site and the archive's store.

import { listedFiles } from '../../core/compare/listed-file.ts';
import { isJsonObject } from '../../core/json/json-text.ts';
import type { CompareChoice } from './compare-page.ts';
import type { ComparedVersion } from './compare-view.ts';

async function fetchOrThrow(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response;
}

/** The bytes of a list; one in the store is compressed, unless its host has unpacked it. */
async function listBytes(address: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await fetchOrThrow(address)).arrayBuffer());
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** Reads a version for a comparison. */
export async function loadVersion({
  version,
  folder,
  list,
}: CompareChoice): Promise<ComparedVersion> {
  const [record, bytes] = await Promise.all([
    fetchOrThrow(`${folder}dandiset.json`).then((response): Promise<unknown> => response.json()),
    list === undefined ? undefined : listBytes(list.href),
  ]);
  return {
    version,
    record: isJsonObject(record) ? record : {},
    files: bytes === undefined ? undefined : listedFiles(bytes),
  };
}
