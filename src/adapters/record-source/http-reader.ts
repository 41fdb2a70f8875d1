// Reads the addresses of a source: bounded, patient with a busy server, and never redirected to a host other
// than the requested one.

import { reasonOf } from '../bytes/retry-requests.ts';
import { retryAfter } from '../../core/transfer/retry.ts';
import { BrokenFile, tooLarge } from './source-files.ts';

/** Bodies by their address. */
export interface HttpReader {
  /**
   * The whole body in pieces; undefined if there is nothing (404, 410).
   * @throws BrokenFile naming the address
   */
  get(address: string, limit: number): Promise<Uint8Array[] | undefined>;
}

export interface HttpSettings {
  /** Waits that many milliseconds; replaced in tests. */
  wait?: (milliseconds: number) => Promise<void>;
  /** Milliseconds without a single byte after which a response counts as cut off. */
  patience?: number;
}

const ATTEMPTS = 4;
const FIRST_WAIT = 500;
/** The longest wait that a server may request. */
const LONGEST_WAIT = 60_000;
const MAX_REDIRECTS = 5;
/** After this many addresses in a row without a response, each further one is requested only once. */
const GIVES_UP_AFTER = 5;
const BUSY = new Set([408, 425, 429]);

/** A failure that may go away on a retry, after `wait` milliseconds if the server says so. */
class NoAnswer extends Error {
  readonly wait: number | undefined;
  constructor(message: string, wait?: number) {
    super(message);
    this.wait = wait;
  }
}

async function bodyOf(
  response: Response,
  limit: number,
  heard: () => void,
): Promise<Uint8Array[] | 'too-large'> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return pieces;
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    heard();
    size += piece.length;
    if (size > limit) return 'too-large';
    pieces.push(piece);
  }
  return pieces;
}

/** The target of a redirect, if it stays on the requested host. @throws BrokenFile */
function redirectTarget(from: string, location: string | null, place: string): string {
  const target = URL.canParse(location ?? '', from) ? new URL(location ?? '', from) : undefined;
  if (target?.origin === new URL(from).origin) return target.href;
  const shown = target?.href ?? location ?? 'nowhere';
  const message = `redirects to another scheme or host, ${shown}, which is not followed`;
  throw new BrokenFile('source-wrong-answer', message, { place });
}

/** One request with its redirects. @throws NoAnswer, BrokenFile */
async function request(
  address: string,
  limit: number,
  patience: number,
): Promise<Uint8Array[] | undefined> {
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(timer);
    const reason = new Error(`nothing came for ${Math.round(patience / 1000)} seconds`);
    timer = setTimeout(() => silence.abort(reason), patience);
  };
  heard();
  try {
    let target = address;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const response = await fetch(target, {
        redirect: 'manual',
        signal: silence.signal,
        headers: { Accept: 'application/json, */*;q=0.5', 'User-Agent': 'dandiset-import' },
      });
      const { status, headers } = response;
      if (status === 200) {
        const body = await bodyOf(response, limit, heard);
        if (body === 'too-large') throw tooLarge(limit, address);
        return body;
      }
      await response.body?.cancel();
      if (status >= 300 && status < 400) {
        target = redirectTarget(target, headers.get('location'), address);
        continue;
      }
      if (status === 404 || status === 410) return undefined;
      const message = `answered ${`${status} ${response.statusText}`.trim()}`;
      if (status >= 500 || BUSY.has(status))
        throw new NoAnswer(message, retryAfter(headers.get('retry-after'), Date.now()));
      throw new BrokenFile('source-no-answer', message, { place: address });
    }
    const message = `redirects more than ${MAX_REDIRECTS} times`;
    throw new BrokenFile('source-wrong-answer', message, { place: address });
  } catch (error) {
    if (error instanceof BrokenFile || error instanceof NoAnswer) throw error;
    throw new NoAnswer(`gave no whole answer (${reasonOf(error)})`);
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Reads with four attempts each: after a busy server (429, 5xx) or a broken connection, it retries after the
 * wait the server requests, at most a minute, or after 0.5, 1 and 2 seconds.
 */
export function httpReader({ wait = pause, patience = 60_000 }: HttpSettings = {}): HttpReader {
  let failedInARow = 0;
  return {
    async get(address, limit) {
      const attempts = failedInARow >= GIVES_UP_AFTER ? 1 : ATTEMPTS;
      for (let attempt = 1; ; attempt += 1) {
        try {
          const body = await request(address, limit, patience);
          failedInARow = 0;
          return body;
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error;
          const pauseLength = error.wait ?? FIRST_WAIT * 2 ** (attempt - 1);
          if (attempt < attempts && pauseLength <= LONGEST_WAIT) {
            await wait(pauseLength);
            continue;
          }
          failedInARow += 1;
          const tries = attempt > 1 ? `, also when asked ${attempt} times` : '';
          const later = pauseLength > LONGEST_WAIT ? ' and asks to come back much later' : '';
          const message = `${error.message}${tries}${later}`;
          throw new BrokenFile('source-no-answer', message, { place: address });
        }
      }
    },
  };
}

/** Whether bytes begin like a page or XML, after white space: no JSON does. */
export function beginsAsMarkup(pieces: readonly Uint8Array[]): boolean {
  for (const piece of pieces) {
    for (const byte of piece) if (byte > 0x20) return byte === 0x3c;
  }
  return false;
}
