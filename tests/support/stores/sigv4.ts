// AWS Signature Version 4 of a request, recomputed by a server from what arrived, as the
// specification says and without any client's code.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html

import { createHash, createHmac } from 'node:crypto';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  /** Path and query, still encoded. */
  target: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
}

/** What the header `Authorization` says. */
export interface Authorization {
  accessKeyId: string;
  /** `20130524`. */
  day: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

/** The parts of the header; undefined where it is no signature of this kind. */
export function readAuthorization(header: string | undefined): Authorization | undefined {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]*)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
  const found = pattern.exec(header ?? '');
  if (found === null) return undefined;
  const [, accessKeyId = '', day = '', region = '', service = '', names = '', signature = ''] =
    found;
  return { accessKeyId, day, region, service, signedHeaders: names.split(';'), signature };
}

/** Every byte that is not unreserved (RFC 3986), encoded with capital digits. */
function encodeOnce(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      const code = byte.toString(16).toUpperCase().padStart(2, '0');
      return /[A-Za-z0-9._~-]/.test(sign) ? sign : `%${code}`;
    })
    .join('');
}

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** The signature that the request must have. */
export function expectedSignature(
  { method, target, headers }: ReceivedRequest,
  { day, region, service, signedHeaders }: Authorization,
  secretAccessKey: string,
): string {
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const canonicalPath = path
    .split('/')
    .map((part) => encodeOnce(decodeURIComponent(part)))
    .join('/');
  const canonicalQuery = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return `${encodeOnce(decodeURIComponent(name))}=${encodeOnce(decodeURIComponent(value))}`;
    })
    .sort()
    .join('&');
  const canonicalHeaders = signedHeaders
    .map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('');
  const canonical = [
    method,
    canonicalPath,
    canonicalQuery,
    canonicalHeaders,
    signedHeaders.join(';'),
    headers['x-amz-content-sha256'] ?? '',
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${headers['x-amz-date'] ?? ''}\n${scope}\n${digest}`;
  const key = [region, service, 'aws4_request'].reduce<Buffer>(
    (before, part) => hmac(before, part),
    hmac(`AWS4${secretAccessKey}`, day),
  );
  return hmac(key, toSign).toString('hex');
}
