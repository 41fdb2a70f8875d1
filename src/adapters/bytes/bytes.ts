// Bytes of known size, wherever they are: one interface for all that reads data.

/**
 * Bytes that do not change. Every implementation passes the suite in tests/support/bytes-contract.ts:
 *
 * - What is given is right or an error, never short and never from other places. A byte that was
 *   damaged on its way is given as it came: only a digest can notice that.
 * - Bytes that were replaced since they were opened are an error (`bytes-changed`), as far as size,
 *   ETag or time of change can show it.
 * - Calls may overlap in any number, and none affects another. There is nothing to close.
 * - A signal that is aborted rejects with its reason and ends the request.
 * - A busy or silent server is asked again a few times before there is an error.
 * - Failures are an ArchiveError: `bytes-not-found` (nothing is there), `bytes-changed`, and
 *   `bytes-unreadable` for all others. A store with credentials may also answer `store-failed`.
 */
export interface Bytes {
  /** What messages call it: a path or an address. */
  readonly name: string;
  /** How many there are. */
  readonly size: number;
  /** Names this state of the bytes, without quotes; absent where nothing does. */
  readonly etag?: string;
  /**
   * The bytes from `from` on, `length` of them or those until the end. Behind the end, and for a
   * length of 0, there are none, and nobody is asked.
   *
   * @throws RangeError where a number is negative or no whole one.
   */
  range(from: number, length: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The bytes of the same range in pieces of any size; without a length, until the end. Nothing is read
   * before the first piece is asked for, and nothing ahead; cancelling it ends the request.
   *
   * @throws RangeError as `range` does.
   */
  stream(from?: number, signal?: AbortSignal, length?: number): ReadableStream<Uint8Array>;
}

/**
 * How many bytes of `size` a range gives.
 *
 * @throws RangeError where a number is negative or no whole one.
 */
export function clippedLength(size: number, from: number, length = size): number {
  for (const value of [from, length]) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${value} is no place and no length of bytes`);
  }
  return Math.max(0, Math.min(length, size - from));
}
