// The codecs of zarrita, replaced by such that are bounded and refuse damage: what a chunk claims to decompress to is
// looked at before memory is taken, and a chunk that is cut off is an error.

import { registry } from 'zarrita';
import { decodeBlosc } from '../../core/codecs/blosc.ts';
import { decodeLz4Block } from '../../core/codecs/lz4-block.ts';
import { unpackGzip, unpackZlib } from '../bytes/unpack-gzip.ts';

/** What one chunk may decompress to, in bytes. */
export const MOST_CHUNK_BYTES = 64 * 1024 * 1024;

const TOO_LARGE = 'A chunk decompresses to more than is read of one.';

type CodecEntry = Awaited<ReturnType<NonNullable<ReturnType<typeof registry.get>>>>;
type Meta = Parameters<CodecEntry['fromConfig']>[1];

/** Codecs of bytes don't look at the chunk. */
const ANY_CHUNK: Meta = { dataType: 'uint8', shape: [], codecs: [], fillValue: null };

function littleEndian(bytes: Uint8Array, at: number): number {
  if (bytes.length < at + 4) throw new Error('A chunk is too short for its codec.');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

/** The size that a Zstandard frame declares (RFC 8878, 3.1.1); none is an error. */
function zstdSize(bytes: Uint8Array): number {
  const descriptor = bytes[4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const flag = descriptor >> 6;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = 5 + (isSingle ? 0 : 1) + dictionary;
  if (littleEndian(bytes, 0) !== 0xfd2fb528) throw new Error('A chunk is not Zstandard.');
  if (flag === 0) {
    if (!isSingle) throw new Error('A Zstandard chunk does not say how large it is.');
    return bytes[at] ?? 0;
  }
  if (flag === 1) return (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0) + 256;
  const low = littleEndian(bytes, at);
  return flag === 2 ? low : low + 2 ** 32 * littleEndian(bytes, at + 4);
}

const inflate = (bytes: Uint8Array): Promise<Uint8Array> =>
  unpackZlib(bytes as Uint8Array<ArrayBuffer>, MOST_CHUNK_BYTES, 'A chunk');

function decoder(decode: (bytes: Uint8Array) => Promise<Uint8Array>): () => Promise<CodecEntry> {
  const codec = {
    kind: 'bytes_to_bytes',
    decode,
    encode: () => Promise.reject(new Error('Chunks are only read.')),
  };
  return () => Promise.resolve({ kind: 'bytes_to_bytes', fromConfig: () => codec } as CodecEntry);
}

/** Texts of any length: their number, then each after its length in bytes, all little-endian. */
function decodeTexts(
  bytes: Uint8Array,
  shape: readonly number[],
): { data: string[]; shape: number[]; stride: number[] } {
  const count = littleEndian(bytes, 0);
  if (count !== shape.reduce((product, size) => product * size, 1))
    throw new Error('A chunk of texts has another number of them than its array says.');
  const decode = new TextDecoder('utf-8', { fatal: true });
  const data: string[] = [];
  let at = 4;
  for (let index = 0; index < count; index += 1) {
    const length = littleEndian(bytes, at);
    at += 4;
    if (at + length > bytes.length) throw new Error('A chunk of texts ends too early.');
    data.push(decode.decode(bytes.subarray(at, at + length)));
    at += length;
  }
  const stride = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, size) => product * size, 1),
  );
  return { data, shape: [...shape], stride };
}

function textCodec(): Promise<CodecEntry> {
  return Promise.resolve({
    kind: 'array_to_bytes',
    fromConfig: (_: unknown, meta: Meta) => ({
      kind: 'array_to_bytes',
      decode: (bytes: Uint8Array) => decodeTexts(bytes, meta.shape),
      encode: () => Promise.reject(new Error('Chunks are only read.')),
    }),
  } as unknown as CodecEntry);
}

/** numcodecs' lz4: the size, then a block. */
function unpackLz4(bytes: Uint8Array): Uint8Array {
  const size = littleEndian(bytes, 0);
  if (size > MOST_CHUNK_BYTES) throw new Error(TOO_LARGE);
  const out = new Uint8Array(size);
  decodeLz4Block(bytes.subarray(4), out);
  return out;
}

/** zarrita's own entry, before it is replaced. */
const zstdEntry = registry.get('zstd');

/** A Zstandard frame. The decoder is WebAssembly, loaded when it is needed; it refuses what is damaged. */
async function unzstd(bytes: Uint8Array): Promise<Uint8Array> {
  if (zstdSize(bytes) > MOST_CHUNK_BYTES) throw new Error(TOO_LARGE);
  const entry = await zstdEntry?.();
  if (entry === undefined) throw new Error('Zstandard can’t be read here.');
  const codec = entry.fromConfig({}, ANY_CHUNK) as unknown as {
    decode(bytes: Uint8Array): Promise<Uint8Array>;
  };
  return codec.decode(bytes);
}

let isBounded = false;

/** Replaces zarrita's own codecs by these, once. */
export function boundCodecs(): void {
  if (isBounded) return;
  isBounded = true;
  const gzip = decoder((bytes) =>
    unpackGzip(bytes as Uint8Array<ArrayBuffer>, MOST_CHUNK_BYTES, 'A chunk'),
  );
  const replaced: [string, () => Promise<CodecEntry>][] = [
    ['gzip', gzip],
    ['zlib', decoder(inflate)],
    ['zstd', decoder(unzstd)],
    ['lz4', decoder((bytes) => Promise.resolve(unpackLz4(bytes)))],
    [
      'blosc',
      decoder((bytes) => decodeBlosc(bytes, MOST_CHUNK_BYTES, { zlib: inflate, zstd: unzstd })),
    ],
    ['vlen-utf8', textCodec],
    // hdmf-zarr writes dates so; bytes that are no text are an error.
    ['vlen-bytes', textCodec],
  ];
  for (const [name, entry] of replaced) {
    registry.set(name, entry);
    registry.set(`numcodecs.${name}`, entry);
  }
}

/**
 * Decodes bytes that are not of a Zarr, such as a chunk of HDF5. @throws Error for what is not of this codec, damaged,
 * or too large
 */
export async function unpackChunk(
  name: 'zlib' | 'zstd' | 'blosc',
  bytes: Uint8Array,
): Promise<Uint8Array> {
  if (name === 'zlib') return inflate(bytes);
  if (name === 'zstd') return unzstd(bytes);
  return decodeBlosc(bytes, MOST_CHUNK_BYTES, { zlib: inflate, zstd: unzstd });
}

/** Whether values behind a codec of this name can be read. */
export function isKnownCodec(name: string): boolean {
  return name === 'sharding_indexed' || registry.has(name) || registry.has(`numcodecs.${name}`);
}
