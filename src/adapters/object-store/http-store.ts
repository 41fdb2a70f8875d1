// A store as everybody sees it: at its public address, to be read only.

import { ArchiveError, isArchiveError } from '../../core/error.ts';
import { etagOfHeader } from '../../core/transfer/etag-header.ts';
import { isBusyStatus, retryAfter } from '../../core/transfer/retry.ts';
import {
  askPatiently,
  DEFAULT_SILENCE,
  NoAnswer,
  reasonOf,
  type Patience,
} from '../bytes/ask-patiently.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { endSilence } from '../bytes/end-silence.ts';
import { addressSource, openBytesOf, type HttpSource } from '../bytes/http-bytes.ts';
import type { HttpAnswer } from '../bytes/http-request.ts';
import { nodeRequest } from '../bytes/node-request.ts';
import { readWhole } from '../bytes/read-whole.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectHead, ObjectStore } from './object-store.ts';

/** Bytes; a listing names a thousand keys of at most a thousand bytes. */
const MAX_LISTING = 8_000_000;

/** A public address is asked less often than a bucket: a reader waits. */
const ATTEMPTS = 3;
/** Buckets that do not list their keys answer 403 for one that is not there. */
const ABSENT = new Set([403, 404, 410]);

/** What the headers of an answer to HEAD say; undefined without a length. */
export function headOfAnswer(answer: Pick<HttpAnswer, 'header'>): ObjectHead | undefined {
  const length = answer.header('content-length');
  if (length === null || !/^\d{1,15}$/.test(length)) return undefined;
  const etag = etagOfHeader(answer.header('etag'));
  const contentType = answer.header('content-type');
  const cacheControl = answer.header('cache-control');
  return {
    size: Number(length),
    ...(etag === undefined ? {} : { etag }),
    ...(contentType === null ? {} : { contentType }),
    ...(cacheControl === null ? {} : { cacheControl }),
  };
}

/**
 * The store at a public address that ends in `/`; `readOnly` says why it is not written to. Objects can
 * be listed where the address is that of a bucket that allows it.
 */
export function httpStore(url: string, readOnly: string, given: Patience = {}): ObjectStore {
  const patience = { attempts: ATTEMPTS, ...given };
  const send = endSilence(nodeRequest, patience.silence ?? DEFAULT_SILENCE);
  const addressOf = (key: string): string => url + key.split('/').map(encodeURIComponent).join('/');
  const refuse = (): Promise<never> => Promise.reject(new ArchiveError('store-failed', readOnly));

  function sourceOf(key: string): HttpSource {
    const source = addressSource(nodeRequest, addressOf(key), patience);
    const get: HttpSource['get'] = async (headers, signal) => {
      const answer = await source.get(headers, signal);
      return ABSENT.has(answer.status) ? { ...answer, status: 404 } : answer;
    };
    return { ...source, get };
  }

  /** Asks by HEAD, once; `unsaid` where the server does not answer it, or not with a size. */
  async function headOnce(
    address: string,
    signal?: AbortSignal,
  ): Promise<ObjectHead | 'unsaid' | undefined> {
    let answer: HttpAnswer;
    try {
      answer = await send({ method: 'HEAD', url: address, signal, followRedirects: true });
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof ArchiveError) throw cause;
      throw new NoAnswer(reasonOf(cause), { cause });
    }
    answer.discard();
    const { status } = answer;
    if (ABSENT.has(status)) return undefined;
    if (status === 200) return headOfAnswer(answer) ?? 'unsaid';
    if (status === 405 || status === 501) return 'unsaid';
    const wait = retryAfter(answer.header('retry-after'), Date.now());
    if (isBusyStatus(status)) throw new NoAnswer(`it answers ${status}`, { wait });
    throw new ArchiveError('store-failed', `${address} could not be read: it answers ${status}.`);
  }

  async function open(key: string, signal?: AbortSignal): Promise<Bytes | undefined> {
    try {
      return await openBytesOf(sourceOf(key), signal === undefined ? {} : { signal }, patience);
    } catch (error) {
      if (isArchiveError(error, 'bytes-not-found')) return undefined;
      throw storeFailure(error);
    }
  }

  return {
    name: url,
    readOnly,
    async head(key, signal) {
      const address = addressOf(key);
      try {
        const head = await askPatiently(() => headOnce(address, signal), patience, signal);
        return head === 'unsaid' ? await open(key, signal).then(headOfBytes) : head;
      } catch (cause) {
        if (!(cause instanceof NoAnswer)) throw cause;
        const message = `${address} could not be read: ${cause.message}.`;
        throw new ArchiveError('store-failed', message, { cause });
      }
    },
    open,
    list(prefix = '', signal) {
      const ask = async (query: Record<string, string>): Promise<string> => {
        const address = `${url}?${new URLSearchParams(query)}`;
        try {
          const xml = await readWhole(nodeRequest, address, MAX_LISTING, patience, signal);
          return new TextDecoder().decode(xml);
        } catch (error) {
          throw storeFailure(error);
        }
      };
      return listObjects(url, prefix, ask);
    },
    write: refuse,
    copy: refuse,
    remove: refuse,
  };
}

function headOfBytes(bytes: Bytes | undefined): ObjectHead | undefined {
  if (bytes === undefined) return undefined;
  const { size, etag } = bytes;
  return { size, ...(etag === undefined ? {} : { etag }) };
}

/** An error of reading, as one of the store: what opens or lists has no bytes yet. */
function storeFailure(error: unknown): unknown {
  return isArchiveError(error, 'bytes-unreadable') || isArchiveError(error, 'bytes-not-found')
    ? new ArchiveError('store-failed', error.message, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        cause: error,
      })
    : error;
}
