// Bytes in a browser: at an address, or of a file that was chosen. It reaches nothing of Node.

import type { Patience } from './ask-patiently.ts';
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
  patience: Patience,
): HttpSource {
  const source = addressSource(fetchRequest(cache), address, patience);
  // Of another host a condition would need leave (a preflight), which few buckets give.
  const isOwn = new URL(address, location.href).origin === location.origin;
  return isOwn ? source : { name: source.name, get: source.get };
}

/** A reader of a page waits for less than a download does. */
const FOR_PAGES: Patience = { attempts: 2 };

export interface BrowserOpenOptions extends OpenHttpOptions {
  /** Bytes; if it is known, opening asks for nothing. Needed where a host hides Content-Range. */
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
  patience: Patience = {},
): Promise<Bytes> {
  if (typeof from !== 'string') return blobBytes(from);
  const source = browserSource(from, cache, patience);
  if (size === undefined) return openBytesOf(source, options, patience);
  const { etag } = options;
  return knownSource(source, { size, ...(etag === undefined ? {} : { etag }) }, patience);
}

/**
 * A span of what is at an address whose size nobody knows, in one request.
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
 * All that an address answers, unpacked if it was compressed on its way; at most `limit` bytes.
 *
 * @throws ArchiveError `bytes-not-found`, `bytes-unreadable`, also where there are more
 */
export function fetchWhole(
  address: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return readWhole(fetchRequest(), address, limit, FOR_PAGES, signal);
}
