// LZ4 blocks (lz4_Block_format): exactly the bytes that were compressed, or an error.

/** Copies from what was decoded before, which may overlap with what is being decoded. */
export function copyMatch(out: Uint8Array, at: number, distance: number, length: number): void {
  if (distance < 1 || distance > at || length > out.length - at)
    throw new Error('A compressed chunk refers to bytes that are not there.');
  if (distance >= length) out.copyWithin(at, at - distance, at - distance + length);
  else for (let end = at + length, to = at; to < end; to += 1) out[to] = out[to - distance] ?? 0;
}

const CUT_OFF = 'A compressed chunk ends too early.';

/**
 * Decodes a block into `out`, which it has to fill.
 *
 * @throws Error if the block is damaged, or holds another number of bytes
 */
export function decodeLz4Block(block: Uint8Array, out: Uint8Array): void {
  let at = 0;
  let to = 0;
  const next = (): number => {
    const byte = block[at];
    if (byte === undefined) throw new Error(CUT_OFF);
    at += 1;
    return byte;
  };
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    if (nibble === 15)
      for (let byte = 255; byte === 255;) {
        byte = next();
        length += byte;
      }
    return length;
  };
  for (;;) {
    const token = next();
    const literals = lengthFrom(token >> 4);
    if (literals > block.length - at) throw new Error(CUT_OFF);
    if (literals > out.length - to)
      throw new Error('A compressed chunk holds more bytes than it says.');
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    // The last sequence has no match.
    if (at === block.length) break;
    const distance = next() | (next() << 8);
    const length = lengthFrom(token & 15) + 4;
    copyMatch(out, to, distance, length);
    to += length;
  }
  if (to !== out.length) throw new Error('A compressed chunk holds fewer bytes than it says.');
}
