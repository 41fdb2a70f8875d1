// The digest of a file's bytes while they pass by.

import { createMD5, createSHA256, type IHasher } from 'hash-wasm';
import { dandiEtag, planParts } from '../../core/digests/dandi-etag.ts';
import type { WantedDigest } from '../../core/download/plan.ts';

/** Takes the bytes in order, then gives their digest in the form of the record. */
export interface StreamDigest {
  update(bytes: Uint8Array): void;
  digest(): string;
}

function plain(hasher: IHasher): StreamDigest {
  hasher.init();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => hasher.digest('hex'),
  };
}

/** The etag is made of the MD5 of each part, so the bytes are divided where the parts begin. */
function etag(hasher: IHasher, size: number): StreamDigest {
  const { partSize } = planParts(size);
  const parts: Uint8Array[] = [];
  let room = partSize;
  hasher.init();
  const close = (): void => {
    parts.push(hasher.digest('binary').slice());
    hasher.init();
    room = partSize;
  };
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length;) {
        const piece = bytes.subarray(at, at + room);
        hasher.update(piece);
        at += piece.length;
        room -= piece.length;
        if (room === 0) close();
      }
    },
    digest() {
      if (room < partSize) close();
      return dandiEtag(parts);
    },
  };
}

/** A digest of `size` bytes. */
export async function streamDigest(
  algorithm: WantedDigest['algorithm'],
  size: number,
): Promise<StreamDigest> {
  switch (algorithm) {
    case 'sha256':
      return plain(await createSHA256());
    case 'md5':
      return plain(await createMD5());
    case 'dandi-etag':
      return etag(await createMD5(), size);
  }
}
