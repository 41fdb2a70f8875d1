// The digests of files and Zarrs that the program computes, and the hashes that make them up.

import { dandiEtag, planParts } from '../../core/digests/dandi-etag.ts';
import type { HashName, HashResult, HashWork } from './hash-work.ts';

/** What DANDI's client computes, by its names. */
export const DIGEST_ALGORITHMS = [
  'dandi-etag',
  'sha256',
  'md5',
  'sha1',
  'sha512',
  'zarr-checksum',
] as const;

export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

export type PathDigests = Partial<Record<DigestAlgorithm, string>>;

/**
 * The hashes that make up digests of a file. `forUploads`: where sha256 is asked for, also that of each part,
 * which an upload sends along.
 */
export function hashWorkFor(
  algorithms: readonly DigestAlgorithm[],
  size: number,
  forUploads = false,
): HashWork {
  const whole = new Set<HashName>();
  const parts = new Set<HashName>();
  for (const algorithm of algorithms) {
    if (algorithm === 'dandi-etag') parts.add('md5');
    // The checksum of a single file as a Zarr's is its MD5.
    else whole.add(algorithm === 'zarr-checksum' ? 'md5' : algorithm);
    if (algorithm === 'sha256' && forUploads) parts.add('sha256');
  }
  const partSize = parts.size === 0 ? Infinity : planParts(size).partSize;
  return { whole: [...whole], parts: [...parts], partSize };
}

/** The digests that hashes make up. */
export function digestsFrom(
  algorithms: readonly DigestAlgorithm[],
  { whole, parts }: HashResult,
): PathDigests {
  const of = (algorithm: DigestAlgorithm): string | undefined => {
    if (algorithm === 'zarr-checksum') return whole.md5;
    if (algorithm !== 'dandi-etag') return whole[algorithm];
    return dandiEtag((parts.md5 ?? []).map((hex) => Buffer.from(hex, 'hex')));
  };
  return Object.fromEntries(algorithms.map((algorithm) => [algorithm, of(algorithm)]));
}
