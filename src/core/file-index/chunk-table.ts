// Where the chunks of a dataset are in its file, and the bytes that an index keeps of that: some 1 to 4 a chunk.
//
// A table is a sequence of entries, one for each chunk in the order of rows of their grid. An entry begins with a
// number n; n % 4 is its kind, and v = floor(n / 4):
//   0  the chunk begins where the one before it ends; its length is that of the one before, plus signed(v)
//   1  the same, and a second number: it begins signed(that) bytes further on
//   2  v + 1 chunks that have never been written
//   3  like 1, and a third number, its filter mask: bit i means that filter i was not applied
// Before the first entry, position and length are 0. signed(v) is v / 2 if v is even, else −(v + 1) / 2. A number is
// written in groups of 7 bits, the lowest first; all but the last have the bit 128 set (LEB128).

import type { Storage } from '../data-tree/data-tree.ts';

/** One entry for each chunk, in the order of rows of the grid. */
export interface ChunkTable {
  /** Where the chunk begins in the file; −1 if it has never been written. */
  readonly offsets: Float64Array;
  /** What it takes in the file, in bytes. */
  readonly lengths: Float64Array;
  /** Bit i of a mask: filter i was not applied to that chunk. Absent if all filters were applied to all chunks. */
  readonly masks?: Uint32Array;
}

/** More chunks are not tabulated. */
export const MOST_CHUNKS = 1_000_000;

/** The number of chunks along each dimension. */
export function chunkGrid(shape: readonly number[], chunkShape: readonly number[]): number[] {
  return shape.map((length, i) => Math.ceil(length / chunkShape[i]!));
}

/** The number of chunks of a dataset, written or not. */
export function chunkCount(shape: readonly number[], chunkShape: readonly number[]): number {
  return chunkGrid(shape, chunkShape).reduce((all, one) => all * one, 1);
}

const [NEXT, ELSEWHERE, MISSING, MASKED] = [0, 1, 2, 3];

class Writer {
  #bytes = new Uint8Array(1024);
  #size = 0;

  number(value: number): void {
    if (this.#size + 10 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#size++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#size++] = rest;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size);
  }
}

function unsigned(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

function signed(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** A table as bytes. */
export function encodeChunkTable({ offsets, lengths, masks }: ChunkTable): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  let end = 0;
  let before = 0;
  for (let at = 0; at < offsets.length; at += 1) {
    const offset = offsets[at]!;
    if (offset < 0) {
      const first = at;
      while (at + 1 < offsets.length && offsets[at + 1]! < 0) at += 1;
      writer.number((at - first) * 4 + MISSING!);
      continue;
    }
    const length = lengths[at]!;
    const mask = masks?.[at] ?? 0;
    const kind = mask !== 0 ? MASKED! : offset === end ? NEXT! : ELSEWHERE!;
    writer.number(unsigned(length - before) * 4 + kind);
    if (kind !== NEXT) writer.number(unsigned(offset - end));
    if (kind === MASKED) writer.number(mask);
    before = length;
    end = offset + length;
  }
  return writer.bytes;
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  /** The next number; NaN if there is none, or one that is too large. */
  number(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) return NaN;
      value += (byte % 128) * factor;
      if (byte < 128) return Number.isSafeInteger(value) ? value : NaN;
    }
    return NaN;
  }
}

/**
 * The table in some bytes, of `count` chunks in a file of `fileSize` bytes; undefined if the bytes are not exactly
 * such a table, or a chunk would be outside of the file.
 */
export function decodeChunkTable(
  bytes: Uint8Array,
  count: number,
  fileSize: number,
): ChunkTable | undefined {
  if (!Number.isSafeInteger(count) || count < 0 || count > MOST_CHUNKS) return undefined;
  const reader = new Reader(bytes);
  const offsets = new Float64Array(count).fill(-1);
  const lengths = new Float64Array(count);
  let masks: Uint32Array | undefined;
  let end = 0;
  let length = 0;
  let at = 0;
  while (at < count) {
    const first = reader.number();
    const kind = first % 4;
    const value = Math.floor(first / 4);
    if (kind === MISSING) {
      at += value + 1;
      continue;
    }
    length += signed(value);
    const offset = end + (kind === NEXT ? 0 : signed(reader.number()));
    const mask = kind === MASKED ? reader.number() : 0;
    // Written so that NaN fails.
    const isRight = offset >= 0 && length > 0 && offset + length <= fileSize && mask <= 0xffff_ffff;
    if (!isRight) return undefined;
    offsets[at] = offset;
    lengths[at] = length;
    if (mask !== 0) (masks ??= new Uint32Array(count))[at] = mask;
    end = offset + length;
    at += 1;
  }
  if (at !== count || !reader.isAtEnd || reader.at > bytes.length) return undefined;
  return { offsets, lengths, ...(masks === undefined ? {} : { masks }) };
}

/** What all chunks of a table take in the file, in bytes. */
export function storedBytes({ lengths }: ChunkTable): number {
  return lengths.reduce((all, one) => all + one, 0);
}

/** The part of a file of tables in which that of a dataset is. */
export type ChunksPlace = NonNullable<Storage['chunks']>;
