// BloscLZ blocks, the codec that Blosc brings itself: exactly the bytes that were compressed, or an error.

import { copyMatch } from './lz4-block.ts';

/** Distances beyond this are written in two more bytes. */
const FAR = 8191;
const CUT_OFF = 'A compressed chunk ends too early.';

/**
 * Decodes a block into `out`, which it has to fill.
 *
 * @throws Error if the block is damaged, or holds another number of bytes
 */
export function decodeBloscLz(block: Uint8Array, out: Uint8Array): void {
  let at = 0;
  let to = 0;
  const next = (): number => {
    const byte = block[at];
    if (byte === undefined) throw new Error(CUT_OFF);
    at += 1;
    return byte;
  };
  // The first byte begins a run of literals, whatever its upper bits say.
  let control = next() & 31;
  for (;;) {
    if (control < 32) {
      const literals = control + 1;
      if (literals > block.length - at || literals > out.length - to) throw new Error(CUT_OFF);
      out.set(block.subarray(at, at + literals), to);
      at += literals;
      to += literals;
    } else {
      let length = (control >> 5) + 2;
      if (control >> 5 === 7)
        for (let byte = 255; byte === 255;) {
          byte = next();
          length += byte;
        }
      const high = control & 31;
      const low = next();
      const distance =
        high === 31 && low === 255 ? ((next() << 8) | next()) + FAR + 1 : (high << 8) + low + 1;
      copyMatch(out, to, distance, length);
      to += length;
    }
    if (at === block.length) break;
    control = next();
  }
  if (to !== out.length) throw new Error('A compressed chunk holds fewer bytes than it says.');
}
