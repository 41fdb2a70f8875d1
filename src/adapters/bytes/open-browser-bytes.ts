// Bytes in a browser: at an address, or of a selected file; imports nothing of Node.

import type { RetrySettings } from './retry-requests.ts';
import { blobBytes } from './blob-bytes.ts';
import type { Bytes } from './bytes.ts';
import { fetchRequest } from './fetch-request.ts';
import {
  addressSource,
  readSpan,
  knownSource,
  openBytesOf,
  type HttpSource,
  type OpenHttpOptions,
} from './http-bytes.ts';
import { readWhole } from './read-whole.ts';

function browserSource(
  address: string,
  cache: RequestCache | undefined,
  settings: RetrySettings,
): HttpSource {
  const source = addressSource(fetchRequest(cache), address, settings);
  // For another origin, a condition would need a preflight, which few buckets allow.
  const isOwn = new URL(address, location.href).origin === location.origin;
  return isOwn ? source : { name: source.name, get: source.get };
}

/** Someone looking at a page waits less than a download does. */
const FOR_PAGES: RetrySettings = { attempts: 2 };

export interface BrowserOpenOptions extends OpenHttpOptions {
  /** In bytes; if it is known, opening makes no request. Required if the host hides Content-Range. */
  size?: number;
  cache?: RequestCache;
}

/**
 * Opens an address or a file.
 *
 * @throws ArchiveError as {@link Bytes} says.
 */
export async function openBrowserBytes(
  from: string | Blob,
  { size, cache, ...options }: BrowserOpenOptions = {},
  settings: RetrySettings = {},
): Promise<Bytes> {
  if (typeof from !== 'string') return blobBytes(from);
  const source = browserSource(from, cache, settings);
  if (size === undefined) return openBytesOf(source, options, settings);
  const { etag } = options;
  return knownSource(source, { size, ...(etag === undefined ? {} : { etag }) }, settings);
}

/**
 * A range of a file of unknown size, in one request.
 *
 * @throws ArchiveError as {@link Bytes} says.
 */
export function fetchSpan(
  address: string,
  from: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return readSpan(browserSource(address, undefined, {}), from, length, FOR_PAGES, signal);
}

/**
 * The whole file at an address, decoded from its transfer compression; at most `limit` bytes.
 *
 * @throws ArchiveError `bytes-not-found`, `bytes-unreadable`, also if it is larger
 */
export function fetchWhole(
  address: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return readWhole(fetchRequest(), address, limit, FOR_PAGES, signal);
}
