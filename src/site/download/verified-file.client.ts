// The bytes of a file from the first of its addresses that has them, held against its digest.

import { openBrowserBytes } from '../../adapters/bytes/open-browser-bytes.ts';
import { piecesOf } from '../../adapters/bytes/bytes-stream.ts';
import type { BrowserFile } from '../../core/download/browser-download.ts';
import { ArchiveError } from '../../core/error.ts';
import { streamDigest } from './stream-digest.client.ts';

/** Up to this size a file may be held in memory until it is verified. */
export const SMALL_FILE = 8 * 1024 * 1024;
/** Attempts without a new byte; a reader sees at once that nothing moves. */
const RETRIES = { attempts: 3 };

/**
 * The bytes of a file in pieces. An interrupted response is continued; another address is tried as long as nothing has
 * arrived.
 *
 * @throws ArchiveError after the last piece if they do not have its digest, or earlier if they cannot be read
 */
export async function* verifiedPieces(
  { from, size, digest }: BrowserFile,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const found = digest && (await streamDigest(digest.algorithm, size));
  for (const [at, address] of from.entries()) {
    let isBegun = false;
    try {
      // Kept in no cache: these are gigabytes, and a second request must not get the same wrong bytes.
      const bytes = await openBrowserBytes(address, { size, cache: 'no-store' }, RETRIES);
      for await (const piece of piecesOf(bytes.stream(0, signal))) {
        isBegun = true;
        found?.update(piece);
        yield piece;
      }
      break;
    } catch (error) {
      if (isBegun || signal.aborted || at === from.length - 1) throw error;
    }
  }
  if (found !== undefined && found.digest() !== digest?.value)
    throw new ArchiveError('bytes-wrong', 'The bytes do not have the digest of the record.');
}

/** Repeats work once if it failed for anything but an abort. */
export async function twice<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal,
  failedFirst: () => void = () => undefined,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || isFinal(error)) throw error;
    failedFirst();
    return work();
  }
}

/** Whether a second request would get the same answer. */
function isFinal(error: unknown): boolean {
  return error instanceof ArchiveError && error.code === 'bytes-not-found';
}

/** Why a file failed, in words that follow its path. */
export function reasonInWords(error: unknown, { from }: BrowserFile): string {
  if (!(error instanceof ArchiveError))
    return error instanceof Error ? error.message : String(error);
  if (error.code === 'bytes-wrong')
    return 'what the store sent does not have the digest of the record';
  if (error.code === 'bytes-not-found') return 'it is not in the store';
  const [, status] = /answers (401|403)/.exec(error.message) ?? [];
  if (status !== undefined)
    return `the store refuses it (${status}): it is not public, such as under an embargo`;
  const address = from.find((one) => error.message.startsWith(one)) ?? '';
  const said = error.message.slice(address.length).trim().replace(/\.$/, '');
  return /failed to fetch|networkerror|load failed/i.test(said)
    ? 'the store could not be reached, or does not let web pages read'
    : said;
}
