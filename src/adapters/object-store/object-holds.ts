// Whether an object of a listing holds some bytes, judged by size and ETag.

import { digestBytes, md5Hex } from '../digests/file-digests.ts';
import type { ListedObject } from './object-store.ts';

/**
 * Whether an object holds these bytes, as far as its listing tells: its ETag is their MD5, or their
 * dandi-etag where it came in parts. Every other ETag counts as that of other bytes.
 */
export function objectHolds({ size, etag }: ListedObject, bytes: Uint8Array): boolean {
  if (bytes.length !== size || etag === undefined) return false;
  return etag === (etag.includes('-') ? digestBytes(bytes).dandiEtag : md5Hex(bytes));
}
