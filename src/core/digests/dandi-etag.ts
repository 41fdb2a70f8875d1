// dandi-etag: the ETag an S3 store gives a multipart upload whose parts follow a fixed plan, so
// that every client gets the same digest for the same bytes.

import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';

const MIB = 1024 * 1024;
const DEFAULT_PART = 64 * MIB;
const MAX_PARTS = 10_000;

/** The largest file the plan is made for: 5 TiB. */
export const MAX_ETAG_FILE = 5 * MIB * MIB;

export interface PartPlan {
  /** Bytes of every part but the last. */
  partSize: number;
  count: number;
}

/**
 * How a file of this many bytes is cut into parts.
 *
 * @throws RangeError for a size that is not a whole number from 0 to 5 TiB.
 */
export function planParts(size: number): PartPlan {
  if (!Number.isSafeInteger(size) || size < 0 || size > MAX_ETAG_FILE) {
    throw new RangeError(`a file of ${size} bytes has no dandi-etag`);
  }
  const partSize =
    Math.ceil(size / DEFAULT_PART) >= MAX_PARTS ? Math.ceil(size / MAX_PARTS) : DEFAULT_PART;
  return { partSize, count: Math.ceil(size / partSize) };
}

/** The dandi-etag of a file whose parts, in order, have these MD5 digests (16 bytes each). */
export function dandiEtag(partDigests: readonly Uint8Array[]): string {
  return `${bytesToHex(md5(concatBytes(...partDigests)))}-${partDigests.length}`;
}
