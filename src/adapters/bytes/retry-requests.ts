// Retries requests without a response: the only place that waits between attempts.

import { ArchiveError } from '../../core/error.ts';
import { waitAfter } from '../../core/transfer/retry.ts';

/** A request that got no response, or one that a retry may replace by a better one. */
export class NoResponse extends Error {
  /** The wait that the server requests, in milliseconds. */
  readonly wait: number | undefined;

  constructor(message: string, options: { wait?: number | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'NoResponse';
    this.wait = options.wait;
  }
}

export interface RetrySettings {
  /** Attempts without any new byte, 5 by default. */
  attempts?: number;
  /** Waits that many milliseconds, or until the signal is aborted; replaced in tests. */
  wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Milliseconds without a byte after which a request is aborted, 60,000 by default. */
  silence?: number;
}

export const DEFAULT_ATTEMPTS = 5;
export const DEFAULT_SILENCE = 60_000;

/** Waits. Rejects with the signal's reason. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}

/** What the system's codes mean to a user. */
const REASONS = new Map([
  ['ENOTFOUND', 'the name of its host is not known here: look at the address and at the network'],
  ['EAI_AGAIN', 'the name of its host could not be looked up: look at the network'],
  ['ECONNREFUSED', 'nothing answers there, or a firewall refuses the connection'],
  ['ENETUNREACH', 'its network cannot be reached from here'],
  ['EHOSTUNREACH', 'its host cannot be reached from here'],
  ['ETIMEDOUT', 'it does not answer the connection, or a firewall drops it'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'it does not speak https at that port'],
  ['EPROTO', 'no secure connection could be agreed on with it'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired, or the clock of this machine is wrong'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet, or the clock of this machine is wrong'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is that of another host'],
]);
const UNTRUSTED = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;

/** Why a request failed, in the words of the innermost error: `fetch` itself says only "failed". */
export function reasonOf(error: unknown): string {
  let found = error;
  while (found instanceof Error && found.cause !== undefined) found = found.cause;
  if (!(found instanceof Error)) return String(found);
  const code = 'code' in found ? String(found.code) : '';
  if (UNTRUSTED.test(code))
    return `its certificate is not trusted here (${code}): behind a proxy, name its certificates in NODE_EXTRA_CA_CERTS`;
  const words = REASONS.get(code);
  if (words !== undefined) return `${words} (${code})`;
  return found.message !== '' ? found.message : 'code' in found ? String(found.code) : found.name;
}

/**
 * What to throw where sending failed: an error that is final as it is, anything else as a missing response.
 *
 * @throws the reason of a signal that was aborted
 */
export function failureToSend(cause: unknown, signal?: AbortSignal): Error {
  signal?.throwIfAborted();
  if (cause instanceof ArchiveError || cause instanceof NoResponse) return cause;
  return new NoResponse(reasonOf(cause), { cause });
}

/**
 * Repeats the work, with a pause in between, as long as it fails with `NoResponse`.
 *
 * @throws any other error of the work, the signal's reason, and after the last attempt its NoResponse.
 */
export async function retryRequests<Value>(
  work: (attempt: number) => Promise<Value>,
  { attempts = DEFAULT_ATTEMPTS, wait = pause }: RetrySettings = {},
  signal?: AbortSignal,
): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!(error instanceof NoResponse) || attempt >= attempts) throw error;
      signal?.throwIfAborted();
      await wait(waitAfter(attempt, error.wait, Math.random()), signal);
      signal?.throwIfAborted();
    }
  }
}
