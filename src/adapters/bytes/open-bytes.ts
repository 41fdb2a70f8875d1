// Bytes at an address, in Node.

import { fileURLToPath } from 'node:url';
import type { Patience } from './ask-patiently.ts';
import type { Bytes } from './bytes.ts';
import { openFile } from './file-bytes.ts';
import { addressSource, openBytesOf, type OpenHttpOptions } from './http-bytes.ts';
import { nodeRequest } from './node-request.ts';

/**
 * Opens an `http(s):` or `file:` address, or a path.
 *
 * @throws ArchiveError `bytes-not-found`, `bytes-changed` (it has not the given ETag), `bytes-unreadable`
 */
export async function openBytes(
  address: string,
  options: OpenHttpOptions = {},
  patience: Patience = {},
): Promise<Bytes> {
  if (/^https?:\/\//i.test(address))
    return openBytesOf(addressSource(nodeRequest, address, patience), options, patience);
  options.signal?.throwIfAborted();
  return openFile(/^file:\/\//i.test(address) ? fileURLToPath(address) : address);
}
