// Many small ranges of one file at a time, as a reader by an index needs them: joined, in parallel, cached.

import { joinedRanges, type ByteSpan } from '../../core/transfer/joined-ranges.ts';
import type { Bytes } from './bytes.ts';

export interface RangeReaderOptions {
  /** Bytes that are cached; 96 MiB by default. */
  cache?: number;
  /** Requests at a time; 6 by default, as many as browsers send to one host over HTTP/1.1. */
  parallel?: number;
}

/** What reading some ranges takes now, without those that are cached. */
export interface RangeCost {
  readonly requests: number;
  readonly bytes: number;
}

function keyOf({ from, length }: ByteSpan): string {
  return `${from}+${length}`;
}

/** Runs jobs, so many at a time; the first failure ends those that have not begun. */
async function inParallel(jobs: readonly (() => Promise<void>)[], most: number): Promise<void> {
  let next = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (next < jobs.length && !hasFailed) {
      try {
        await jobs[next++]!();
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, jobs.length) }, work));
}

/**
 * Reads ranges of Bytes. In a browser, open those with `cache: 'no-store'`: otherwise Chromium requests ranges of one
 * address one after the other.
 */
export class RangeReader {
  readonly #bytes: Bytes;
  readonly #limit: number;
  readonly #parallel: number;
  readonly #cached = new Map<string, Uint8Array>();
  #size = 0;

  constructor(bytes: Bytes, { cache = 96 * 1024 * 1024, parallel = 6 }: RangeReaderOptions = {}) {
    this.#bytes = bytes;
    this.#limit = cache;
    this.#parallel = parallel;
  }

  /** What is not cached, as requests. */
  #plan(ranges: readonly ByteSpan[]): {
    missing: ByteSpan[];
    requests: ReturnType<typeof joinedRanges>;
  } {
    const missing = [...new Map(ranges.map((one) => [keyOf(one), one])).values()].filter(
      (one) => !this.#cached.has(keyOf(one)),
    );
    return { missing, requests: joinedRanges(missing) };
  }

  /** What `read` would request. */
  cost(ranges: readonly ByteSpan[]): RangeCost {
    const { requests } = this.#plan(ranges);
    return {
      requests: requests.length,
      bytes: requests.reduce((all, { length }) => all + length, 0),
    };
  }

  /**
   * The bytes of each range, in their order; not to be changed. Each is exact: a range that is not within the file is
   * a RangeError.
   *
   * @throws ArchiveError as Bytes says; the reason of the signal
   */
  async read(ranges: readonly ByteSpan[], signal?: AbortSignal): Promise<Uint8Array[]> {
    signal?.throwIfAborted();
    for (const { from, length } of ranges)
      if (!(from >= 0 && length >= 0 && from + length <= this.#bytes.size))
        throw new RangeError(`${length} bytes from ${from} on are not in ${this.#bytes.name}`);
    const { missing, requests } = this.#plan(ranges);
    // Held here as well: what is cached may be evicted before it is returned.
    const found = new Map<string, Uint8Array>();
    for (const one of ranges) {
      const cached = this.#cached.get(keyOf(one));
      if (cached !== undefined) found.set(keyOf(one), cached);
    }
    // One failure ends the others.
    const control = new AbortController();
    const either =
      signal === undefined ? control.signal : AbortSignal.any([signal, control.signal]);
    const jobs = requests.map(({ from, length, parts }) => async (): Promise<void> => {
      const bytes = await this.#bytes.range(from, length, either);
      for (const part of parts) {
        const range = missing[part]!;
        const start = range.from - from;
        const isAll = bytes.length === range.length;
        // A copy, so that a small part does not keep a large request.
        found.set(keyOf(range), isAll ? bytes : bytes.slice(start, start + range.length));
      }
    });
    try {
      await inParallel(jobs, this.#parallel);
    } catch (error) {
      control.abort(error);
      throw error;
    }
    return ranges.map((one) => this.#keep(keyOf(one), found.get(keyOf(one)) ?? new Uint8Array()));
  }

  /** Makes it the newest in the cache, and evicts the oldest. */
  #keep(key: string, bytes: Uint8Array): Uint8Array {
    if (bytes.length > this.#limit) return bytes;
    if (this.#cached.delete(key)) this.#size -= bytes.length;
    this.#cached.set(key, bytes);
    this.#size += bytes.length;
    for (const [old, { length }] of this.#cached) {
      if (this.#size <= this.#limit) break;
      this.#cached.delete(old);
      this.#size -= length;
    }
    return bytes;
  }
}
