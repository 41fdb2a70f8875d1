// Blosc chunks of version 1 (README_CHUNK_FORMAT of c-blosc): exactly the bytes that were compressed, or an error.
// The decoder of numcodecs returns whatever is in its memory for a chunk that is cut off or damaged.

import { decodeBloscLz } from './blosc-lz.ts';
import { decodeLz4Block } from './lz4-block.ts';

/** Decodes a block of a codec that is not here; the result is checked. */
export type BlockDecoder = (block: Uint8Array, size: number) => Promise<Uint8Array>;

const HEADER = 16;
const MOST_SPLITS = 16;
const LEAST_SPLIT = 128;
const CODECS = ['blosclz', 'lz4', 'snappy', 'zlib', 'zstd'] as const;
export type BloscCodec = (typeof CODECS)[number];

const DAMAGED = 'A Blosc chunk is damaged.';

interface Header {
  readonly flags: number;
  readonly typeSize: number;
  readonly size: number;
  readonly blockSize: number;
  readonly codec: BloscCodec;
}

function headerOf(chunk: Uint8Array, view: DataView, most: number): Header {
  if (chunk.length < HEADER) throw new Error('A Blosc chunk is shorter than its header.');
  const flags = view.getUint8(2);
  const [size, blockSize, stored] = [4, 8, 12].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
  ];
  if (view.getUint8(0) > 2)
    throw new Error('A Blosc chunk is of a newer version than can be read.');
  if (stored !== chunk.length) throw new Error('A Blosc chunk has another size than it says.');
  if (size > most) throw new Error('A chunk decompresses to more than is read of one.');
  const codec = CODECS[flags >> 5];
  const typeSize = Math.max(1, view.getUint8(3));
  if (codec === undefined || (size > 0 && blockSize === 0)) throw new Error(DAMAGED);
  return { flags, typeSize, size, blockSize, codec };
}

/** Bytes of equal place are together: puts each back beside the others of its element. */
function unshuffle(from: Uint8Array, to: Uint8Array, typeSize: number): void {
  const count = Math.floor(from.length / typeSize);
  for (let byte = 0; byte < typeSize; byte += 1)
    for (let element = 0; element < count; element += 1)
      to[element * typeSize + byte] = from[byte * count + element] ?? 0;
  to.set(from.subarray(count * typeSize), count * typeSize);
}

/** The same for bits, of a number of elements that can be divided by eight; else nothing was shuffled. */
function unshuffleBits(from: Uint8Array, to: Uint8Array, typeSize: number): void {
  const count = Math.floor(from.length / typeSize);
  if (count % 8 !== 0) {
    to.set(from);
    return;
  }
  const row = count / 8;
  for (let byte = 0; byte < typeSize; byte += 1)
    for (let group = 0; group < row; group += 1) {
      // Eight bytes hold one bit each of eight elements: a matrix of 8 × 8 bits, which is transposed as in
      // H. S. Warren, Hacker's Delight, 2nd edition, section 7-3.
      const rowAt = (bit: number): number => from[(byte * 8 + bit) * row + group] ?? 0;
      let high = (rowAt(7) << 24) | (rowAt(6) << 16) | (rowAt(5) << 8) | rowAt(4);
      let low = (rowAt(3) << 24) | (rowAt(2) << 16) | (rowAt(1) << 8) | rowAt(0);
      let swap = (high ^ (high >>> 7)) & 0x00aa00aa;
      high ^= swap ^ (swap << 7);
      swap = (low ^ (low >>> 7)) & 0x00aa00aa;
      low ^= swap ^ (swap << 7);
      swap = (high ^ (high >>> 14)) & 0x0000cccc;
      high ^= swap ^ (swap << 14);
      swap = (low ^ (low >>> 14)) & 0x0000cccc;
      low ^= swap ^ (swap << 14);
      const upper = (high & 0xf0f0f0f0) | ((low >>> 4) & 0x0f0f0f0f);
      low = ((high << 4) & 0xf0f0f0f0) | (low & 0x0f0f0f0f);
      for (let one = 0; one < 4; one += 1) {
        const at = group * 8 * typeSize + byte;
        to[at + one * typeSize] = low >>> (8 * one);
        to[at + (one + 4) * typeSize] = upper >>> (8 * one);
      }
    }
  to.set(from.subarray(count * typeSize), count * typeSize);
}

async function decodeSplit(
  block: Uint8Array,
  out: Uint8Array,
  codec: BloscCodec,
  others: Partial<Record<BloscCodec, BlockDecoder>>,
): Promise<void> {
  // What could not be made smaller is there as it was.
  if (block.length === out.length) out.set(block);
  else if (codec === 'lz4') decodeLz4Block(block, out);
  else if (codec === 'blosclz') decodeBloscLz(block, out);
  else {
    const decode = others[codec];
    if (decode === undefined)
      throw new Error(`A Blosc chunk uses ${codec}, which can't be read here.`);
    const bytes = await decode(block, out.length);
    if (bytes.length !== out.length) throw new Error(DAMAGED);
    out.set(bytes);
  }
}

/**
 * The bytes of a chunk, at most `most`. `others` decodes blocks of the codecs that are not here, zlib and zstd.
 *
 * @throws Error if the chunk is damaged, cut off, larger, or of a codec that can't be read
 */
export async function decodeBlosc(
  chunk: Uint8Array,
  most: number,
  others: Partial<Record<BloscCodec, BlockDecoder>>,
): Promise<Uint8Array> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const { flags, typeSize, size, blockSize, codec } = headerOf(chunk, view, most);
  if ((flags & 2) !== 0) {
    if (chunk.length !== HEADER + size) throw new Error(DAMAGED);
    return chunk.slice(HEADER);
  }
  const out = new Uint8Array(size);
  const count = Math.ceil(size / Math.max(1, blockSize));
  if (HEADER + 4 * count > chunk.length) throw new Error(DAMAGED);
  const scratch = new Uint8Array(Math.min(blockSize, size));
  for (let index = 0; index < count; index += 1) {
    const to = out.subarray(index * blockSize, Math.min(size, (index + 1) * blockSize));
    const isLeftover = to.length < blockSize;
    const isSplit =
      (flags & 16) === 0 &&
      !isLeftover &&
      typeSize <= MOST_SPLITS &&
      to.length / typeSize >= LEAST_SPLIT;
    const splits = isSplit ? typeSize : 1;
    const part = Math.floor(to.length / splits);
    if (part * splits !== to.length) throw new Error(DAMAGED);
    const isShuffled = (flags & 1) !== 0 && typeSize > 1;
    const isBitShuffled = !isShuffled && (flags & 4) !== 0;
    const decoded = isShuffled || isBitShuffled ? scratch.subarray(0, to.length) : to;
    let at = view.getUint32(HEADER + 4 * index, true);
    for (let split = 0; split < splits; split += 1) {
      if (at < HEADER + 4 * count || at + 4 > chunk.length) throw new Error(DAMAGED);
      const length = view.getUint32(at, true);
      at += 4;
      if (length > chunk.length - at) throw new Error(DAMAGED);
      const block = chunk.subarray(at, at + length);
      await decodeSplit(block, decoded.subarray(split * part, (split + 1) * part), codec, others);
      at += length;
    }
    if (isShuffled) unshuffle(decoded, to, typeSize);
    else if (isBitShuffled) unshuffleBits(decoded, to, typeSize);
  }
  return out;
}
