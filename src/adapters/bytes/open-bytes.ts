// Bytes at an address, in Node.

import { fileURLToPath } from 'node:url';
import type { RetrySettings } from './retry-requests.ts';
import type { Bytes } from './bytes.ts';
import { openFile } from './file-bytes.ts';
import { addressSource, openBytesOf, type OpenHttpOptions } from './http-bytes.ts';
import { nodeRequest } from './node-request.ts';

/**
 * Opens an `http(s):` or `file:` address, or a path.
 *
 * @throws ArchiveError `bytes-not-found`, `bytes-changed` (the ETag is not the given one), `bytes-unreadable`
 */
export async function openBytes(
  address: string,
  options: OpenHttpOptions = {},
  settings: RetrySettings = {},
): Promise<Bytes> {
  if (/^https?:\/\//i.test(address))
    return openBytesOf(addressSource(nodeRequest, address, settings), options, settings);
  options.signal?.throwIfAborted();
  return openFile(/^file:\/\//i.test(address) ? fileURLToPath(address) : address);
}
