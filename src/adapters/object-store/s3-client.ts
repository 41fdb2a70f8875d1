// Signed requests to an S3-compatible service (AWS Signature Version 4), asked again where it is
// busy. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html

import { AwsV4Signer } from 'aws4fetch';
import { ArchiveError } from '../../core/error.ts';
import { problemOfPath } from '../../core/identifiers/asset-path.ts';
import type { S3Place } from '../../core/records/s3-place.ts';
import { sha256OfBytes } from '../digests/file-digests.ts';
import { answeredBytes, pause } from './answered-bytes.ts';
import { refusal, unreachable } from './s3-error.ts';

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface S3Request {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** The whole key, with the prefix of the place; without one the bucket itself is asked. */
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
}

export interface S3Answer {
  status: number;
  headers: Headers;
  body: Uint8Array;
}

/** The answer to a request: of status 200 to 299, or 404 for an object that is not there. */
export type S3Client = (request: S3Request) => Promise<S3Answer>;

export interface S3Settings {
  /** Waits that many milliseconds; tests do not. */
  wait?: (milliseconds: number) => Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ATTEMPTS = 5;
const FIRST_WAIT_MS = 200;
/** A service may ask to wait this long, not longer. */
const LONGEST_WAIT_MS = 30_000;
const PATIENCE_MS = 60_000;
/** Bytes a millisecond that even a slow line carries. */
const SLOW_LINE = 50;
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);
const BUSY_CODES = new Set(['SlowDown', 'RequestTimeout', 'InternalError', 'OperationAborted']);

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

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The region that requests are signed for. Services other than AWS mostly know but one. */
function regionOf({ region }: S3Place): string {
  return region ?? 'us-east-1';
}

/** The address of a bucket: by its host name (`…{bucket}…`), or by its path. */
export function bucketAddress(place: S3Place): string {
  const { bucket, endpoint } = place;
  // A certificate for *.s3.… does not cover a name with a dot in it.
  const ofAws = bucket.includes('.')
    ? `https://s3.${regionOf(place)}.amazonaws.com`
    : `https://{bucket}.s3.${regionOf(place)}.amazonaws.com`;
  const base = (endpoint ?? ofAws).replace(/\/+$/, '');
  return base.includes('{bucket}') ? base.replace('{bucket}', bucket) : `${base}/${bucket}`;
}

function addressOf(place: S3Place, { key = '', query = {} }: S3Request): string {
  const path = key.split('/').map(encoded).join('/');
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
  return `${bucketAddress(place)}/${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

async function sendOnce(
  place: S3Place,
  credentials: S3Credentials,
  request: S3Request,
): Promise<S3Answer> {
  const { method, headers = {}, body } = request;
  const signer = new AwsV4Signer({
    method,
    url: addressOf(place, request),
    headers: { ...headers, 'X-Amz-Content-Sha256': sha256OfBytes(body ?? new Uint8Array()) },
    ...credentials,
    service: 's3',
    region: regionOf(place),
  });
  const { url, headers: signed } = await signer.sign();
  const patience = method === 'GET' ? 10 * PATIENCE_MS : PATIENCE_MS;
  const response = await fetch(url, {
    method,
    headers: signed,
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(patience + Math.ceil((body?.length ?? 0) / SLOW_LINE)),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: await answeredBytes(response),
  };
}

/** The `Code` of an error; empty where the answer names none. */
export function errorCodeOf({ body }: Pick<S3Answer, 'body'>): string {
  const text = new TextDecoder().decode(body.subarray(0, 20_000));
  return /<Code>([A-Za-z]{1,60})<\/Code>/.exec(text)?.[1] ?? '';
}

function isBusy(answer: S3Answer): boolean {
  return BUSY.has(answer.status) || (answer.status >= 400 && BUSY_CODES.has(errorCodeOf(answer)));
}

/** How long to wait before the next attempt: what the service asks for, or longer each time. */
function waitFor(attempt: number, answer: S3Answer | undefined): number {
  const asked = Number(answer?.headers.get('retry-after') ?? NaN) * 1000;
  const own = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
  return Math.min(LONGEST_WAIT_MS, Number.isNaN(asked) ? own : Math.max(asked, own));
}

/**
 * A client for one bucket. A busy service (429, 5xx, `SlowDown`) and a broken connection are asked up
 * to five times; every other refusal is an ArchiveError `store-failed` that names bucket and key.
 * An object that is not there is an answer with status 404; a bucket that is not there is not.
 */
export function s3Client(
  place: S3Place,
  credentials: S3Credentials,
  { wait = pause }: S3Settings = {},
): S3Client {
  return async (request) => {
    const fault = request.key === undefined ? undefined : problemOfPath(request.key);
    if (fault !== undefined)
      throw new ArchiveError('store-failed', `The key "${request.key}" ${fault}.`);
    for (let attempt = 1; ; attempt += 1) {
      let answer: S3Answer | undefined;
      let cause: unknown;
      try {
        answer = await sendOnce(place, credentials, request);
      } catch (error) {
        cause = error;
      }
      const isLast = attempt === ATTEMPTS;
      if (answer === undefined) {
        if (isLast) throw unreachable(bucketAddress(place), cause, attempt);
      } else if (!isBusy(answer) || isLast) {
        const code = errorCodeOf(answer);
        if (answer.status < 300) return answer;
        if (answer.status === 404 && code !== 'NoSuchBucket') return answer;
        throw refusal(
          { ...place, address: bucketAddress(place) },
          request,
          { ...answer, code, text: new TextDecoder().decode(answer.body.subarray(0, 20_000)) },
          attempt,
        );
      }
      await wait(waitFor(attempt, answer));
    }
  };
}
