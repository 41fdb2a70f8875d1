// Blocks of a file that is read by small pieces in no order, as the HDF5 library does: few requests, bounded memory.

import type { SyncBytes } from './sync-bytes.ts';

/** What is cached and evicted: a unit. A request is for several. */
const UNIT = 16 * 1024;
/** 96 KiB: larger ones read more of a file of gigabytes than its metadata need, smaller ones ask more often. */
const USUAL_UNITS = 6;
const MOST_UNITS = 512;

/** How much was requested from the source. */
export interface ReadCost {
  requests: number;
  bytes: number;
}

/**
 * Reads through a cache of blocks: 96 KiB a request, twice as much with each that continues the last one, at most
 * 8 MiB. Evicts what was used least recently.
 */
export class BlockCache {
  readonly cost: ReadCost = { requests: 0, bytes: 0 };
  readonly #source: SyncBytes;
  readonly #mostUnits: number;
  readonly #units = new Map<number, Uint8Array>();
  #usual = USUAL_UNITS;
  #ahead = USUAL_UNITS;
  /** The unit after those of the last request. */
  #next = -1;

  /** `limit`: bytes that are cached. */
  constructor(source: SyncBytes, limit = 64 * 1024 * 1024) {
    this.#source = source;
    this.#mostUnits = Math.max(MOST_UNITS, Math.floor(limit / UNIT));
  }

  get size(): number {
    return this.#source.size;
  }

  /** From now on 16 KiB a request that continues none: for files whose metadata is scattered, such as groups of many members. */
  useSmallBlocks(): void {
    this.#usual = 1;
    this.#ahead = 1;
  }

  /** The bytes from `from` on, at most `length`; fewer only at the end of the file. @throws ArchiveError */
  read(from: number, length: number): Uint8Array {
    const end = Math.min(from + length, this.size);
    if (from >= end) return new Uint8Array();
    const first = Math.floor(from / UNIT);
    const last = Math.floor((end - 1) / UNIT);
    if (first === last)
      return this.#unit(first, last).subarray(from - first * UNIT, end - first * UNIT);
    const all = new Uint8Array(end - from);
    for (let at = first; at <= last; at += 1) {
      const unit = this.#unit(at, last);
      const begin = Math.max(from, at * UNIT);
      const stop = Math.min(end, at * UNIT + unit.length);
      all.set(unit.subarray(begin - at * UNIT, stop - at * UNIT), begin - from);
    }
    return all;
  }

  #unit(at: number, needed: number): Uint8Array {
    const found = this.#units.get(at);
    if (found !== undefined) {
      this.#units.delete(at);
      this.#units.set(at, found);
      return found;
    }
    this.#fetch(at, needed);
    return this.#units.get(at)!;
  }

  /** Requests the units from `at` on: those that are needed, and some that will be. */
  #fetch(at: number, needed: number): void {
    this.#ahead = at === this.#next ? Math.min(this.#ahead * 2, MOST_UNITS) : this.#usual;
    const wanted = Math.min(Math.max(needed - at + 1, this.#ahead), MOST_UNITS);
    let count = 1;
    while (count < wanted && !this.#units.has(at + count)) count += 1;
    const from = at * UNIT;
    const length = Math.min(count * UNIT, this.size - from);
    const bytes = this.#source.read(from, length);
    this.cost.requests += 1;
    this.cost.bytes += length;
    this.#next = at + count;
    // The first unit is the newest, whatever has to go.
    for (let i = Math.ceil(length / UNIT) - 1; i >= 0; i -= 1)
      this.#units.set(at + i, bytes.slice(i * UNIT, (i + 1) * UNIT));
    for (const old of this.#units.keys()) {
      if (this.#units.size <= this.#mostUnits) break;
      this.#units.delete(old);
    }
  }
}
