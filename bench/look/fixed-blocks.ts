// How readers in browsers usually read HDF5: blocks of 100 KiB, each by a request of its own.

import { BlockCache } from '../../src/adapters/hdf5/block-cache.ts';
import type { SyncBytes } from '../../src/adapters/hdf5/sync-bytes.ts';

const BLOCK = 100 * 1024;

/** Blocks of a fixed size that are never joined nor evicted. */
export class FixedBlocks extends BlockCache {
  readonly #source: SyncBytes;
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(source: SyncBytes) {
    super(source);
    this.#source = source;
  }

  override useSmallBlocks(): void {
    // They stay as they are.
  }

  #block(at: number): Uint8Array {
    const from = at * BLOCK;
    const found = this.#blocks.get(at);
    if (found !== undefined) return found;
    const bytes = this.#source.read(from, Math.min(BLOCK, this.size - from));
    this.#blocks.set(at, bytes);
    return bytes;
  }

  override read(from: number, length: number): Uint8Array {
    const end = Math.min(from + length, this.size);
    if (from >= end) return new Uint8Array();
    const all = new Uint8Array(end - from);
    for (let at = Math.floor(from / BLOCK); at * BLOCK < end; at += 1) {
      const block = this.#block(at);
      const begin = Math.max(from, at * BLOCK);
      const stop = Math.min(end, at * BLOCK + block.length);
      all.set(block.subarray(begin - at * BLOCK, stop - at * BLOCK), begin - from);
    }
    return all;
  }
}
