// A store at its public address, read only.

import { encodePath } from '../../core/identifiers/asset-path.ts';
import { ArchiveError, isArchiveError } from '../../core/error.ts';
import { etagOfHeader } from '../../core/transfer/etag-header.ts';
import { isBusyStatus, retryAfter } from '../../core/transfer/retry.ts';
import {
  DEFAULT_SILENCE,
  failureToSend,
  NoResponse,
  retryRequests,
  type RetrySettings,
} from '../bytes/retry-requests.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { endSilence } from '../bytes/end-silence.ts';
import { addressSource, openBytesOf, type HttpSource } from '../bytes/http-bytes.ts';
import type { HttpResponse } from '../bytes/http-request.ts';
import { nodeRequest } from '../bytes/node-request.ts';
import { readWhole } from '../bytes/read-whole.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectHead, ObjectStore } from './object-store.ts';

/** The largest listing, in bytes: a thousand keys of at most a thousand bytes each. */
const MAX_LISTING = 8_000_000;

/** Fewer than for writing to a bucket: someone waits for a page or a list. */
const ATTEMPTS = 3;
/** Buckets that do not list their keys answer 403 for one that is not there. */
const ABSENT = new Set([403, 404, 410]);

/** What the headers of a response to HEAD say; undefined without a length. */
export function headOfResponse(response: Pick<HttpResponse, 'header'>): ObjectHead | undefined {
  const length = response.header('content-length');
  if (length === null || !/^\d{1,15}$/.test(length)) return undefined;
  const etag = etagOfHeader(response.header('etag'));
  const contentType = response.header('content-type');
  const cacheControl = response.header('cache-control');
  return {
    size: Number(length),
    ...(etag === undefined ? {} : { etag }),
    ...(contentType === null ? {} : { contentType }),
    ...(cacheControl === null ? {} : { cacheControl }),
  };
}

/**
 * The store at a public address that ends in `/`; `readOnly` says why it cannot be written. Objects can
 * be listed if the address is that of a bucket that allows it.
 */
export function httpStore(url: string, readOnly: string, given: RetrySettings = {}): ObjectStore {
  const settings = { attempts: ATTEMPTS, ...given };
  const send = endSilence(nodeRequest, settings.silence ?? DEFAULT_SILENCE);
  const addressOf = (key: string): string => url + encodePath(key);
  const refuse = (): Promise<never> => Promise.reject(new ArchiveError('store-failed', readOnly));

  function sourceOf(key: string): HttpSource {
    const source = addressSource(nodeRequest, addressOf(key), settings);
    const get: HttpSource['get'] = async (headers, signal) => {
      const response = await source.get(headers, signal);
      return ABSENT.has(response.status) ? { ...response, status: 404 } : response;
    };
    return { ...source, get };
  }

  /** Sends one HEAD request; `unsaid` if the server does not support it or omits the size. */
  async function headOnce(
    address: string,
    signal?: AbortSignal,
  ): Promise<ObjectHead | 'unsaid' | undefined> {
    let response: HttpResponse;
    try {
      response = await send({ method: 'HEAD', url: address, signal, followRedirects: true });
    } catch (cause) {
      throw failureToSend(cause, signal);
    }
    response.discard();
    const { status } = response;
    if (ABSENT.has(status)) return undefined;
    if (status === 200) return headOfResponse(response) ?? 'unsaid';
    if (status === 405 || status === 501) return 'unsaid';
    const wait = retryAfter(response.header('retry-after'), Date.now());
    if (isBusyStatus(status)) throw new NoResponse(`it answers ${status}`, { wait });
    throw new ArchiveError('store-failed', `${address} could not be read: it answers ${status}.`);
  }

  async function open(key: string, signal?: AbortSignal): Promise<Bytes | undefined> {
    try {
      return await openBytesOf(sourceOf(key), signal === undefined ? {} : { signal }, settings);
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
        const head = await retryRequests(() => headOnce(address, signal), settings, signal);
        return head === 'unsaid' ? await open(key, signal).then(headOfBytes) : head;
      } catch (cause) {
        if (!(cause instanceof NoResponse)) throw cause;
        const message = `${address} could not be read: ${cause.message}.`;
        throw new ArchiveError('store-failed', message, { cause });
      }
    },
    open,
    list(prefix = '', signal) {
      const ask = async (query: Record<string, string>): Promise<string> => {
        const address = `${url}?${new URLSearchParams(query)}`;
        try {
          const xml = await readWhole(nodeRequest, address, MAX_LISTING, settings, signal);
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

/** An error of reading as one of the store, for operations that have no bytes yet. */
function storeFailure(error: unknown): unknown {
  return isArchiveError(error, 'bytes-unreadable') || isArchiveError(error, 'bytes-not-found')
    ? new ArchiveError('store-failed', error.message, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        cause: error,
      })
    : error;
}
