// The whole of a small file at an address, without ranges.

import { ArchiveError, redactSecrets } from '../../core/error.ts';
import { isBusyStatus, retryAfter } from '../../core/transfer/retry.ts';
import {
  askPatiently,
  DEFAULT_SILENCE,
  NoAnswer,
  reasonOf,
  type Patience,
} from './ask-patiently.ts';
import { endSilence } from './end-silence.ts';
import { failedBytes, lastError } from './http-bytes.ts';
import { joined, type HttpAnswer, type SendRequest } from './http-request.ts';

async function bodyWithin(
  { body }: HttpAnswer,
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
  const answer = await send({ method: 'GET', url: address, signal, followRedirects: true });
  const { status } = answer;
  const name = redactSecrets(address);
  if (status === 200) return bodyWithin(answer, name, limit);
  answer.discard();
  if (status === 404 || status === 410)
    throw failedBytes(name, 'bytes-not-found', `answered ${status}`);
  if (!isBusyStatus(status)) throw failedBytes(name, 'bytes-unreadable', `answered ${status}`);
  const wait = retryAfter(answer.header('retry-after'), Date.now());
  throw new NoAnswer(`it answers ${status}`, { wait });
}

/**
 * All that an address answers; at most `limit` bytes, which are held in memory. A compressed answer is
 * unpacked only by what sends the request, as browsers do.
 *
 * @throws ArchiveError `bytes-not-found`, `bytes-unreadable`, also where there are more
 */
export async function readWhole(
  send: SendRequest,
  address: string,
  limit: number,
  patience: Patience = {},
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const watched = endSilence(send, patience.silence ?? DEFAULT_SILENCE);
  let tries = 0;
  try {
    return await askPatiently(
      async (attempt) => {
        tries = attempt;
        try {
          return await askOnce(watched, address, limit, signal);
        } catch (cause) {
          signal?.throwIfAborted();
          if (cause instanceof NoAnswer || cause instanceof ArchiveError) throw cause;
          throw new NoAnswer(reasonOf(cause), { cause });
        }
      },
      patience,
      signal,
    );
  } catch (error) {
    throw lastError(redactSecrets(address), error, tries);
  }
}
