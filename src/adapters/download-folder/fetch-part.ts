// Fetches the bytes of a file into a part and verifies them. Ranges are requested several at a time, and taken
// in order: so they are hashed as they arrive, with no second reading, and a part is always a beginning of the
// file, which a later run goes on from.

import { rename, writeFile } from 'node:fs/promises';
import { ArchiveError } from '../../core/error.ts';
import type { WantedDigest } from '../../core/download/plan.ts';
import { runningDigest, type FileDigest } from '../digests/file-digests.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { BufferPool } from './buffer-pool.ts';
import { diskError, openPart, readPart, type PartFile } from './download-folder.ts';

/** Requests of one file at a time, each for a buffer of the pool. */
const AT_A_TIME = 4;
/** Up to this size a file is one request, kept in memory until it is verified. */
const SMALL = 1024 * 1024;

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
  /** Bounds small files on their way. */
  budget: ByteBudget;
  /** Buffers for the ranges of large files. */
  pool: BufferPool;
  signal?: AbortSignal | undefined;
  /** Called with bytes that have arrived, and with a negative number for those that are fetched again. */
  progress?: (bytes: number) => void;
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

async function fetchSmall(
  source: RangeSource,
  part: PartFile,
  options: FetchOptions,
): Promise<void> {
  const { size, digest, budget, signal, progress } = options;
  await budget.take(size);
  try {
    const bytes = new Uint8Array(size);
    await source.fill(bytes, 0, signal);
    const running = runningDigest(digest?.algorithm ?? 'md5', size);
    running.update(bytes);
    check(source, digest, running);
    await writeFile(part.path, bytes).catch((cause: unknown) => {
      throw diskError(cause, part.path);
    });
    progress?.(size);
  } finally {
    budget.give(size);
  }
}

/** The ranges from a position to the end, requested ahead and given in order; each until the next is asked for. */
async function* rangesFrom(
  source: RangeSource,
  from: number,
  { size, pool, signal }: FetchOptions,
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

async function fetchLarge(
  source: RangeSource,
  part: PartFile,
  options: FetchOptions,
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
 * Fetches a file into its part and verifies it. Bytes that do not fit are fetched once more from the beginning
 * and then set aside.
 *
 * @throws ArchiveError `bytes-wrong` for a wrong digest, those of {@link Bytes}, `content-unwritable`
 */
export async function fetchPart(
  source: RangeSource,
  part: PartFile,
  options: FetchOptions,
): Promise<void> {
  const isSmall = options.size <= SMALL;
  let counted = 0;
  const counting: FetchOptions = {
    ...options,
    progress: (bytes) => {
      counted += bytes;
      options.progress?.(bytes);
    },
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (isSmall) await fetchSmall(source, part, counting);
      else await fetchLarge(source, attempt === 1 ? part : { ...part, size: 0 }, counting);
      return;
    } catch (error) {
      const isWrong = error instanceof ArchiveError && error.code === 'bytes-wrong';
      if (isWrong && attempt === 1) {
        options.progress?.(-counted);
        counted = 0;
        if (!isSmall) await setAside(part);
        continue;
      }
      if (isWrong && !isSmall) await setAside(part);
      throw error;
    }
  }
}

/** Keeps wrong bytes for a look at them, where no later run takes them for a beginning. */
async function setAside(part: PartFile): Promise<void> {
  await rename(part.path, `${part.path}.wrong`).catch(() => undefined);
}
