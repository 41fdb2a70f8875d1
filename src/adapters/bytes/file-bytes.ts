// Bytes of a file on disk.

import type { BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ArchiveError } from '../../core/error.ts';
import { clippedLength, type Bytes } from './bytes.ts';
import { streamOf } from './bytes-stream.ts';

/** Bytes per read: large enough to be fast, small enough for many at once. */
const PIECE = 256 * 1024;

function unreadable(path: string, cause: unknown): ArchiveError {
  if (cause instanceof ArchiveError) return cause;
  if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
    return new ArchiveError('bytes-not-found', `There is no file ${path}.`, { cause });
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ArchiveError('bytes-unreadable', `${path} could not be read: ${reason}.`, { cause });
}

/** Identifies the state of a file: changes when it is written to or replaced. */
function stateOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino.toString(36)}-${size}-${mtimeNs.toString(36)}`;
}

async function currentState(file: FileHandle, path: string): Promise<BigIntStats> {
  const stats = await file.stat({ bigint: true });
  if (stats.isFile()) return stats;
  throw new ArchiveError('bytes-unreadable', `${path} is no file.`);
}

/** Works with the file, and checks before and after that it is unchanged since it was opened. */
async function* unchanged<Value>(
  path: string,
  state: string,
  work: (file: FileHandle) => AsyncGenerator<Value>,
): AsyncGenerator<Value> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const check = async (): Promise<void> => {
    if (stateOf(await currentState(file, path)) === state) return;
    throw new ArchiveError('bytes-changed', `${path} has changed since it was opened.`);
  };
  try {
    await check();
    yield* work(file);
    await check();
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await file.close();
  }
}

/** Reads until `into` is full. @throws ArchiveError `bytes-changed` if the file ends before */
async function fill(file: FileHandle, into: Uint8Array, from: number, path: string): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, from + done);
    if (bytesRead === 0)
      throw new ArchiveError('bytes-changed', `${path} has become shorter while it was read.`);
    done += bytesRead;
  }
}

/**
 * Opens a file. It is opened again for each range, so that there is nothing to close; its ETag consists
 * of inode, size and modification time.
 *
 * @throws ArchiveError `bytes-not-found`, `bytes-unreadable`
 */
export async function openFile(path: string): Promise<Bytes> {
  let stats: BigIntStats;
  try {
    const file = await open(path, 'r');
    stats = await currentState(file, path).finally(() => file.close());
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const size = Number(stats.size);
  const etag = stateOf(stats);
  return {
    name: path,
    size,
    etag,
    async range(from, length, signal) {
      const bytes = new Uint8Array(clippedLength(size, from, length));
      signal?.throwIfAborted();
      if (bytes.length === 0) return bytes;
      const reading = unchanged(path, etag, async function* (file) {
        for (let at = 0; at < bytes.length; at += PIECE) {
          await fill(file, bytes.subarray(at, at + PIECE), from + at, path);
          yield at;
        }
      });
      for await (const at of reading) if (at + PIECE < bytes.length) signal?.throwIfAborted();
      return bytes;
    },
    stream(from = 0, signal, length) {
      const end = from + clippedLength(size, from, length);
      return streamOf(
        () =>
          unchanged(path, etag, async function* (file) {
            for (let at = from; at < end; at += PIECE) {
              const piece = new Uint8Array(Math.min(PIECE, end - at));
              await fill(file, piece, at, path);
              yield piece;
            }
          }),
        signal,
      );
    },
  };
}
