// What every implementation of Bytes has to do.

import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../src/adapters/bytes/bytes.ts';
import { piecesOf } from '../../../src/adapters/bytes/bytes-stream.ts';

/** `size` pseudo-random bytes, the same each time. */
export function patternBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed >>> 0;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** All bytes of a stream. */
export async function drained(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(stream)) pieces.push(new Uint8Array(piece));
  return Buffer.concat(pieces);
}

/** The reason a promise rejects with. @throws Error if it does not */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error,
  );
}

/** Whether two arrays are equal; a failed `toEqual` of megabytes takes minutes to print. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

const SIZE = 3_000_001;

/** Declares the suite; `open` is called within a test and returns Bytes with the given content. */
export function bytesContract(
  name: string,
  open: (content: Uint8Array<ArrayBuffer>) => Promise<Bytes>,
): void {
  describe(`${name} as bytes`, () => {
    const content = patternBytes(SIZE);

    test('gives exactly the range that is asked for', async () => {
      const bytes = await open(content);
      expect(bytes.size).toBe(SIZE);
      for (const [from, length] of [
        [0, 1],
        [0, 65_536],
        [65_535, 2],
        [65_536, 100_000],
        [1_048_575, 1_048_577],
        [SIZE - 1, 1],
        [0, SIZE],
      ] as const) {
        const range = await bytes.range(from, length);
        expect(sameBytes(range, content.subarray(from, from + length))).toBe(true);
      }
    });

    test('ends where the content ends, and asks for nothing behind it', async () => {
      const bytes = await open(content);
      expect(sameBytes(await bytes.range(SIZE - 3, 99), content.subarray(SIZE - 3))).toBe(true);
      expect((await bytes.range(SIZE, 10)).length).toBe(0);
      expect((await bytes.range(SIZE + 5, 10)).length).toBe(0);
      expect((await bytes.range(17, 0)).length).toBe(0);
      expect((await drained(bytes.stream(SIZE))).length).toBe(0);
    });

    test('refuses a place that is none', async () => {
      const bytes = await open(content);
      for (const [from, length] of [
        [-1, 1],
        [0, -1],
        [0.5, 1],
        [0, NaN],
      ] as const)
        await expect(bytes.range(from, length)).rejects.toThrow(RangeError);
      expect(() => bytes.stream(-1)).toThrow(RangeError);
    });

    test('streams from any place to the end', async () => {
      const bytes = await open(content);
      for (const from of [0, 1, 70_000, SIZE - 1])
        expect(sameBytes(await drained(bytes.stream(from)), content.subarray(from))).toBe(true);
    });

    test('streams a range as it gives it', async () => {
      const bytes = await open(content);
      for (const [from, length] of [
        [0, 0],
        [5, 10],
        [60_000, 1_500_000],
        [2_999_000, 9_999_999],
        [SIZE + 1, 5],
      ] as const) {
        const found = await drained(bytes.stream(from, undefined, length));
        expect(sameBytes(found, content.subarray(from, from + length))).toBe(true);
      }
      expect(() => bytes.stream(0, undefined, -1)).toThrow(RangeError);
    });

    test('answers many at once, and what it gives is the reader’s own', async () => {
      const bytes = await open(content);
      const places = Array.from({ length: 20 }, (_, at) => at * 140_000);
      const ranges = await Promise.all([
        ...places.map((from) => bytes.range(from, 90_000)),
        drained(bytes.stream(5)),
      ]);
      places.forEach((from, at) =>
        expect(sameBytes(ranges[at]!, content.subarray(from, from + 90_000))).toBe(true),
      );
      (await bytes.range(0, 10)).fill(0);
      expect(sameBytes(await bytes.range(0, 10), content.subarray(0, 10))).toBe(true);
    });

    test('holds nothing, if there is nothing', async () => {
      const bytes = await open(new Uint8Array());
      expect(bytes.size).toBe(0);
      expect((await bytes.range(0, 10)).length).toBe(0);
      expect((await drained(bytes.stream())).length).toBe(0);
    });

    test('ends with the reason of a signal', async () => {
      const bytes = await open(content);
      const reason = new Error('enough');
      expect(await failureOf(bytes.range(70_000, 100, AbortSignal.abort(reason)))).toBe(reason);
      const control = new AbortController();
      const reader = bytes.stream(0, control.signal).getReader();
      expect((await reader.read()).done).toBe(false);
      control.abort(reason);
      const rest = async (): Promise<void> => {
        while (!(await reader.read()).done);
      };
      expect(await failureOf(rest())).toBe(reason);
      expect((await bytes.range(0, SIZE)).length).toBe(SIZE);
    });

    test('can be left in the middle of a stream', async () => {
      const bytes = await open(content);
      const reader = bytes.stream(10).getReader();
      await reader.read();
      await reader.cancel();
      expect(sameBytes(await bytes.range(100_000, 10), content.subarray(100_000, 100_010))).toBe(
        true,
      );
    });
  });
}
