// Bytes of known size, wherever they are stored: one interface for everything that reads data.

/**
 * Bytes that do not change. Every implementation passes tests/support/stores/bytes-contract.ts:
 *
 * - A result is exact or an error: never short, never from another position. A byte that was damaged in
 *   transit is passed on: only a digest can detect that.
 * - Bytes that were replaced after they were opened are an error (`bytes-changed`), as far as size,
 *   ETag or modification time show it.
 * - Any number of calls may overlap without affecting each other. There is nothing to close.
 * - An aborted signal rejects with its reason and ends the request.
 * - Requests to a busy or silent server are retried a few times before they are an error.
 * - Failures are an ArchiveError: `bytes-not-found`, `bytes-changed`, and
 *   `bytes-unreadable` for all others; `store-failed` where a store refuses the credentials.
 */
export interface Bytes {
  /** The path or address, for messages. */
  readonly name: string;
  /** Their number. */
  readonly size: number;
  /** Identifies this state of the bytes, without quotes; absent if nothing does. */
  readonly etag?: string;
  /**
   * `length` bytes starting at `from`, or fewer at the end. There are none beyond the end and for a
   * length of 0, and no request is made for them.
   *
   * @throws RangeError for a number that is negative or not an integer.
   */
  range(from: number, length: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The same range in pieces of any size; without a length, until the end. Nothing is read
   * before the first piece is requested, and nothing ahead; cancelling it ends the request.
   *
   * @throws RangeError as `range` does.
   */
  stream(from?: number, signal?: AbortSignal, length?: number): ReadableStream<Uint8Array>;
}

/**
 * The length of a range within `size` bytes.
 *
 * @throws RangeError for a number that is negative or not an integer.
 */
export function clippedLength(size: number, from: number, length = size): number {
  for (const value of [from, length]) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${value} is no place and no length of bytes`);
  }
  return Math.max(0, Math.min(length, size - from));
}
