// Asks again where no answer came: the one place that waits between attempts.

import { waitAfter } from '../../core/transfer/retry.ts';

/** No answer, or one that may be another if asked again. */
export class NoAnswer extends Error {
  /** Milliseconds after which the server wants to be asked again. */
  readonly wait: number | undefined;

  constructor(message: string, options: { wait?: number | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'NoAnswer';
    this.wait = options.wait;
  }
}

export interface Patience {
  /** Attempts in all, without a byte that is new; 5 unless it says otherwise. */
  attempts?: number;
  /** Waits that many milliseconds, or until the signal is aborted; tests do not. */
  wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Milliseconds of silence after which a request is given up; a minute unless it says otherwise. */
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

/** Why a request failed, in the words of the innermost error: `fetch` itself says only "failed". */
export function reasonOf(error: unknown): string {
  let found = error;
  while (found instanceof Error && found.cause !== undefined) found = found.cause;
  if (!(found instanceof Error)) return String(found);
  return found.message !== '' ? found.message : 'code' in found ? String(found.code) : found.name;
}

/**
 * Does the work until it does not fail with `NoAnswer`, with a pause in between.
 *
 * @throws what the work throws else, the signal's reason, and after the last attempt its NoAnswer.
 */
export async function askPatiently<Value>(
  work: (attempt: number) => Promise<Value>,
  { attempts = DEFAULT_ATTEMPTS, wait = pause }: Patience = {},
  signal?: AbortSignal,
): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!(error instanceof NoAnswer) || attempt >= attempts) throw error;
      signal?.throwIfAborted();
      await wait(waitAfter(attempt, error.wait, Math.random()), signal);
      signal?.throwIfAborted();
    }
  }
}
