// Where a bucket is, in settings and on the command line.

import { textMember, type JsonValue } from '../json/json-text.ts';

/** A bucket, or the part of it below a prefix. */
export interface S3Place {
  bucket: string;
  /** What every key begins with: empty, or ending in `/`. */
  prefix: string;
  /**
   * Address of an S3-compatible service; AWS by default. With `{bucket}` in its host name the bucket is
   * addressed by host name, else by path.
   */
  endpoint?: string;
  region?: string;
}

/** The syntax of the parts of a bucket address, in settings and on the command line. */
export const S3_PATTERNS = {
  bucket: /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/,
  endpoint: /^https?:\/\/[^\s"'<>?#@]+$/,
  region: /^[A-Za-z0-9-]{1,40}$/,
};

/** A prefix in the form that keys begin with; undefined if it is not a path. */
function toPrefix(text: string): string | undefined {
  const names = text.split('/').filter((name) => name !== '');
  if (names.some((name) => name === '.' || name === '..')) return undefined;
  return names.map((name) => `${name}/`).join('');
}

/** Whether it is the address of a service: a host with no more than a path. */
export function isS3Endpoint(text: string): boolean {
  return S3_PATTERNS.endpoint.test(text);
}

/** Whether it can be the name of a region; `auto` is one. */
export function isRegion(text: string): boolean {
  return S3_PATTERNS.region.test(text);
}

/** Reads `s3://bucket` and `s3://bucket/prefix`; undefined for anything else. */
export function parseS3Address(text: string): S3Place | undefined {
  const [, bucket = '', rest = ''] = /^s3:\/\/([^/]+)(\/.*)?$/.exec(text) ?? [];
  const prefix = toPrefix(rest);
  return S3_PATTERNS.bucket.test(bucket) && prefix !== undefined ? { bucket, prefix } : undefined;
}

/**
 * The bucket that a public address most likely belongs to: the first name of the host at AWS and at services
 * that address buckets by host name, else the first name of the path.
 */
export function bucketOfAddress(url: string): S3Place {
  const [, host = '', rest = ''] = /^https?:\/\/([^/?#]*)\/?([^?#]*)/i.exec(url) ?? [];
  const names = rest.split('/').filter((name) => name !== '');
  const [first = '', ...more] = host.split('.');
  const isInHost = more.length > 1 && /^s3\b/i.test(more.join('.'));
  const bucket = isInHost || names.length === 0 ? first : names[0]!;
  const inBucket = isInHost ? names : names.slice(1);
  return { bucket, prefix: inBucket.map((name) => `${name}/`).join('') };
}

/** `s3://bucket/prefix/`, as messages name it. */
export function formatS3Address({ bucket, prefix }: Pick<S3Place, 'bucket' | 'prefix'>): string {
  return `s3://${bucket}/${prefix}`;
}

/** The bucket of a store whose settings fit ARCHIVE_SCHEMA. */
export function toS3Place(value: JsonValue): S3Place {
  const endpoint = textMember(value, 'endpoint');
  const region = textMember(value, 'region');
  return {
    bucket: textMember(value, 'bucket') ?? '',
    prefix: toPrefix(textMember(value, 'prefix') ?? '') ?? '',
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
  };
}
