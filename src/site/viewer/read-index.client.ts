// The index of a file in the archive's store: what is in the file, made once, in one request.

import { unpackGzip } from '../../adapters/bytes/unpack-gzip.ts';
import { fetchWhole } from '../../adapters/bytes/open-browser-bytes.ts';
import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { isArchiveError } from '../../core/error.ts';
import {
  MOST_PACKED_INDEX,
  MOST_UNPACKED_INDEX,
  parseFileIndex,
} from '../../core/file-index/file-index.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ViewedFile } from './viewed-file.ts';

/** The tree of a file's index, or why there is none: `absent`, or a sentence that refuses it. */
export type FoundIndex = { tree: DataTree } | { absent: true } | { refused: string };

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Reads a file's index.
 *
 * @throws ArchiveError `bytes-unreadable` where the store fails
 */
export async function readIndex({
  store,
  sha256,
  size,
}: Pick<ViewedFile, 'store' | 'sha256' | 'size'>): Promise<FoundIndex> {
  if (store === '' || sha256 === undefined) return { absent: true };
  const address = `${store}indexes/${sha256}.json.gz`;
  let packed: Uint8Array<ArrayBuffer>;
  try {
    packed = await fetchWhole(address, MOST_PACKED_INDEX);
  } catch (error) {
    // A bucket whose contents cannot be listed answers 403 for what it does not have.
    const isAbsent =
      isArchiveError(error, 'bytes-not-found') ||
      (isArchiveError(error, 'bytes-unreadable') && / answered 403\.$/.test(error.message));
    if (isAbsent) return { absent: true };
    throw error;
  }
  // A host may say that the file's gzip is one of transfer; the browser has unpacked it then.
  const bytes = isGzip(packed) ? await unpackGzip(packed, MOST_UNPACKED_INDEX, address) : packed;
  const parsed = parseFileIndex(decodeUtf8(bytes) ?? '', { size, sha256 });
  return parsed.ok ? { tree: parsed.index.tree } : { refused: parsed.reason };
}
