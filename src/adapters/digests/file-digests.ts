// Digests of bytes on this machine: sha256 and dandi-etag in a single pass.

import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dandiEtag, planParts } from '../../core/digests/dandi-etag.ts';

export interface FileDigests {
  /** Bytes. */
  size: number;
  sha256: string;
  dandiEtag: string;
}

// Two buffers of 1 MiB: one is hashed while the other is filled. Measured to be faster than a stream.
const BUFFER = 1024 * 1024;

/** Takes the bytes of a file in order, in portions of any size, and cuts them into the etag's parts. */
class EtagParts {
  private readonly parts: Uint8Array[] = [];
  private readonly partSize: number;
  private part: Hash | undefined;
  private inPart = 0;

  constructor(expectedSize: number) {
    this.partSize = planParts(expectedSize).partSize;
  }

  update(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length;) {
      const end = Math.min(bytes.length, start + this.partSize - this.inPart);
      this.part ??= createHash('md5');
      this.part.update(bytes.subarray(start, end));
      this.inPart += end - start;
      start = end;
      if (this.inPart === this.partSize) this.endPart();
    }
  }

  private endPart(): void {
    if (this.part === undefined) return;
    this.parts.push(this.part.digest());
    this.part = undefined;
    this.inPart = 0;
  }

  dandiEtag(): string {
    this.endPart();
    return dandiEtag(this.parts);
  }
}

/** All digests of a file at once. */
class Digester {
  private readonly sha256 = createHash('sha256');
  private readonly parts: EtagParts;
  private size = 0;

  constructor(expectedSize: number) {
    this.parts = new EtagParts(expectedSize);
  }

  update(bytes: Uint8Array): void {
    this.sha256.update(bytes);
    this.parts.update(bytes);
    this.size += bytes.length;
  }

  digests(): FileDigests {
    const sha256 = this.sha256.digest('hex');
    return { size: this.size, sha256, dandiEtag: this.parts.dandiEtag() };
  }
}

/** Takes the bytes of a file in order, and computes the one digest that is wanted. */
export interface FileDigest {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal; a dandi-etag with its number of parts. */
  digest(): string;
}

/** The digest of a file of `size` bytes that arrives in pieces. */
export function runningDigest(
  algorithm: 'sha256' | 'md5' | 'dandi-etag',
  size: number,
): FileDigest {
  if (algorithm === 'dandi-etag') {
    const parts = new EtagParts(size);
    return { update: (bytes) => parts.update(bytes), digest: () => parts.dandiEtag() };
  }
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
}

/** The digests of bytes in memory. */
export function digestBytes(bytes: Uint8Array): FileDigests {
  const digester = new Digester(bytes.length);
  digester.update(bytes);
  return digester.digests();
}

/**
 * The digests of a file, read once.
 *
 * @throws the system's error if the file cannot be read; Error if its size changes while it is read.
 */
export async function digestFile(path: string): Promise<FileDigests> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const digester = new Digester(size);
    const buffers = [Buffer.allocUnsafe(BUFFER), Buffer.allocUnsafe(BUFFER)] as const;
    let filled = await file.read(buffers[0], 0, BUFFER, null);
    for (let turn = 1; filled.bytesRead > 0; turn += 1) {
      const next = file.read(buffers[(turn % 2) as 0 | 1], 0, BUFFER, null);
      digester.update(filled.buffer.subarray(0, filled.bytesRead));
      filled = await next;
    }
    const digests = digester.digests();
    if (digests.size !== size) throw new Error(`${path} changed while it was read`);
    return digests;
  } finally {
    await file.close();
  }
}

/** The lower-case hexadecimal SHA-256 of bytes, ten times as fast as core's. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The hexadecimal MD5 of bytes, as a Zarr's list gives it for each file. */
export function md5Hex(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
