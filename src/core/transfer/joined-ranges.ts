// Which ranges of a file to request for many small ones: near ones together, none too long.

/** `length` bytes from a position on. */
export interface ByteSpan {
  readonly from: number;
  readonly length: number;
}

/** A request, and the numbers of the ranges that it brings. */
export interface JoinedRange extends ByteSpan {
  readonly parts: readonly number[];
}

/** Ranges that are nearer to each other are one request: what is between them costs less than another one. */
const GAP = 64 * 1024;
/** A longer one would be noticed when it fails or is no longer wanted. A single range may be longer. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * The requests for some ranges, in the order of the file. Each range is whole in one request. Ranges may overlap; those
 * without a byte are in no request.
 */
export function joinedRanges(ranges: readonly ByteSpan[]): JoinedRange[] {
  const order = [...ranges.keys()]
    .filter((i) => ranges[i]!.length > 0)
    .sort((a, b) => ranges[a]!.from - ranges[b]!.from);
  const joined: (ByteSpan & { from: number; length: number; parts: number[] })[] = [];
  for (const i of order) {
    const { from, length } = ranges[i]!;
    const last = joined.at(-1);
    const end = last === undefined ? 0 : last.from + last.length;
    const together = last === undefined ? Infinity : Math.max(end, from + length) - last.from;
    if (last === undefined || from - end >= GAP || (together > MOST_BYTES && from + length > end)) {
      joined.push({ from, length, parts: [i] });
      continue;
    }
    last.length = together;
    last.parts.push(i);
  }
  return joined;
}
