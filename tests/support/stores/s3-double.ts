// A store on loopback that answers as S3 does and is as strict: every request has to be signed by
// the one key it knows, bodies must have the digests their headers name. Buckets are asked for by
// path, or by host name where that is no number.

import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { listing } from './bucket-double.ts';
import { listenForTest } from '../forge/git-server.ts';
import { MultipartUploads } from './s3-multipart.ts';
import { expectedSignature, readAuthorization } from './sigv4.ts';

export interface SavedObject {
  bytes: Buffer;
  contentType: string | undefined;
  cacheControl: string | undefined;
  /** In quotes, if it is not that of a whole object. */
  etag?: string;
}

/** What goes wrong with a request, instead of its answer. */
export type S3Fault = 'cut' | { status: number; code: string };

export interface S3Double {
  /** Ends without a slash. */
  endpoint: string;
  /** What a process needs in its environment to write here. */
  environment: Record<string, string>;
  /** Bucket → key → object. */
  buckets: Map<string, Map<string, SavedObject>>;
  /** Those that have begun, of all buckets. */
  uploads: MultipartUploads;
  /** Method and path, decoded, of each request with its query left out. */
  requests: string[];
  /** Asked before each answer. */
  fault: (request: string) => S3Fault | undefined;
  /** The time of its clock, in milliseconds. */
  now: () => number;
}

const REGION = 'us-east-1';
const KEY = 'AKIATESTOFTHEARCHIVE';
const SECRET = 'a+secret/of/the/tests+0123456789ABCDEFGH';
const MAX_SKEW_MS = 15 * 60_000;

class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly more: string;
  constructor(status: number, code: string, more = '') {
    super(code);
    [this.status, this.code, this.more] = [status, code, more];
  }
}

function textHeaders(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
}

function checkSignature(
  method: string,
  target: string,
  headers: Record<string, string | undefined>,
  now: number,
): void {
  const authorization = readAuthorization(headers['authorization']);
  if (authorization === undefined) throw new Refused(403, 'AccessDenied');
  const { accessKeyId, day, region, signedHeaders, signature } = authorization;
  const time = headers['x-amz-date'] ?? '';
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const sent = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
  if (accessKeyId !== KEY) throw new Refused(403, 'InvalidAccessKeyId');
  if (!time.startsWith(day) || !(Math.abs(now - sent) <= MAX_SKEW_MS))
    throw new Refused(403, 'RequestTimeTooSkewed');
  if (region !== REGION)
    throw new Refused(400, 'AuthorizationHeaderMalformed', `<Region>${REGION}</Region>`);
  const mustBeSigned = Object.keys(headers).filter(
    (name) => name === 'host' || name.startsWith('x-amz-') || name === 'content-md5',
  );
  if (!mustBeSigned.every((name) => signedHeaders.includes(name)))
    throw new Refused(403, 'AccessDenied');
  if (expectedSignature({ method, target, headers }, authorization, SECRET) !== signature)
    throw new Refused(403, 'SignatureDoesNotMatch');
}

function checkBody(headers: Record<string, string | undefined>, body: Buffer): void {
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (headers['x-amz-content-sha256'] !== sha256)
    throw new Refused(400, 'XAmzContentSHA256Mismatch');
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64'))
    throw new Refused(400, 'BadDigest');
  const checksum = headers['x-amz-checksum-sha256'];
  if (checksum !== undefined && checksum !== createHash('sha256').update(body).digest('base64'))
    throw new Refused(400, 'BadDigest');
}

const etagOf = ({ bytes, etag }: SavedObject): string =>
  etag ?? `"${createHash('md5').update(bytes).digest('hex')}"`;

/** Answers with an object or a range of it; as other services do, without saying that one is empty. */
function answerObject(
  response: ServerResponse,
  method: string,
  object: SavedObject,
  sent: Record<string, string | undefined>,
): void {
  const etag = etagOf(object);
  if (sent['if-match'] !== undefined && sent['if-match'] !== etag)
    throw new Refused(412, 'PreconditionFailed');
  const { length } = object.bytes;
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(sent['range'] ?? '') ?? [];
  if (from !== undefined && Number(from) >= length) throw new Refused(416, 'InvalidRange');
  const body =
    from === undefined ? object.bytes : object.bytes.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + body.length - 1}/${length}`;
  response.writeHead(from === undefined ? 200 : 206, {
    ETag: etag,
    'Content-Length': body.length,
    'Content-Type': object.contentType ?? 'binary/octet-stream',
    ...(object.cacheControl === undefined ? {} : { 'Cache-Control': object.cacheControl }),
    ...(from === undefined ? {} : { 'Content-Range': range }),
  });
  response.end(method === 'HEAD' ? undefined : body);
}

/** Starts it with an empty bucket `lab`; it goes away with the test. */
export async function startS3(): Promise<S3Double> {
  const buckets = new Map([['lab', new Map<string, SavedObject>()]]);
  const double: S3Double = {
    endpoint: '',
    environment: {},
    buckets,
    uploads: new MultipartUploads(),
    requests: [],
    fault: () => undefined,
    now: Date.now,
  };

  function answer(
    response: ServerResponse,
    { method, target, headers }: { method: string; target: string; headers: IncomingHttpHeaders },
    body: Buffer,
  ): void {
    const sent = textHeaders(headers);
    checkSignature(method, target, sent, double.now());
    checkBody(sent, body);
    const url = new URL(target, 'http://s3.test');
    const ofHost = /^([^.:]+)(?::\d+)?$/.exec(sent['host'] ?? '')?.[1];
    const path = decodeURIComponent(url.pathname).slice(1);
    const [name = '', key = ''] = ofHost === undefined ? path.split(/\/(.*)/s) : [ofHost, path];
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new Refused(404, 'NoSuchBucket');
    const { searchParams } = url;
    const uploadId = searchParams.get('uploadId');
    if (key === '' && searchParams.get('list-type') === '2') {
      const entries = [...bucket].map(([one, object]) => ({
        key: one,
        size: object.bytes.length,
        etag: etagOf(object),
      }));
      response.end(listing(name, entries, searchParams, 3));
    } else if (searchParams.has('uploads')) {
      response.end(double.uploads.begin(key, sent['content-type'], sent['cache-control']));
    } else if (uploadId !== null) {
      answerUpload(response, bucket, { method, key, sent, searchParams, uploadId }, body);
    } else if (method === 'PUT') {
      if (sent['if-none-match'] === '*' && bucket.has(key))
        throw new Refused(412, 'PreconditionFailed');
      const contentType = sent['content-type'];
      const object = { bytes: body, contentType, cacheControl: sent['cache-control'] };
      bucket.set(key, object);
      response.writeHead(200, { ETag: etagOf(object) }).end();
    } else if (method === 'DELETE') {
      bucket.delete(key);
      response.writeHead(204).end();
    } else {
      const found = bucket.get(key);
      if (found === undefined) throw new Refused(404, 'NoSuchKey');
      answerObject(response, method, found, sent);
    }
  }

  function answerUpload(
    response: ServerResponse,
    bucket: Map<string, SavedObject>,
    asked: {
      method: string;
      key: string;
      sent: Record<string, string | undefined>;
      searchParams: URLSearchParams;
      uploadId: string;
    },
    body: Buffer,
  ): void {
    const { method, key, sent, searchParams, uploadId } = asked;
    const upload = double.uploads.open.get(uploadId);
    if (upload === undefined || upload.key !== key) throw new Refused(404, 'NoSuchUpload');
    if (method === 'GET') {
      response.end(double.uploads.list(upload, Number(searchParams.get('part-number-marker'))));
    } else if (method === 'DELETE') {
      double.uploads.open.delete(uploadId);
      response.writeHead(204).end();
    } else if (method === 'PUT') {
      const copied = sent['x-amz-copy-source'];
      const number = Number(searchParams.get('partNumber'));
      if (copied === undefined) {
        response.writeHead(200, { ETag: double.uploads.put(upload, number, body) }).end();
        return;
      }
      const [, from = '', source = ''] =
        /^\/([^/]+)\/(.*)$/s.exec(decodeURIComponent(copied)) ?? [];
      const found = buckets.get(from)?.get(source);
      if (found === undefined) throw new Refused(404, 'NoSuchKey');
      const match = sent['x-amz-copy-source-if-match'];
      if (match !== undefined && match !== etagOf(found))
        throw new Refused(412, 'PreconditionFailed');
      const [, start, end] =
        /^bytes=(\d+)-(\d+)$/.exec(sent['x-amz-copy-source-range'] ?? '') ?? [];
      const part = found.bytes.subarray(Number(start), Number(end) + 1);
      const etag = double.uploads.put(upload, number, part).replaceAll('"', '&#34;');
      response.end(`<CopyPartResult><ETag>${etag}</ETag></CopyPartResult>`);
    } else {
      if (sent['if-none-match'] === '*' && bucket.has(key))
        throw new Refused(412, 'PreconditionFailed');
      const whole = double.uploads.complete(upload, body.toString());
      if (whole === undefined) throw new Refused(400, 'InvalidPart');
      const { contentType, cacheControl } = upload;
      bucket.set(key, { ...whole, contentType, cacheControl });
      double.uploads.open.delete(uploadId);
      const etag = whole.etag.replaceAll('"', '&quot;');
      response.end(
        `<CompleteMultipartUploadResult><ETag>${etag}</ETag></CompleteMultipartUploadResult>`,
      );
    }
  }

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url: target = '', headers } = request;
      const named = `${method} ${decodeURIComponent(target.split('?')[0] ?? '')}`;
      double.requests.push(named);
      response.setHeader('Date', new Date(double.now()).toUTCString());
      try {
        const fault = double.fault(named);
        if (fault === 'cut') {
          request.socket.destroy();
          return;
        }
        if (fault !== undefined) throw new Refused(fault.status, fault.code);
        answer(response, { method, target, headers }, Buffer.concat(pieces));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        response.writeHead(error.status, { 'Content-Type': 'application/xml' });
        // As AWS does, it repeats what it got: messages must not.
        const given = `<AWSAccessKeyId>${KEY}</AWSAccessKeyId>${error.more}`;
        const text = `<?xml version="1.0"?>\n<Error><Code>${error.code}</Code><Message>Refused ${KEY}</Message>${given}</Error>`;
        response.end(method === 'HEAD' ? undefined : text);
      }
    });
  });
  double.endpoint = await listenForTest(server);
  double.environment = {
    AWS_ENDPOINT_URL: double.endpoint,
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_SESSION_TOKEN: '',
    AWS_REGION: REGION,
  };
  return double;
}
