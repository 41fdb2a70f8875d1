// Requests to a bucket of an S3-compatible service, asked again where it is busy.

import { ArchiveError } from '../../core/error.ts';
import { problemOfPath } from '../../core/identifiers/asset-path.ts';
import type { S3Place } from '../../core/records/s3-place.ts';
import { isBusyStatus, retryAfter } from '../../core/transfer/retry.ts';
import {
  askPatiently,
  DEFAULT_SILENCE,
  NoAnswer,
  reasonOf,
  type Patience,
} from '../bytes/ask-patiently.ts';
import { endSilence } from '../bytes/end-silence.ts';
import type { HttpSource } from '../bytes/http-bytes.ts';
import {
  startOfBody,
  type HttpAnswer,
  type RequestBody,
  type SendRequest,
} from '../bytes/http-request.ts';
import { refusal, unreachable } from './s3-error.ts';
import { bucketAddress, type S3Credentials, type S3Method, type Signer } from './s3-signer.ts';

export interface S3Request {
  method: S3Method;
  /** The whole key, with the prefix of the place; without one the bucket itself is asked. */
  key?: string;
  query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
  body?: S3Body;
  signal?: AbortSignal | undefined;
  /** Milliseconds of silence that are borne, if not as many as else. */
  silence?: number;
}

export interface S3Body extends RequestBody {
  /** Hexadecimal. */
  sha256: string;
}

export interface S3Answer {
  status: number;
  header(name: string): string | null;
  /** XML; at most 16 MB of it, and empty where the answer has no body. */
  text: string;
  /** The `Code` of an error; empty where it names none. */
  code: string;
}

export interface S3Client {
  /**
   * The answer to a request: of status 200 to 299, 404 for an object or an upload that is not there, or
   * 412 where the request's condition does not hold.
   */
  ask(request: S3Request): Promise<S3Answer>;
  /** The object under a whole key, to be read by ranges. */
  source(key: string): HttpSource;
}

type Environment = Readonly<Record<string, string | undefined>>;

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Bytes; a listing names a thousand keys, parts of an upload likewise. */
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

/** The answer with its body read, which is a message and never an object. */
async function readAnswer(answer: HttpAnswer): Promise<S3Answer> {
  const { status } = answer;
  const text = new TextDecoder().decode(await startOfBody(answer, MAX_TEXT));
  // Completing and copying may fail after the head was sent: then there is an error in a good answer.
  const isError = status >= 300 || /^(?:<\?xml[^>]*>)?\s*<Error>/.test(text);
  const code = isError
    ? (/<Code>([A-Za-z]{1,60})<\/Code>/.exec(text.slice(0, 20_000))?.[1] ?? '')
    : '';
  return { status: isError && status < 300 ? 500 : status, header: answer.header, text, code };
}

/**
 * A client for one bucket. A busy service (429, 5xx, `SlowDown`) and a broken connection are asked up
 * to five times; every other refusal is an ArchiveError `store-failed` that names bucket and key.
 */
export function s3Client(
  place: S3Place,
  signer: Signer,
  send: SendRequest,
  patience: Patience = {},
): S3Client {
  const asked = { ...place, address: bucketAddress(place) };

  async function sendSigned(request: S3Request): Promise<HttpAnswer> {
    const { method, key = '', query = {}, headers = {}, body, signal } = request;
    const sha256 = { 'x-amz-content-sha256': body?.sha256 ?? EMPTY_SHA256 };
    const signed = await signer(method, key, query, { ...headers, ...sha256 });
    const silence = request.silence ?? patience.silence ?? DEFAULT_SILENCE;
    try {
      return await endSilence(send, silence)({ method, ...signed, ...(body && { body }), signal });
    } catch (cause) {
      signal?.throwIfAborted();
      throw cause instanceof ArchiveError ? cause : new NoAnswer(reasonOf(cause), { cause });
    }
  }

  /** Asks once. @throws NoAnswer, ArchiveError */
  async function askOnce(request: S3Request, attempt: number): Promise<S3Answer> {
    const raw = await sendSigned(request);
    let answer: S3Answer;
    try {
      answer = await readAnswer(raw);
    } catch (cause) {
      request.signal?.throwIfAborted();
      throw new NoAnswer(reasonOf(cause), { cause });
    }
    const { status, code } = answer;
    if (status < 300 || status === 412) return answer;
    if (status === 404 && code !== 'NoSuchBucket') return answer;
    const error = refusal(asked, request, answer, attempt);
    if (!isBusyStatus(status) && !BUSY_CODES.has(code)) throw error;
    const wait = retryAfter(answer.header('retry-after'), Date.now());
    throw new NoAnswer(error.message, { wait, cause: error });
  }

  async function ask(request: S3Request): Promise<S3Answer> {
    const fault = request.key === undefined ? undefined : problemOfPath(request.key);
    if (fault !== undefined)
      throw new ArchiveError('store-failed', `The key "${request.key}" ${fault}.`);
    let attempts = 0;
    try {
      return await askPatiently(
        (attempt) => askOnce(request, (attempts = attempt)),
        patience,
        request.signal,
      );
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.cause instanceof ArchiveError) throw error.cause;
      throw unreachable(asked.address, error, attempts);
    }
  }

  /** An answer to GET; that there is no bucket is a refusal, that there is no object is not. */
  async function getObject(
    key: string,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const answer = await sendSigned({ method: 'GET', key, headers: lowerCase(headers), signal });
    if (answer.status !== 404) return answer;
    const read = await readAnswer(answer);
    if (read.code === 'NoSuchBucket') throw refusal(asked, { method: 'GET', key }, read, 1);
    return { ...answer, discard: () => undefined };
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
        refusal: async (answer) =>
          refusal(asked, { method: 'GET', key }, await readAnswer(answer), 1),
      };
    },
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
