// Fetches one file of a plan into its folder: from the first address that has it, verified, then renamed.

import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileAction } from '../../core/download/plan.ts';
import { ArchiveError } from '../../core/error.ts';
import { isBusyStatus, retryAfter } from '../../core/transfer/retry.ts';
import { openFile } from '../bytes/file-bytes.ts';
import {
  addressSource,
  rangeFiller,
  type FillRange,
  type HttpSource,
} from '../bytes/http-bytes.ts';
import { nodeRequest } from '../bytes/node-request.ts';
import { pause, type RetrySettings } from '../bytes/retry-requests.ts';
import { BufferPool } from './buffer-pool.ts';
import type { DownloadFolder } from './download-folder.ts';
import { fetchLarge, fetchSmall, type RangeSource } from './fetch-part.ts';

/**
 * The bytes in memory on their way, over all files, are those of these buffers: 32 MiB at most. A file that fits into
 * one is a single request, and written when it is verified; a larger one comes in ranges.
 */
const TINY = { count: 32, size: 64 * 1024 };
const SMALL = { count: 6, size: 1024 * 1024 };
const RANGES = { count: 6, size: 4 * 1024 * 1024 };
/** The longest pause that a server is granted, in milliseconds; one that asks for more is tried on as usual. */
const LONGEST_PAUSE = 120_000;

export type FetchFile = (
  folder: DownloadFolder,
  file: FileAction,
  progress: (bytes: number) => void,
  signal?: AbortSignal,
) => Promise<void>;

/** When requests to a host go on, in milliseconds since 1970, after it asked for patience. */
type Pauses = Map<string, number>;

/** By digest, the file that has these bytes, or is being fetched. */
type Twins = Map<string, FileAction | Promise<FileAction | undefined>>;

/** Requests that wait as long as their host asked any of them to. */
function patientSource(source: HttpSource, host: string, pauses: Pauses): HttpSource {
  return {
    ...source,
    async get(headers, signal) {
      for (let until = pauses.get(host) ?? 0; until > Date.now(); until = pauses.get(host) ?? 0)
        await pause(until - Date.now(), signal);
      const response = await source.get(headers, signal);
      const wait = isBusyStatus(response.status)
        ? retryAfter(response.header('retry-after'), Date.now())
        : undefined;
      if (wait !== undefined && wait <= LONGEST_PAUSE) pauses.set(host, Date.now() + wait);
      return response;
    },
  };
}

/** Ranges of a file on this machine. */
async function fileFiller(file: string): Promise<FillRange> {
  const bytes = await openFile(file);
  return async (target, from, signal) => {
    const found = await bytes.range(from, target.length, signal);
    if (found.length !== target.length)
      throw new ArchiveError('bytes-changed', `${file} has fewer bytes than its record says.`);
    target.set(found);
  };
}

/** Bytes at the first of several addresses that gives them; one that fails is not asked again. */
function mirroredSource(
  addresses: readonly string[],
  size: number,
  settings: RetrySettings,
  pauses: Pauses,
): RangeSource {
  const open = async (address: string): Promise<FillRange> => {
    if (address.startsWith('file:')) return fileFiller(fileURLToPath(address));
    const source = addressSource(nodeRequest, address, settings);
    return rangeFiller(patientSource(source, new URL(address).host, pauses), size, settings);
  };
  // Opened once: all ranges of a file are then of the same state of it.
  const opened: Promise<FillRange>[] = [];
  let current = 0;
  return {
    name: addresses[0] ?? '',
    async fill(target, from, signal) {
      for (;;) {
        const at = current;
        const address = addresses[at];
        if (address === undefined)
          throw new ArchiveError('bytes-not-found', 'Its record names no address of its bytes.');
        try {
          opened[at] ??= open(address);
          const fill = await opened[at];
          return await fill(target, from, signal);
        } catch (error) {
          signal?.throwIfAborted();
          if (!(error instanceof ArchiveError) || at === addresses.length - 1) throw error;
          if (current === at) current += 1;
        }
      }
    },
  };
}

/**
 * The function that fetches files. All that it fetches shares its buffers, and bytes that another file of the
 * same run has are copied.
 */
export function fileFetcher(settings: RetrySettings = {}): FetchFile {
  const [tiny, small, ranges] = [TINY, SMALL, RANGES].map(
    ({ count, size }) => new BufferPool(count, size),
  ) as [BufferPool, BufferPool, BufferPool];
  const pauses: Pauses = new Map();
  const twins = new WeakMap<DownloadFolder, Twins>();

  let unverified = 0;

  async function fetchOnce(
    folder: DownloadFolder,
    file: FileAction,
    progress: (bytes: number) => void,
    signal: AbortSignal | undefined,
    twin: string | undefined,
  ): Promise<void> {
    const { from, size, digest, target, modified, action } = file;
    // Without a digest nothing tells whether what an earlier run has left belongs to these bytes.
    const part = await folder.part(digest?.value ?? `unverified-${(unverified += 1)}`);
    if (digest === undefined) await folder.dropPart(part.path);
    const place = (bytes?: Uint8Array): Promise<void> =>
      folder.place({
        part: part.path,
        entry: { path: target, size, digest: digest?.value ?? '' },
        bytes,
        replaces: action.do === 'replace',
        modified,
      });
    if (from instanceof Uint8Array) return place(from);
    const addresses = twin === undefined ? from : [pathToFileURL(twin).href, ...from];
    const source = mirroredSource(addresses, size, settings, pauses);
    const options = { size, digest, signal, progress };
    if (size <= SMALL.size) {
      const pool = size <= TINY.size ? tiny : small;
      const buffer = await pool.take();
      try {
        const bytes = buffer.subarray(0, size);
        await fetchSmall(source, bytes, options);
        await place(bytes);
      } finally {
        pool.give(buffer);
      }
      return;
    }
    await fetchLarge(source, part, { ...options, pool: ranges });
    await place();
  }

  return async (folder, file, progress, signal) => {
    const known: Twins = twins.get(folder) ?? new Map();
    twins.set(folder, known);
    const digest = file.digest?.value;
    // Parts are named by their digest: files with the same bytes are fetched one after another.
    const before = digest === undefined ? undefined : known.get(digest);
    const work = (async () => {
      const twin = await before;
      const place = twin && path.join(folder.path, ...twin.target.split('/'));
      await fetchOnce(folder, file, progress, signal, place);
    })();
    if (digest !== undefined) {
      const running = work.then(
        () => file,
        () => undefined,
      );
      known.set(digest, running);
      // Many thousand promises would take more memory than all else.
      void running.then((done) => {
        if (known.get(digest) !== running) return;
        if (done === undefined) known.delete(digest);
        else known.set(digest, done);
      });
    }
    await work;
  };
}
