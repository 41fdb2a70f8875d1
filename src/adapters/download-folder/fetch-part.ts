// Fetches the bytes of a file into a part and verifies them. Ranges are requested several at a time, and taken
// in order: so they are hashed as they arrive, with no second reading, and a part is always a beginning of the
// file, which a later run goes on from.

import { rename } from 'node:fs/promises';
import { ArchiveError } from '../../core/error.ts';
import type { WantedDigest } from '../../core/download/plan.ts';
import { runningDigest, type FileDigest } from '../digests/file-digests.ts';
import type { BufferPool } from './buffer-pool.ts';
import { diskError } from './disk-error.ts';
import { openPart, readPart, type PartFile } from './download-folder.ts';

/** Requests of one file at a time, each for a buffer of the pool. */
const AT_A_TIME = 4;

/** Where the bytes of a file come from. */
export interface RangeSource {
  /** For messages. */
  readonly name: string;
  /** Fills all of `target` with the bytes that start at `from`. @throws ArchiveError as {@link Bytes} */
  fill(target: Uint8Array, from: number, signal?: AbortSignal): Promise<void>;
}

export interface FetchOptions {
  size: number;
  /** Absent: only the size is checked. */
  digest?: WantedDigest | undefined;
  signal?: AbortSignal | undefined;
  /** Called with bytes that have arrived, and with a negative number for those that are fetched again. */
  progress?: (bytes: number) => void;
}

export interface LargeOptions extends FetchOptions {
  /** Buffers for the ranges. */
  pool: BufferPool;
}

function wrongDigest(
  name: string,
  { algorithm, value }: WantedDigest,
  found: string,
): ArchiveError {
  return new ArchiveError(
    'bytes-wrong',
    `${name} has the ${algorithm} ${found}, and the record says ${value}.`,
  );
}

function check(source: RangeSource, digest: WantedDigest | undefined, found: FileDigest): void {
  if (digest === undefined) return;
  const value = found.digest();
  if (value !== digest.value) throw wrongDigest(source.name, digest, value);
}

/**
 * Fetches a small file into all of `target` and verifies it. Wrong bytes are fetched once more.
 *
 * @throws ArchiveError `bytes-wrong` for a wrong digest, those of {@link Bytes}
 */
export async function fetchSmall(
  source: RangeSource,
  target: Uint8Array,
  { size, digest, signal, progress }: FetchOptions,
): Promise<void> {
  await twice(async () => {
    await source.fill(target, 0, signal);
    const running = runningDigest(digest?.algorithm ?? 'md5', size);
    running.update(target);
    check(source, digest, running);
    progress?.(size);
  });
}

/** Does the work again, once, if its bytes are wrong. */
async function twice<Value>(
  work: () => Promise<Value>,
  afterWrong?: () => Promise<void>,
): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ArchiveError) || error.code !== 'bytes-wrong') throw error;
      await afterWrong?.();
      if (attempt > 1) throw error;
    }
  }
}

/** The ranges from a position to the end, requested ahead and given in order; each until the next is asked for. */
async function* rangesFrom(
  source: RangeSource,
  from: number,
  { size, pool, signal }: LargeOptions,
): AsyncGenerator<Uint8Array> {
  const ended = new AbortController();
  const stop = (): void => ended.abort(signal?.reason);
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const running: { buffer: Uint8Array; bytes: Promise<Uint8Array> }[] = [];
  let next = from;
  try {
    while (next < size || running.length > 0) {
      while (next < size && running.length < AT_A_TIME) {
        // A file waits for its next range; what it asks for ahead must not keep others waiting.
        const buffer = running.length === 0 ? await pool.take() : pool.takeAtOnce();
        if (buffer === undefined) break;
        const target = buffer.subarray(0, Math.min(buffer.length, size - next));
        const bytes = source.fill(target, next, ended.signal).then(() => target);
        // Its failure is met when its turn comes.
        bytes.catch(() => undefined);
        running.push({ buffer, bytes });
        next += target.length;
      }
      const first = running[0];
      if (first === undefined) return;
      yield await first.bytes;
      running.shift();
      pool.give(first.buffer);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    ended.abort(new DOMException('The file was given up.', 'AbortError'));
    await Promise.allSettled(running.map(({ bytes }) => bytes));
    for (const { buffer } of running) pool.give(buffer);
  }
}

async function fetchOnce(
  source: RangeSource,
  part: PartFile,
  options: LargeOptions,
): Promise<void> {
  const { size, digest, signal, progress } = options;
  const running = runningDigest(digest?.algorithm ?? 'md5', size);
  const kept = part.size <= size ? part.size : 0;
  if (kept > 0) {
    for await (const piece of readPart(part.path, kept)) {
      signal?.throwIfAborted();
      running.update(piece);
    }
    progress?.(kept);
  }
  const file = await openPart(part.path);
  try {
    if (part.size !== kept) await file.truncate(kept);
    let at = kept;
    for await (const bytes of rangesFrom(source, kept, options)) {
      const written = file.write(bytes, 0, bytes.length, at);
      running.update(bytes);
      await written;
      at += bytes.length;
      progress?.(bytes.length);
    }
    await file.datasync();
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof Error && 'syscall' in cause) throw diskError(cause, part.path);
    throw cause;
  } finally {
    await file.close();
  }
  check(source, digest, running);
}

/**
 * Fetches a large file into its part and verifies it. Bytes that do not fit are set aside, and fetched once more from
 * the beginning.
 *
 * @throws ArchiveError `bytes-wrong` for a wrong digest, those of {@link Bytes}, `content-unwritable`
 */
export async function fetchLarge(
  source: RangeSource,
  part: PartFile,
  options: LargeOptions,
): Promise<void> {
  let counted = 0;
  let found = part;
  const progress = (bytes: number): void => {
    counted += bytes;
    options.progress?.(bytes);
  };
  await twice(
    () => fetchOnce(source, found, { ...options, progress }),
    async () => {
      options.progress?.(-counted);
      counted = 0;
      found = { ...part, size: 0 };
      await setAside(part);
    },
  );
}

/** Keeps wrong bytes for a look at them, where no later run takes them for a beginning. */
async function setAside(part: PartFile): Promise<void> {
  await rename(part.path, `${part.path}.wrong`).catch(() => undefined);
}
