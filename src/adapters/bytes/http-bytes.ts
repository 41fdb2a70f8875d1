// Bytes over HTTP, by ranges: each response is checked before its body is used. The function that sends
// requests is an argument, so this file runs in Node and in browsers.

import { ArchiveError, redactSecrets } from '../../core/error.ts';
import { etagHeader, etagOfHeader, isStrongEtag } from '../../core/transfer/etag-header.ts';
import {
  judgeRangeResponse,
  type RangeVerdict,
  type WantedRange,
} from '../../core/transfer/range-response.ts';
import {
  DEFAULT_SILENCE,
  failureToSend,
  NoResponse,
  reasonOf,
  retryRequests,
  type RetrySettings,
} from './retry-requests.ts';
import { clippedLength, type Bytes } from './bytes.ts';
import { streamOf } from './bytes-stream.ts';
import { endSilence } from './end-silence.ts';
import type { HttpResponse, SendRequest } from './http-request.ts';

/** An address that is read by GET requests for ranges. */
export interface HttpSource {
  /** For messages. */
  name: string;
  /** Sends one request with these headers. */
  get(headers: Record<string, string>, signal?: AbortSignal): Promise<HttpResponse>;
  /** The header that makes a range conditional; absent where it would cost a browser a preflight. */
  condition?: 'If-Range' | 'If-Match';
  /** The error for a response that is not a range, nor 404, nor that of a busy server. */
  refusal?(response: HttpResponse): Promise<ArchiveError>;
}

export interface OpenHttpOptions {
  /** The ETag they must still have, without quotes. */
  etag?: string;
  signal?: AbortSignal;
}

/** Up to this size, a server that ignores ranges is tolerated, by discarding the bytes outside of the range. */
const MAX_UNRANGED = 32 * 1024 * 1024;
/** Bytes that opening reads: small objects, and the headers of large files, cost one request. */
const FIRST_BYTES = 64 * 1024;

/** A checked response: the requested bytes in pieces, and what it says about the whole. */
interface FoundRange {
  length: number;
  size: number;
  /** As a header. */
  etag: string | undefined;
  pieces: AsyncGenerator<Uint8Array>;
}

/** An error of bytes. */
export const failedBytes = (
  name: string,
  code: 'bytes-changed' | 'bytes-not-found' | 'bytes-unreadable',
  why: string,
  cause?: unknown,
): ArchiveError => new ArchiveError(code, `${name} ${why}.`, cause === undefined ? {} : { cause });

/** `length` bytes of a body after the first `skip`. @throws NoResponse; ArchiveError if there are more */
async function* exactly(
  { body }: HttpResponse,
  { name }: HttpSource,
  skip: number,
  length: number,
  isWhole: boolean,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let place = -skip;
  try {
    for await (const piece of body) {
      const wanted = piece.subarray(Math.max(0, -place), Math.max(0, length - place));
      place += piece.length;
      if (place > length && !isWhole)
        throw failedBytes(
          name,
          'bytes-unreadable',
          'could not be read: it sends more bytes than it says',
        );
      if (wanted.length > 0) yield wanted;
      if (isWhole && place >= length) return;
    }
  } catch (cause) {
    if (cause instanceof ArchiveError || signal?.aborted === true) throw cause;
    throw new NoResponse(reasonOf(cause), { cause });
  }
  if (place < length) throw new NoResponse('it sends fewer bytes than it says');
}

async function sendFor(
  source: HttpSource,
  wanted: WantedRange,
  signal?: AbortSignal,
  isPlain = false,
): Promise<HttpResponse> {
  const { from, length, etag } = wanted;
  const headers: Record<string, string> = isPlain
    ? {}
    : { Range: `bytes=${from}-${from + length - 1}` };
  if (!isPlain && source.condition !== undefined && etag !== undefined && isStrongEtag(etag))
    headers[source.condition] = etag;
  try {
    return await source.get(headers, signal);
  } catch (cause) {
    throw failureToSend(cause, signal);
  }
}

/** Sends one request. @throws NoResponse, ArchiveError */
async function findRange(
  source: HttpSource,
  wanted: WantedRange,
  signal?: AbortSignal,
): Promise<FoundRange> {
  let response = await sendFor(source, wanted, signal);
  const { name } = source;
  let verdict = judgeRangeResponse(response, wanted, Date.now());
  if (verdict.kind === 'no-range') {
    response.discard();
    response = await sendFor(source, wanted, signal, true);
    verdict = judgeRangeResponse(response, wanted, Date.now());
  }
  if (verdict.kind === 'range') {
    const { length, size, etag } = verdict;
    return { length, size, etag, pieces: exactly(response, source, 0, length, false, signal) };
  }
  if (verdict.kind === 'whole') {
    const { size, etag } = verdict;
    const length = clippedLength(size, wanted.from, wanted.length);
    const isAll = length === size;
    if (isAll || size <= MAX_UNRANGED)
      return {
        length,
        size,
        etag,
        pieces: exactly(response, source, wanted.from, length, !isAll, signal),
      };
    response.discard();
    throw failedBytes(name, 'bytes-unreadable', 'could not be read: its server gives no ranges');
  }
  if (verdict.kind === 'wrong' && source.refusal !== undefined)
    throw await source.refusal(response);
  response.discard();
  throw errorOf(name, verdict);
}

/** The error for a response without the requested bytes. */
function errorOf(
  name: string,
  verdict: Exclude<RangeVerdict, { kind: 'range' } | { kind: 'whole' }>,
): Error {
  switch (verdict.kind) {
    case 'busy':
      return new NoResponse(verdict.why, { wait: verdict.wait });
    case 'absent':
      return failedBytes(name, 'bytes-not-found', 'is not there');
    case 'changed':
      return failedBytes(name, 'bytes-changed', `has changed since it was opened: ${verdict.why}`);
    case 'no-range':
      return failedBytes(name, 'bytes-unreadable', 'could not be read: it answers 416');
    case 'wrong':
      return failedBytes(name, 'bytes-unreadable', `could not be read: ${verdict.why}`);
  }
}

/** The error to throw after so many attempts: the given one, or the reason why there was no response. */
export function lastError(name: string, error: unknown, attempts: number): unknown {
  if (!(error instanceof NoResponse)) return error;
  const tries = attempts > 1 ? `, also when asked ${attempts} times` : '';
  return failedBytes(
    name,
    'bytes-unreadable',
    `could not be read: ${error.message}${tries}`,
    error,
  );
}

/** The bytes of a range, in one array. */
async function readRange(
  source: HttpSource,
  wanted: WantedRange,
  settings: RetrySettings,
  signal?: AbortSignal,
): Promise<Omit<FoundRange, 'pieces'> & { bytes: Uint8Array<ArrayBuffer> }> {
  let tries = 0;
  try {
    return await retryRequests(
      async (attempt) => {
        tries = attempt;
        const { pieces, ...found } = await findRange(source, wanted, signal);
        const bytes = new Uint8Array(found.length);
        let at = 0;
        for await (const piece of pieces) {
          bytes.set(piece, at);
          at += piece.length;
        }
        return { ...found, bytes };
      },
      settings,
      signal,
    );
  } catch (error) {
    throw lastError(source.name, error, tries);
  }
}

/**
 * A range of a source of unknown size, in one request; shorter at the end of the source.
 *
 * @throws ArchiveError as {@link Bytes} says; RangeError for a number that is negative or not an integer
 */
export async function readSpan(
  source: HttpSource,
  from: number,
  length: number,
  settings: RetrySettings = {},
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (clippedLength(Number.MAX_SAFE_INTEGER, from, length) === 0) return new Uint8Array();
  return (await readRange(source, { from, length }, settings, signal)).bytes;
}

/** What is known about the bytes at an address. */
interface Known {
  size: number;
  /** As a header. */
  etag: string | undefined;
  /** The first of them. */
  first: Uint8Array;
}

/** Stores the ETag of the first response that has one. @throws ArchiveError for a different one */
function pinEtag(known: Known, found: Pick<FoundRange, 'etag'>, name: string): void {
  known.etag ??= found.etag;
  if (found.etag !== undefined && found.etag !== known.etag)
    throw failedBytes(
      name,
      'bytes-changed',
      'has changed since it was opened: its ETag is another',
    );
}

function wantedOf({ size, etag }: Known, from: number, length: number): WantedRange {
  return { from, length, size, ...(etag === undefined ? {} : { etag }) };
}

/** The pieces between two positions; an interrupted response is continued from there. */
async function* piecesFrom(
  source: HttpSource,
  known: Known,
  [from, end]: readonly [number, number],
  settings: RetrySettings,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let at = from;
  let current: AsyncGenerator<Uint8Array> | undefined;
  let tries = 0;
  const next = async (attempt: number): Promise<Uint8Array | undefined> => {
    tries = attempt;
    try {
      if (current === undefined) {
        const found = await findRange(source, wantedOf(known, at, end - at), signal);
        current = found.pieces;
        pinEtag(known, found, source.name);
      }
      const { done, value } = await current.next();
      return done === true ? undefined : value;
    } catch (error) {
      current = undefined;
      throw error;
    }
  };
  try {
    while (at < end) {
      const piece = await retryRequests(next, settings, signal);
      if (piece === undefined) return;
      at += piece.length;
      yield piece;
    }
    // Everything has arrived; a body that continues is a wrong one.
    await current?.next().catch((error: unknown) => {
      if (!(error instanceof NoResponse)) throw error;
    });
  } catch (error) {
    throw lastError(source.name, error, tries);
  } finally {
    await current?.return(undefined);
  }
}

function bytesOf(source: HttpSource, known: Known, settings: RetrySettings): Bytes {
  const { size, etag: header, first } = known;
  const etag = etagOfHeader(header);
  return {
    name: source.name,
    size,
    ...(etag === undefined ? {} : { etag }),
    async range(from, length, signal) {
      const wanted = clippedLength(size, from, length);
      signal?.throwIfAborted();
      if (from + wanted <= first.length || wanted === 0)
        return new Uint8Array(first.subarray(from, from + wanted));
      const found = await readRange(source, wantedOf(known, from, wanted), settings, signal);
      pinEtag(known, found, source.name);
      return found.bytes;
    },
    stream(from = 0, signal, length) {
      const end = from + clippedLength(size, from, length);
      return streamOf(async function* (ended) {
        const head = first.subarray(from, end);
        if (head.length > 0) yield head;
        yield* piecesFrom(source, known, [from + head.length, end], settings, ended);
      }, signal);
    },
  };
}

/**
 * Requests the first bytes of a source, which determine size and ETag: from then on, different bytes are an
 * error.
 *
 * @throws ArchiveError as {@link Bytes} says.
 */
export async function openBytesOf(
  source: HttpSource,
  { etag, signal }: OpenHttpOptions = {},
  settings: RetrySettings = {},
): Promise<Bytes> {
  const condition = etag === undefined ? {} : { etag: etagHeader(etag) };
  const wanted = { from: 0, length: FIRST_BYTES, ...condition };
  const found = await readRange(source, wanted, settings, signal);
  const header = found.etag ?? condition.etag;
  return bytesOf(source, { size: found.size, etag: header, first: found.bytes }, settings);
}

/** The source at an address. Messages contain the address without its signature. */
export function addressSource(
  send: SendRequest,
  address: string,
  { silence = DEFAULT_SILENCE }: RetrySettings = {},
): HttpSource {
  const watched = endSilence(send, silence);
  return {
    name: redactSecrets(address),
    get: (headers, signal) =>
      watched({ method: 'GET', url: address, headers, signal, followRedirects: true }),
    condition: 'If-Range',
  };
}

/**
 * The bytes at an address whose size is known; makes no request yet.
 */
export function knownSource(
  source: HttpSource,
  { size, etag }: { size: number; etag?: string },
  settings: RetrySettings = {},
): Bytes {
  const header = etag === undefined ? undefined : etagHeader(etag);
  return bytesOf(source, { size, etag: header, first: new Uint8Array() }, settings);
}

/** Fills all of a buffer with the bytes that begin at a position. */
export type FillRange = (target: Uint8Array, from: number, signal?: AbortSignal) => Promise<void>;

/**
 * Ranges of bytes whose size is known, into buffers of the caller's: what a range costs beyond its requests is one
 * copy. An interrupted response is continued from where it ended. Errors as {@link Bytes} says.
 */
export function rangeFiller(
  source: HttpSource,
  size: number,
  settings: RetrySettings = {},
): FillRange {
  const known: Known = { size, etag: undefined, first: new Uint8Array() };
  return async (target, from, signal) => {
    let at = 0;
    let tries = 0;
    const request = async (): Promise<void> => {
      const wanted = wantedOf(known, from + at, target.length - at);
      const found = await findRange(source, wanted, signal);
      pinEtag(known, found, source.name);
      for await (const piece of found.pieces) {
        target.set(piece, at);
        at += piece.length;
      }
    };
    try {
      while (at < target.length) {
        const start = at;
        await retryRequests(
          async (attempt) => {
            tries = attempt;
            // What has come since makes this a first attempt for the rest.
            if (at === start) await request();
          },
          settings,
          signal,
        );
      }
    } catch (error) {
      throw lastError(source.name, error, tries);
    }
  };
}
