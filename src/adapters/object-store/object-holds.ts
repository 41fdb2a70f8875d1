// Whether an object of a listing has certain bytes, by size and ETag.

import { digestBytes, md5Hex } from '../digests/file-digests.ts';
import type { ListedObject } from './object-store.ts';

/**
 * Whether an object has these bytes, as far as its listing shows: its ETag is their MD5, or their
 * dandi-etag if it was uploaded in parts. Any other ETag counts as that of different bytes.
 */
export function objectHolds({ size, etag }: ListedObject, bytes: Uint8Array): boolean {
  if (bytes.length !== size || etag === undefined) return false;
  return etag === (etag.includes('-') ? digestBytes(bytes).dandiEtag : md5Hex(bytes));
}
