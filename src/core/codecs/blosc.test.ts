import { describe, expect, it } from 'vitest';
import { decodeBloscLz } from './blosc-lz.ts';
import { decodeBlosc } from './blosc.ts';
import { decodeLz4Block } from './lz4-block.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)],
    ),
  );

describe.each([
  // Literals "ab", a match of 6 at distance 2 that overlaps itself, literals "c".
  ['LZ4', decodeLz4Block, bytes(0x22, 'ab', 2, 0, 0x10, 'c'), 9],
  // Two literals, a match of 6 at distance 2, one literal.
  ['BloscLZ', decodeBloscLz, bytes(1, 'ab', 4 << 5, 1, 0, 'c'), 9],
] as const)('%s', (_, decode, block, size) => {
  const decoded = (from: Uint8Array, length: number): Uint8Array => {
    const out = new Uint8Array(length);
    decode(from, out);
    return out;
  };

  it('gives exactly the bytes', () => {
    expect(text(decoded(block, size))).toBe('ababababc');
  });

  it('refuses a block that is cut off, or of another size', () => {
    for (let length = 0; length < block.length; length += 1)
      expect(() => decoded(block.subarray(0, length), size), String(length)).toThrow();
    expect(() => decoded(block, size - 1)).toThrow();
    expect(() => decoded(block, size + 1)).toThrow();
  });

  it('refuses to copy what is not there', () => {
    for (const [at, byte] of block.entries()) {
      const bad = block.slice();
      bad[at] = 255;
      if (byte !== 0x61 && byte !== 0x62 && byte !== 0x63)
        expect(() => decoded(bad, size), String(at)).toThrow();
    }
  });
});

/** A chunk with this header, and a block beside the table of one. */
function chunkOf(
  block: Uint8Array,
  header: Partial<Record<'flags' | 'size' | 'stored' | 'start' | 'length', number>> = {},
): Uint8Array {
  const chunk = new Uint8Array(24 + block.length);
  const view = new DataView(chunk.buffer);
  chunk.set([2, 1, header.flags ?? 0x30, 1]);
  view.setUint32(4, header.size ?? 9, true);
  view.setUint32(8, 9, true);
  view.setUint32(12, header.stored ?? chunk.length, true);
  view.setUint32(16, header.start ?? 20, true);
  view.setUint32(20, header.length ?? block.length, true);
  chunk.set(block, 24);
  return chunk;
}

describe('Blosc', () => {
  const block = bytes(0x22, 'ab', 2, 0, 0x10, 'c');

  it('decodes the block that its table names', async () => {
    expect(text(await decodeBlosc(chunkOf(block), 100, {}))).toBe('ababababc');
  });

  it.each([
    ['another stored size', { stored: 40 }],
    ['more bytes than are read', { size: 101 }],
    ['more blocks than there are', { size: 90 }],
    ['a block before the table', { start: 4 }],
    ['a block behind the end', { start: 1000 }],
    ['a block that is longer than the chunk', { length: 1000 }],
    ['a codec that is not here', { flags: 0x90 }],
    ['a codec that does not exist', { flags: 0xf0 }],
    ['bytes as they are, but not all', { flags: 0x32 }],
  ])('refuses %s', async (_, header) => {
    await expect(decodeBlosc(chunkOf(block, header), 100, {})).rejects.toThrow(/chunk/);
  });
});
