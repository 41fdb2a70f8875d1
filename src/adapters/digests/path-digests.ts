// Digests of a path on this machine, all that are asked for in one reading: of a file, or of a folder as a Zarr.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { zarrChecksum, type ZarrFile } from '../../core/digests/zarr-checksum.ts';
import { ArchiveError } from '../../core/error.ts';
import { runningDigest, type FileDigest } from './file-digests.ts';

/** What DANDI's client computes, by its names. */
export const DIGEST_ALGORITHMS = [
  'dandi-etag',
  'sha256',
  'md5',
  'sha1',
  'sha512',
  'zarr-checksum',
] as const;

export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

export type PathDigests = Partial<Record<DigestAlgorithm, string>>;

const PIECE = 1024 * 1024;
/** What is no part of a Zarr, at any depth. */
const NOT_IN_ZARR = new Set(['.dandi', '.datalad', '.git', '.gitattributes', '.gitmodules']);

function digestFor(algorithm: DigestAlgorithm, size: number): FileDigest {
  // The checksum of a single file as a Zarr's is its MD5.
  const plain = algorithm === 'zarr-checksum' ? 'md5' : algorithm;
  if (plain === 'sha1' || plain === 'sha512') {
    const hash = createHash(plain);
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
  }
  return runningDigest(plain, size);
}

/**
 * The digests of a file. @throws ArchiveError `bytes-changed` if its size changes while it is read; the system's
 * error if it cannot be read
 */
export async function digestsOfFile(
  file: string,
  algorithms: readonly DigestAlgorithm[],
  progress: (bytes: number) => void = () => undefined,
): Promise<PathDigests> {
  const { size } = await stat(file);
  const running = algorithms.map((algorithm) => digestFor(algorithm, size));
  let read = 0;
  for await (const piece of createReadStream(file, { highWaterMark: PIECE })) {
    const bytes = piece as Buffer;
    for (const digest of running) digest.update(bytes);
    read += bytes.length;
    progress(bytes.length);
  }
  if (read !== size)
    throw new ArchiveError('bytes-changed', `${file} has changed while it was read.`);
  return Object.fromEntries(algorithms.map((name, at) => [name, running[at]?.digest()]));
}

async function* filesBelow(folder: string, inner = ''): AsyncGenerator<string> {
  for (const entry of await readdir(path.join(folder, inner), { withFileTypes: true })) {
    if (NOT_IN_ZARR.has(entry.name)) continue;
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
export async function digestOfZarr(
  folder: string,
  progress: (bytes: number) => void = () => undefined,
): Promise<string> {
  const files: ZarrFile[] = [];
  for await (const name of filesBelow(folder)) {
    const file = path.join(folder, ...name.split('/'));
    const { md5 = '' } = await digestsOfFile(file, ['md5'], progress);
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
  progress?: (bytes: number) => void,
): Promise<PathDigests> {
  const state = await stat(place).catch((cause: unknown) => {
    throw new ArchiveError('bytes-not-found', `There is no ${place}.`, { cause });
  });
  if (!state.isDirectory()) return digestsOfFile(place, algorithms, progress);
  const other = algorithms.find((algorithm) => algorithm !== 'zarr-checksum');
  if (other !== undefined) {
    throw new ArchiveError('usage', `${place} is a folder, which has no ${other}.`, {
      hint: 'Folders have a zarr-checksum: --digest zarr-checksum',
    });
  }
  return { 'zarr-checksum': await digestOfZarr(place, progress) };
}
