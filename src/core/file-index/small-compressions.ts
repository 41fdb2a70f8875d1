// Two compressions in the form in which HDF5 stores them. The output is as long as the caller says, or there is none:
// damaged bytes never lead outside of either array.

import { decodeLz4Block } from '../codecs/lz4-block.ts';

/**
 * Decodes LZF (HDF5's filter 32000; the format is that of liblzf): literals of up to 32 bytes, and copies from up to
 * 8 kB before. Undefined if it does not give exactly `size` bytes.
 */
export function unpackLzf(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> | undefined {
  const out = new Uint8Array(size);
  let at = 0;
  let to = 0;
  while (at < bytes.length) {
    const control = bytes[at++]!;
    if (control < 32) {
      const length = control + 1;
      if (at + length > bytes.length || to + length > size) return undefined;
      out.set(bytes.subarray(at, at + length), to);
      at += length;
      to += length;
      continue;
    }
    let length = control >> 5;
    if (length === 7) length += bytes[at++] ?? NaN;
    const from = to - ((control & 31) << 8) - (bytes[at++] ?? NaN) - 1;
    length += 2;
    // Written so that NaN fails.
    if (!(from >= 0 && to + length <= size)) return undefined;
    for (let i = 0; i < length; i += 1) out[to + i] = out[from + i]!;
    to += length;
  }
  return to === size ? out : undefined;
}

/**
 * Decodes LZ4 as HDF5's filter 32004 stores it: the size of all (8 bytes) and of a block (4 bytes), then for each block
 * its packed size (4 bytes) and its bytes, which are not packed if that is the size of the block. All numbers have
 * their highest byte first. Undefined if it does not give exactly `size` bytes. @throws Error for a damaged block
 */
export function unpackLz4(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const block = view.getUint32(8);
  if (view.getUint32(0) !== 0 || view.getUint32(4) !== size || block === 0) return undefined;
  const out = new Uint8Array(size);
  let at = 12;
  for (let start = 0; start < size; start += block) {
    const end = Math.min(size, start + block);
    if (at + 4 > bytes.length) return undefined;
    const packed = view.getUint32(at);
    at += 4;
    if (at + packed > bytes.length) return undefined;
    const piece = bytes.subarray(at, at + packed);
    at += packed;
    if (packed === end - start) out.set(piece, start);
    else decodeLz4Block(piece, out.subarray(start, end));
  }
  return out;
}
