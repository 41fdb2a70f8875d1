// Signed requests to an S3-compatible service (AWS Signature Version 4): with an access key, or with addresses
// signed by someone who has one. Code that sends requests needs only a signer.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html

import { AwsV4Signer } from 'aws4fetch';
import { ArchiveError } from '../../core/error.ts';
import type { S3Place } from '../../core/records/s3-place.ts';

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export type S3Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';

/** Address and headers of a signed request. */
export interface SignedRequest {
  url: string;
  headers: Record<string, string>;
}

/**
 * Signs a request for a whole key (with the prefix of its place), or for the bucket if it is empty.
 * Names of headers are in lower case; `x-amz-content-sha256` is the hexadecimal SHA-256 of the body.
 *
 * @throws ArchiveError `store-failed` if it cannot sign this request
 */
export type Signer = (
  method: S3Method,
  key: string,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
) => Promise<SignedRequest>;

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** A key as it is written in a path, and in the header `x-amz-copy-source`. */
export function encodedKey(key: string): string {
  return key.split('/').map(encoded).join('/');
}

/** The region that requests are signed for. Services other than AWS mostly have only one. */
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

function addressOf(place: S3Place, key: string, query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
  const question = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return `${bucketAddress(place)}/${encodedKey(key)}${question}`;
}

/** Signs each request with an access key. */
export function keySigner(place: S3Place, credentials: S3Credentials): Signer {
  return async (method, key, query, headers) => {
    const signer = new AwsV4Signer({
      method,
      url: addressOf(place, key, query),
      headers: { ...headers },
      ...credentials,
      service: 's3',
      region: regionOf(place),
    });
    const signed = await signer.sign();
    return { url: signed.url.href, headers: Object.fromEntries(signed.headers) };
  };
}

/** A request that an address can be signed for. */
export interface GrantedRequest {
  method: S3Method;
  key: string;
  query: Readonly<Record<string, string>>;
  /** All are signed, so that the address works only with these values; names in lower case. */
  headers: Readonly<Record<string, string>>;
}

/** A request with the signed address for it. */
export interface SignedAddress extends GrantedRequest {
  url: string;
}

/**
 * A presigned address: it allows one request for a number of seconds. With `content-length` and
 * `x-amz-checksum-sha256` (base64) among its headers it permits only these bytes.
 */
export async function signAddress(
  place: S3Place,
  credentials: S3Credentials,
  granted: GrantedRequest,
  seconds: number,
): Promise<SignedAddress> {
  const query = { ...granted.query, 'X-Amz-Expires': String(seconds) };
  const signer = new AwsV4Signer({
    method: granted.method,
    url: addressOf(place, granted.key, query),
    headers: { ...granted.headers },
    ...credentials,
    service: 's3',
    region: regionOf(place),
    signQuery: true,
    // By default, `content-length` is not signed.
    allHeaders: true,
  });
  return { ...granted, url: (await signer.sign()).url.href };
}

function nameOf({ method, key, query }: Omit<GrantedRequest, 'headers'>): string {
  const pairs = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([method, key, pairs]);
}

/**
 * Uses the signed addresses of a list. A request is sent with the headers that were signed for it; if its own
 * value for one of them differs, because its bytes do, it is refused before it is sent.
 */
export function addressSigner(addresses: Iterable<SignedAddress>): Signer {
  const known = new Map([...addresses].map((address) => [nameOf(address), address]));
  return async (method, key, query, headers) => {
    const found = known.get(nameOf({ method, key, query }));
    if (found === undefined)
      throw new ArchiveError(
        'store-failed',
        `There is no signed address to ${method} ${key} with.`,
      );
    for (const [name, value] of Object.entries(found.headers)) {
      if ((headers[name] ?? value) !== value)
        throw new ArchiveError(
          'store-failed',
          `The signed address for ${key} is for other bytes: its ${name} is not theirs.`,
        );
    }
    return { url: found.url, headers: { ...found.headers } };
  };
}
