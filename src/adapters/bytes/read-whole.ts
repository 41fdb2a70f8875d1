// The whole of a small file at an address, without ranges.

import { redactSecrets } from '../../core/error.ts';
import { isBusyStatus, retryAfter } from '../../core/transfer/retry.ts';
import {
  DEFAULT_SILENCE,
  failureToSend,
  NoResponse,
  retryRequests,
  type RetrySettings,
} from './retry-requests.ts';
import { endSilence } from './end-silence.ts';
import { failedBytes, lastError } from './http-bytes.ts';
import { joined, type HttpResponse, type SendRequest } from './http-request.ts';

async function bodyWithin(
  { body }: HttpResponse,
  name: string,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > limit)
      throw failedBytes(
        name,
        'bytes-unreadable',
        `has more than the ${limit} bytes that are read of it`,
      );
    pieces.push(piece);
  }
  return joined(pieces, size);
}

async function askOnce(
  send: SendRequest,
  address: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send({ method: 'GET', url: address, signal, followRedirects: true });
  const { status } = response;
  const name = redactSecrets(address);
  if (status === 200) return bodyWithin(response, name, limit);
  response.discard();
  if (status === 404 || status === 410)
    throw failedBytes(name, 'bytes-not-found', `answered ${status}`);
  if (!isBusyStatus(status)) throw failedBytes(name, 'bytes-unreadable', `answered ${status}`);
  const wait = retryAfter(response.header('retry-after'), Date.now());
  throw new NoResponse(`it answers ${status}`, { wait });
}

/**
 * The whole file at an address, in memory; at most `limit` bytes. A compressed response is
 * decoded only if `send` does so, as in browsers.
 *
 * @throws ArchiveError `bytes-not-found`, `bytes-unreadable`, also if it is larger
 */
export async function readWhole(
  send: SendRequest,
  address: string,
  limit: number,
  settings: RetrySettings = {},
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const watched = endSilence(send, settings.silence ?? DEFAULT_SILENCE);
  let tries = 0;
  try {
    return await retryRequests(
      async (attempt) => {
        tries = attempt;
        try {
          return await askOnce(watched, address, limit, signal);
        } catch (cause) {
          throw failureToSend(cause, signal);
        }
      },
      settings,
      signal,
    );
  } catch (error) {
    throw lastError(redactSecrets(address), error, tries);
  }
}
