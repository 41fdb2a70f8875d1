// Digests of a path on this machine, all that are asked for in one reading: of a file, or of a folder as a Zarr.

import { lstat, open, readdir, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { zarrChecksum, type ZarrFile } from '../../core/digests/zarr-checksum.ts';
import { ArchiveError } from '../../core/error.ts';
import { isOutsideZarr } from '../../core/identifiers/file-names.ts';
import {
  digestsFrom,
  hashWorkFor,
  type DigestAlgorithm,
  type PathDigests,
} from './digest-algorithms.ts';
import type { DigestCache } from './digest-cache.ts';
import { PIECE, type HashThreads } from './hash-threads.ts';
import { divideWork, runHashes, type HashResult, type HashWork } from './hash-work.ts';

/** Below this size starting threads costs more than it saves. */
const FOR_THREADS = 8 * 1024 * 1024;

/** What digests are computed with. */
export interface DigestTools {
  cache?: DigestCache;
  /** Threads for large files; one of them at a time. */
  threads?: () => HashThreads;
  progress?: (bytes: number) => void;
}

async function hashFile(
  file: FileHandle,
  work: HashWork,
  size: number,
  { threads, progress }: DigestTools,
): Promise<{ result: HashResult; read: number }> {
  let read = 0;
  const readInto = async (target: Uint8Array): Promise<number> => {
    const { bytesRead } = await file.read(target, 0, target.length, null);
    read += bytesRead;
    progress?.(bytesRead);
    return bytesRead;
  };
  const tasks = work.whole.length + work.parts.length;
  if (threads !== undefined && size >= FOR_THREADS && tasks > 1)
    return { result: await threads().hash(divideWork(work), readInto), read };
  const running = runHashes(work);
  const buffers = [new Uint8Array(PIECE), new Uint8Array(PIECE)] as const;
  // One buffer is hashed while the other is filled.
  let filled = readInto(buffers[0]);
  for (let turn = 0; ; turn += 1) {
    const length = await filled;
    if (length === 0) return { result: running.result(), read };
    filled = readInto(buffers[((turn + 1) % 2) as 0 | 1]);
    running.update(buffers[(turn % 2) as 0 | 1].subarray(0, length));
  }
}

/**
 * The digests of a file, read once. @throws ArchiveError `bytes-changed` if it changes while it is read; the
 * system's error if it cannot be read
 */
export async function digestsOfFile(
  place: string,
  algorithms: readonly DigestAlgorithm[],
  tools: DigestTools = {},
): Promise<PathDigests> {
  const file = await open(place, 'r');
  try {
    const before = await file.stat({ bigint: true });
    const size = Number(before.size);
    const known = tools.cache?.find(before)?.digests;
    const isKnown = algorithms.every((algorithm) => known?.[algorithm] !== undefined);
    if (known !== undefined && isKnown) {
      tools.progress?.(size);
      return Object.fromEntries(algorithms.map((algorithm) => [algorithm, known[algorithm]]));
    }
    // Digests of parts are for the cache alone.
    const work = hashWorkFor(algorithms, size, tools.cache !== undefined);
    const { result, read } = await hashFile(file, work, size, tools);
    const after = await file.stat({ bigint: true });
    if (read !== size || after.size !== before.size || after.mtimeNs !== before.mtimeNs)
      throw new ArchiveError('bytes-changed', `${place} has changed while it was read.`);
    const digests = digestsFrom(algorithms, result);
    const { md5, sha256 } = result.parts;
    await tools.cache?.keep(before, {
      digests,
      parts: { ...(md5 && { md5 }), ...(sha256 && { sha256 }) },
    });
    return digests;
  } finally {
    await file.close();
  }
}

async function* filesBelow(folder: string, inner = ''): AsyncGenerator<string> {
  for (const entry of await readdir(path.join(folder, inner), { withFileTypes: true })) {
    if (isOutsideZarr(entry.name)) continue;
    const name = inner === '' ? entry.name : `${inner}/${entry.name}`;
    const isFolder =
      entry.isDirectory() ||
      (entry.isSymbolicLink() && (await stat(path.join(folder, name))).isDirectory());
    // A folder behind a link could lead back to where it is.
    if (entry.isSymbolicLink() && isFolder)
      throw new ArchiveError('usage', `${path.join(folder, name)} is a link to a folder.`);
    if (isFolder) yield* filesBelow(folder, name);
    else yield name;
  }
}

/** The zarr-checksum of a folder. @throws as {@link digestsOfFile} */
export async function digestOfZarr(folder: string, tools: DigestTools = {}): Promise<string> {
  const files: ZarrFile[] = [];
  for await (const name of filesBelow(folder)) {
    const file = path.join(folder, ...name.split('/'));
    const { md5 = '' } = await digestsOfFile(file, ['md5'], tools);
    files.push({ path: name, size: (await lstat(file)).size, md5 });
  }
  return zarrChecksum(files);
}

/**
 * The digests of a path. A folder has a zarr-checksum only.
 *
 * @throws ArchiveError `usage` for another digest of a folder, and those of its files
 */
export async function digestsOfPath(
  place: string,
  algorithms: readonly DigestAlgorithm[],
  tools: DigestTools = {},
): Promise<PathDigests> {
  const state = await stat(place).catch((cause: unknown) => {
    throw new ArchiveError('bytes-not-found', `There is no ${place}.`, { cause });
  });
  if (!state.isDirectory()) return digestsOfFile(place, algorithms, tools);
  const other = algorithms.find((algorithm) => algorithm !== 'zarr-checksum');
  if (other !== undefined) {
    throw new ArchiveError('usage', `${place} is a folder, which has no ${other}.`, {
      hint: 'Folders have a zarr-checksum: --digest zarr-checksum',
    });
  }
  return { 'zarr-checksum': await digestOfZarr(place, tools) };
}
