// From the bytes of a chunk as they are in an HDF5 file to those of its elements, without the HDF5 library.

import type { Filter } from '../data-tree/data-tree.ts';
import { unpackLz4, unpackLzf } from './small-compressions.ts';

/** HDF5's numbers of the filters that can be undone here. */
const [GZIP, SHUFFLE, FLETCHER] = [1, 2, 3] as const;
const [LZF, BLOSC, LZ4, ZSTD] = [32000, 32001, 32004, 32015] as const;

/** Decoders that are not core's; each throws for what is damaged, or too large. */
export type Decompress = (
  name: 'zlib' | 'zstd' | 'blosc',
  bytes: Uint8Array,
) => Promise<Uint8Array>;

const KNOWN = new Set<number | undefined>([GZIP, SHUFFLE, FLETCHER, LZF, BLOSC, LZ4, ZSTD]);

/** The filters that {@link undoFilters} does not know. */
export function unknownFilters(filters: readonly Filter[]): Filter[] {
  return filters.filter(({ id }) => !KNOWN.has(id));
}

/** Puts the bytes of each element together again; bytes after the last whole element are as they were. */
function unshuffle(bytes: Uint8Array, elementSize: number): Uint8Array {
  if (elementSize <= 1) return bytes;
  const count = Math.floor(bytes.length / elementSize);
  const out = new Uint8Array(bytes.length);
  for (let byte = 0; byte < elementSize; byte += 1) {
    const from = byte * count;
    for (let i = 0, to = byte; i < count; i += 1, to += elementSize) out[to] = bytes[from + i]!;
  }
  out.set(bytes.subarray(count * elementSize), count * elementSize);
  return out;
}

/** Fletcher-32 as HDF5 computes it: over pairs of bytes, the higher one first. */
function fletcher32(bytes: Uint8Array): number {
  let [a, b] = [0, 0];
  const pairs = Math.floor(bytes.length / 2);
  for (let start = 0; start < pairs; start += 360) {
    const end = Math.min(pairs, start + 360);
    for (let i = start; i < end; i += 1) {
      a += bytes[2 * i]! * 256 + bytes[2 * i + 1]!;
      b += a;
    }
    a = (a & 0xffff) + Math.floor(a / 65_536);
    b = (b % 65_536) + Math.floor(b / 65_536);
  }
  if (bytes.length % 2 === 1) {
    a += bytes[bytes.length - 1]! * 256;
    b += a;
  }
  const folded = (sum: number): number => {
    let rest = sum;
    while (rest > 0xffff) rest = (rest % 65_536) + Math.floor(rest / 65_536);
    return rest;
  };
  return folded(b) * 65_536 + folded(a);
}

function withoutFletcher(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 4) return undefined;
  const data = bytes.subarray(0, -4);
  const stored = new DataView(bytes.buffer, bytes.byteOffset + data.length, 4).getUint32(0, true);
  const sum = fletcher32(data);
  // Files before HDF5 1.6.3 have each half's bytes the other way round.
  const turned = ((sum & 0x00ff_00ff) << 8) | ((sum >>> 8) & 0x00ff_00ff);
  return stored === sum || stored === turned >>> 0 ? data : undefined;
}

/**
 * The bytes of a chunk's elements. `size` is what they take, in bytes, as shape and type of a chunk say; bit i of `mask`
 * says that filter i was not applied. Undefined if a filter is unknown or does not give what it must: never other bytes
 * than those of the chunk, as far as filters can tell.
 */
export async function undoFilters(
  stored: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  size: number,
  decompress: Decompress,
): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined = stored;
  for (let at = filters.length - 1; at >= 0 && bytes !== undefined; at -= 1) {
    if (Math.floor(mask / 2 ** at) % 2 === 1) continue;
    const { id, parameters } = filters[at]!;
    // A checksum that was added before makes what comes out longer.
    const before = filters
      .slice(0, at)
      .filter((one, i) => one.id === FLETCHER && !((mask >> i) & 1));
    const wanted = size + 4 * before.length;
    switch (id) {
      case GZIP:
        bytes = await decompress('zlib', bytes);
        break;
      case SHUFFLE:
        bytes = unshuffle(bytes, Number((parameters as readonly number[] | undefined)?.[0] ?? 1));
        break;
      case FLETCHER:
        bytes = withoutFletcher(bytes);
        break;
      case LZF:
        bytes = unpackLzf(bytes, wanted);
        break;
      case LZ4:
        bytes = unpackLz4(bytes, wanted);
        break;
      case ZSTD:
        bytes = await decompress('zstd', bytes);
        break;
      case BLOSC:
        bytes = await decompress('blosc', bytes);
        break;
      default:
        return undefined;
    }
  }
  return bytes?.length === size ? bytes : undefined;
}
