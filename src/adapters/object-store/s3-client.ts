// Requests to a bucket of an S3-compatible service, retried while it is busy.

import { ArchiveError } from '../../core/error.ts';
import { problemOfPath } from '../../core/identifiers/asset-path.ts';
import type { S3Place } from '../../core/records/s3-place.ts';
import { isBusyStatus, retryAfter } from '../../core/transfer/retry.ts';
import {
  retryRequests,
  DEFAULT_SILENCE,
  failureToSend,
  NoResponse,
  reasonOf,
  type RetrySettings,
} from '../bytes/retry-requests.ts';
import { endSilence } from '../bytes/end-silence.ts';
import type { HttpSource } from '../bytes/http-bytes.ts';
import {
  startOfBody,
  type HttpResponse,
  type RequestBody,
  type SendRequest,
} from '../bytes/http-request.ts';
import { refusal, unreachable } from './s3-error.ts';
import { bucketAddress, type S3Credentials, type S3Method, type Signer } from './s3-signer.ts';

export interface S3Request {
  method: S3Method;
  /** The whole key, with the prefix of the place; without one, the request is for the bucket itself. */
  key?: string;
  query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
  body?: S3Body;
  signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which the request is aborted, if not the default. */
  silence?: number;
}

export interface S3Body extends RequestBody {
  /** Hexadecimal. */
  sha256: string;
}

export interface S3Response {
  status: number;
  header(name: string): string | null;
  /** XML of at most 16 MB; empty if the response has no body. */
  text: string;
  /** The `Code` of an error; empty if there is none. */
  code: string;
}

export interface S3Client {
  /**
   * The response to a request, with status 200 to 299, 404 for a missing object or upload, or
   * 412 if the condition of the request is not met.
   */
  ask(request: S3Request): Promise<S3Response>;
  /** The object under a whole key, for reading by ranges. */
  source(key: string): HttpSource;
}

type Environment = Readonly<Record<string, string | undefined>>;

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** The largest response, in bytes: listings have a thousand keys or parts. */
const MAX_TEXT = 16_000_000;
const BUSY_CODES = new Set([
  'SlowDown',
  'RequestTimeout',
  'InternalError',
  'OperationAborted',
  'ConditionalRequestConflict',
]);

/** The credentials that the environment names as AWS' own tools read them; undefined without any. */
export function s3Credentials(env: Environment): S3Credentials | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] ?? '';
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'] ?? '';
  const sessionToken = env['AWS_SESSION_TOKEN'] ?? '';
  if (accessKeyId === '' || secretAccessKey === '') return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
}

/** The place with the endpoint and the region of the environment, where it names none itself. */
export function s3PlaceIn(place: S3Place, env: Environment): S3Place {
  const endpoint = place.endpoint || env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'];
  const region = place.region || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  const { bucket, prefix } = place;
  return { bucket, prefix, ...(endpoint ? { endpoint } : {}), ...(region ? { region } : {}) };
}

/** Reads the body of a response that is a message, not an object. */
async function readResponse(response: HttpResponse): Promise<S3Response> {
  const { status } = response;
  const text = new TextDecoder().decode(await startOfBody(response, MAX_TEXT));
  // Completing and copying may fail after status 200 was sent: then the body is an error.
  const isError = status >= 300 || /^(?:<\?xml[^>]*>)?\s*<Error>/.test(text);
  const code = isError
    ? (/<Code>([A-Za-z]{1,60})<\/Code>/.exec(text.slice(0, 20_000))?.[1] ?? '')
    : '';
  return { status: isError && status < 300 ? 500 : status, header: response.header, text, code };
}

/**
 * A client for one bucket. Requests to a busy service (429, 5xx, `SlowDown`) or over a broken connection are
 * sent up to five times; any other refusal is an ArchiveError `store-failed` that names bucket and key.
 */
export function s3Client(
  place: S3Place,
  signer: Signer,
  send: SendRequest,
  settings: RetrySettings = {},
): S3Client {
  const asked = { ...place, address: bucketAddress(place) };

  async function sendSigned(request: S3Request): Promise<HttpResponse> {
    const { method, key = '', query = {}, headers = {}, body, signal } = request;
    const sha256 = { 'x-amz-content-sha256': body?.sha256 ?? EMPTY_SHA256 };
    const signed = await signer(method, key, query, { ...headers, ...sha256 });
    const silence = request.silence ?? settings.silence ?? DEFAULT_SILENCE;
    try {
      return await endSilence(send, silence)({ method, ...signed, ...(body && { body }), signal });
    } catch (cause) {
      throw failureToSend(cause, signal);
    }
  }

  /** Sends one request. @throws NoResponse, ArchiveError */
  async function askOnce(request: S3Request, attempt: number): Promise<S3Response> {
    const raw = await sendSigned(request);
    let response: S3Response;
    try {
      response = await readResponse(raw);
    } catch (cause) {
      request.signal?.throwIfAborted();
      throw new NoResponse(reasonOf(cause), { cause });
    }
    const { status, code } = response;
    if (status < 300 || status === 412) return response;
    if (status === 404 && code !== 'NoSuchBucket') return response;
    const error = refusal(asked, request, response, attempt);
    if (!isBusyStatus(status) && !BUSY_CODES.has(code)) throw error;
    const wait = retryAfter(response.header('retry-after'), Date.now());
    throw new NoResponse(error.message, { wait, cause: error });
  }

  async function ask(request: S3Request): Promise<S3Response> {
    const fault = request.key === undefined ? undefined : problemOfPath(request.key);
    if (fault !== undefined)
      throw new ArchiveError('store-failed', `The key "${request.key}" ${fault}.`);
    let attempts = 0;
    try {
      return await retryRequests(
        (attempt) => askOnce(request, (attempts = attempt)),
        settings,
        request.signal,
      );
    } catch (error) {
      if (!(error instanceof NoResponse)) throw error;
      if (error.cause instanceof ArchiveError) throw error.cause;
      throw unreachable(asked.address, error, attempts);
    }
  }

  /** The response to GET; a missing bucket is an error, a missing object is not. */
  async function getObject(
    key: string,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<HttpResponse> {
    const response = await sendSigned({ method: 'GET', key, headers: lowerCase(headers), signal });
    if (response.status !== 404) return response;
    const read = await readResponse(response);
    if (read.code === 'NoSuchBucket') throw refusal(asked, { method: 'GET', key }, read, 1);
    return { ...response, discard: () => undefined };
  }

  return {
    ask,
    source(key) {
      const fault = problemOfPath(key);
      if (fault !== undefined) throw new ArchiveError('store-failed', `The key "${key}" ${fault}.`);
      return {
        name: `s3://${place.bucket}/${key}`,
        get: (headers, signal) => getObject(key, headers, signal),
        condition: 'If-Match',
        refusal: async (response) =>
          refusal(asked, { method: 'GET', key }, await readResponse(response), 1),
      };
    },
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
