// Decompresses gzip and zlib streams up to a limit.

import { failedBytes } from './http-bytes.ts';
import { piecesOf } from './bytes-stream.ts';
import { joined } from './http-request.ts';

/** As {@link unpackZlib}, of gzip. */
export function unpackGzip(
  packed: Uint8Array<ArrayBuffer>,
  limit: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return unpack('gzip', packed, limit, name);
}

/**
 * The decompressed bytes of a zlib stream.
 *
 * @throws ArchiveError `bytes-unreadable` with the name, if they are damaged or decompress to more than `limit`
 */
export function unpackZlib(
  packed: Uint8Array<ArrayBuffer>,
  limit: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return unpack('deflate', packed, limit, name);
}

async function unpack(
  format: 'gzip' | 'deflate',
  packed: Uint8Array<ArrayBuffer>,
  limit: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format));
  const pieces: Uint8Array[] = [];
  let size = 0;
  const damaged = (cause: unknown): never => {
    throw failedBytes(name, 'bytes-unreadable', 'could not be unpacked', cause);
  };
  const stream = piecesOf(unpacked);
  for (;;) {
    const { done, value } = await stream.next().catch(damaged);
    if (done === true) return joined(pieces, size);
    size += value.length;
    pieces.push(value);
    if (size <= limit) continue;
    await stream.return(undefined);
    throw failedBytes(
      name,
      'bytes-unreadable',
      `holds more than the ${limit} bytes that are unpacked of it`,
    );
  }
}
