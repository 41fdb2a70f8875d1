// A source of bytes, divided into the parts of an upload.

import type { Bytes } from '../bytes/bytes.ts';
import { piecesOf } from '../bytes/bytes-stream.ts';

/** An incremental SHA-256; that of node:crypto fits. */
export interface RunningDigest {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

export type NewSha256 = () => RunningDigest;

/** A part of a source, which can be read repeatedly. */
export interface SourcePart {
  /** From 1. */
  number: number;
  size: number;
  pieces(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A part of Bytes, streamed each time it is read. */
export function partOfBytes(
  bytes: Bytes,
  number: number,
  partSize: number,
  signal?: AbortSignal,
): SourcePart {
  const from = (number - 1) * partSize;
  const size = Math.min(partSize, bytes.size - from);
  return {
    number,
    size,
    pieces: () => piecesOf(bytes.stream(from, signal, size)),
  };
}

/** Pieces that can be read once, as parts of which one at a time is in memory. */
export async function* partsOfPieces(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  partSize: number,
): AsyncGenerator<SourcePart> {
  let held: Uint8Array[] = [];
  let size = 0;
  let number = 0;
  const part = (): SourcePart => {
    const [own, ownSize] = [held, size];
    [held, size] = [[], 0];
    return { number: (number += 1), size: ownSize, pieces: () => own };
  };
  for await (const piece of pieces) {
    for (let start = 0; start < piece.length;) {
      const end = Math.min(piece.length, start + partSize - size);
      held.push(piece.subarray(start, end));
      size += end - start;
      start = end;
      if (size === partSize) yield part();
    }
  }
  if (size > 0) yield part();
}

/** The hexadecimal SHA-256 of a part. */
export async function sha256OfPart(part: SourcePart, newSha256: NewSha256): Promise<string> {
  const digest = newSha256();
  for await (const piece of part.pieces()) digest.update(piece);
  return digest.digest('hex');
}
