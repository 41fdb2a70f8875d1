// Fetches one file of a plan into its folder: from the first address that has it, verified, then renamed.

import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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
import { ByteBudget } from './byte-budget.ts';
import { diskError, type DownloadFolder } from './download-folder.ts';
import { fetchPart, type RangeSource } from './fetch-part.ts';

/** The most bytes in memory on their way, over all files: those of small files, and buffers for ranges. */
const SMALL_IN_FLIGHT = 8 * 1024 * 1024;
const RANGES_IN_FLIGHT = 6;
const RANGE = 4 * 1024 * 1024;
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
 * The function that fetches files. All that it fetches shares one budget of memory, and bytes that another file
 * of the same run has are copied.
 */
export function fileFetcher(settings: RetrySettings = {}): FetchFile {
  const budget = new ByteBudget(SMALL_IN_FLIGHT);
  const pool = new BufferPool(RANGES_IN_FLIGHT, RANGE);
  const pauses: Pauses = new Map();
  /** Digest → the file that has it, once it is there. */
  const placed = new Map<string, Promise<string | undefined>>();

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
    if (from instanceof Uint8Array) {
      await writeFile(part.path, from).catch((cause: unknown) => {
        throw diskError(cause, target);
      });
    } else {
      if (twin !== undefined && part.size === 0 && size > 0) {
        const isCopied = await copyFile(twin, part.path).then(
          () => true,
          () => false,
        );
        if (isCopied) part.size = size;
      }
      const source = mirroredSource(from, size, settings, pauses);
      await fetchPart(source, part, { size, digest, budget, pool, signal, progress });
    }
    const entry = { path: target, size, digest: digest?.value ?? '' };
    await folder.place(part.path, entry, { replaces: action.do === 'replace', modified });
  }

  return async (folder, file, progress, signal) => {
    const key = file.digest && `${folder.path} ${file.digest.value}`;
    // Parts are named by their digest: files with the same bytes are fetched one after another.
    const before = key === undefined ? undefined : placed.get(key);
    const work = (async () => {
      const twin = await before;
      await fetchOnce(folder, file, progress, signal, twin);
      return path.join(folder.path, ...file.target.split('/'));
    })();
    if (key !== undefined)
      placed.set(
        key,
        work.catch(() => undefined),
      );
    await work;
  };
}
