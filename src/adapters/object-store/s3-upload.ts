// Uploads in parts: several in parallel, each with its SHA-256, so that the service rejects bytes damaged in
// transit; parts of an interrupted upload that the service has are not sent again.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html

import { ArchiveError } from '../../core/error.ts';
import { dandiEtag } from '../../core/digests/dandi-etag.ts';
import { etagOfHeader } from '../../core/transfer/etag-header.ts';
import { escapeXml, textsOf } from './listing-xml.ts';
import type { UploadedPart, UploadState, Written, WriteOptions } from './object-store.ts';
import type { S3Response, S3Client } from './s3-client.ts';
import { sha256OfPart, type NewSha256, type SourcePart } from './source-parts.ts';

/** An upload of one object. */
export interface Upload {
  client: S3Client;
  /** The whole key. */
  key: string;
  newSha256: NewSha256;
  options: WriteOptions;
}

/** How long, in milliseconds, a service may be silent while it assembles the parts. */
const ASSEMBLY = 600_000;
/** An upload has at most 10,000 parts, 1,000 per listing. */
const MAX_LISTINGS = 100;

/** A hexadecimal digest in base64, as S3 writes checksums. */
export function base64OfHex(hex: string): string {
  const bytes = (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(parseInt(byte, 16)));
  return btoa(bytes.join(''));
}

function hexOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^[A-Za-z0-9+/]{43}=$/.test(text)) return undefined;
  const bytes = [...atob(text)].map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0'));
  return bytes.join('');
}

/** The headers an object is served with, as request headers. */
export function objectHeaders({ contentType, cacheControl }: WriteOptions): Record<string, string> {
  return {
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
  };
}

function missingInResponse({ key }: Upload, what: string): ArchiveError {
  return new ArchiveError('store-failed', `The store does not say ${what} of ${key}.`);
}

/** Begins an upload, by default of parts with SHA-256. */
export async function beginUpload(
  upload: Upload,
  partSize: number,
  hasDigests = true,
): Promise<UploadState> {
  const { client, key, options } = upload;
  const { text, status } = await client.ask({
    method: 'POST',
    key,
    query: { uploads: '' },
    headers: {
      ...objectHeaders(options),
      ...(hasDigests ? { 'x-amz-checksum-algorithm': 'SHA256' } : {}),
    },
    signal: options.signal,
  });
  const [uploadId] = textsOf(text, 'UploadId');
  if (status !== 200 || uploadId === undefined || uploadId === '')
    throw missingInResponse(upload, 'the id of the upload');
  return { uploadId, partSize, parts: [] };
}

/** A part as the service lists it, possibly without SHA-256. */
type ListedPart = Omit<UploadedPart, 'sha256'> & { sha256: string | undefined };

/** The parts of an upload that the service has, by number; undefined if there is no such upload. */
async function listParts(
  { client, key, options }: Upload,
  uploadId: string,
): Promise<Map<number, ListedPart> | undefined> {
  const parts = new Map<number, ListedPart>();
  let marker = '';
  for (let count = 0; count < MAX_LISTINGS; count += 1) {
    const query = { ...(marker === '' ? {} : { 'part-number-marker': marker }), uploadId };
    const { status, text } = await client.ask({
      method: 'GET',
      key,
      query,
      signal: options.signal,
    });
    if (status === 404) return undefined;
    for (const [, entry = ''] of text.matchAll(/<Part>([^]*?)<\/Part>/g)) {
      const [number, size] = [textsOf(entry, 'PartNumber'), textsOf(entry, 'Size')].map(Number);
      const etag = etagOfHeader(textsOf(entry, 'ETag')[0]);
      const sha256 = hexOf(textsOf(entry, 'ChecksumSHA256')[0]);
      if (number !== undefined && size !== undefined && etag !== undefined)
        parts.set(number, { number, size, etag, sha256 });
    }
    if (textsOf(text, 'IsTruncated')[0] !== 'true') break;
    marker = textsOf(text, 'NextPartNumberMarker')[0] ?? '';
    if (marker === '') break;
  }
  return parts;
}

/** What the service has of an interrupted upload. */
export interface Resumed {
  /** With the parts of the journal that the service has unchanged. */
  state: UploadState;
  /** Parts that were sent but not journaled: they are compared with the source. */
  unnoted: Map<number, ListedPart>;
}

/** Compares a journaled state with the service; undefined if the upload no longer exists. */
export async function resumeUpload(
  upload: Upload,
  noted: UploadState,
): Promise<Resumed | undefined> {
  const unnoted = await listParts(upload, noted.uploadId);
  if (unnoted === undefined) return undefined;
  const parts = noted.parts.filter(({ number, size, etag }) => {
    const there = unnoted.get(number);
    return there?.size === size && there.etag === etag;
  });
  for (const { number } of parts) unnoted.delete(number);
  return { state: { ...noted, parts }, unnoted };
}

/**
 * Sends a part, unless the service has it already. `sent` is called for each byte that goes out, and of
 * when a part starts again.
 */
export async function sendPart(
  { client, key, newSha256, options }: Upload,
  uploadId: string,
  part: SourcePart,
  there: ListedPart | undefined,
  sent: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<UploadedPart> {
  const { number, size } = part;
  const sha256 = options.partDigests?.[number - 1] ?? (await sha256OfPart(part, newSha256));
  if (there?.size === size && there.sha256 === sha256) {
    sent(size);
    return { number, size, etag: there.etag, sha256 };
  }
  let before = 0;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    sent(-before);
    before = 0;
    for await (const piece of part.pieces()) {
      yield piece;
      before += piece.length;
      sent(piece.length);
    }
  };
  const response = await client.ask({
    method: 'PUT',
    key,
    query: { partNumber: String(number), uploadId },
    headers: { 'content-length': String(size), 'x-amz-checksum-sha256': base64OfHex(sha256) },
    body: { size, sha256, pieces },
    signal,
  });
  const etag = etagOfHeader(response.header('etag'));
  if (response.status !== 200 || etag === undefined)
    throw new ArchiveError('store-failed', `The store took no part ${number} of ${key}.`);
  return { number, size, etag, sha256 };
}

/** The ETag of an object with these parts, if their ETags are MD5 digests. */
export function etagOfParts(parts: readonly UploadedPart[]): string | undefined {
  if (!parts.every(({ etag }) => /^[0-9a-f]{32}$/.test(etag))) return undefined;
  return dandiEtag(
    parts.map(({ etag }) =>
      Uint8Array.from({ length: 16 }, (_, at) => parseInt(etag.slice(2 * at, 2 * at + 2), 16)),
    ),
  );
}

/** Whether the object under the key consists of these parts. */
export async function isCompleted(
  { client, key, options }: Upload,
  parts: readonly UploadedPart[],
): Promise<boolean> {
  const meant = etagOfParts(parts);
  const { status, header } = await client.ask({ method: 'HEAD', key, signal: options.signal });
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return (
    status === 200 &&
    meant !== undefined &&
    etagOfHeader(header('etag')) === meant &&
    Number(header('content-length')) === size
  );
}

function completionOf(parts: readonly UploadedPart[]): string {
  const entries = parts.map(
    ({ number, etag, sha256 }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>"${escapeXml(etag)}"</ETag>${
        sha256 === '' ? '' : `<ChecksumSHA256>${base64OfHex(sha256)}</ChecksumSHA256>`
      }</Part>`,
  );
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${entries.join('')}</CompleteMultipartUpload>`;
}

/** Completes the upload; only then does the object exist. */
export async function completeUpload(
  upload: Upload,
  { uploadId, parts }: UploadState,
): Promise<Written> {
  const { client, key, newSha256, options } = upload;
  const body = new TextEncoder().encode(completionOf(parts));
  const whole: SourcePart = { number: 1, size: body.length, pieces: () => [body] };
  const response: S3Response = await client.ask({
    method: 'POST',
    key,
    query: { uploadId },
    headers: {
      'content-length': String(body.length),
      'content-type': 'application/xml',
      ...(options.ifAbsent === true ? { 'if-none-match': '*' } : {}),
    },
    body: { ...whole, sha256: await sha256OfPart(whole, newSha256) },
    signal: options.signal,
    silence: ASSEMBLY,
  });
  if (response.status === 200) {
    const etag = etagOfHeader(textsOf(response.text, 'ETag')[0]) ?? etagOfParts(parts);
    return { kind: 'written', ...(etag === undefined || etag === '' ? {} : { etag }) };
  }
  // A request whose response was lost, or a process that was killed, may have completed it.
  const isGone = response.status === 404 || !(await abandonUpload(upload, uploadId));
  if ((isGone || options.resume !== undefined) && (await isCompleted(upload, parts)))
    return { kind: 'written', ...etagWithin(parts) };
  if (response.status === 412) return { kind: 'exists' };
  throw new ArchiveError('store-failed', `The store no longer knows the upload of ${key}.`, {
    hint: 'Run it again; it will be sent from the start.',
  });
}

function etagWithin(parts: readonly UploadedPart[]): { etag?: string } {
  const etag = etagOfParts(parts);
  return etag === undefined ? {} : { etag };
}

/**
 * Removes an unfinished upload; returns whether it existed. Ignores the upload's signal, which
 * may be the reason for the removal.
 */
export async function abandonUpload({ client, key }: Upload, uploadId: string): Promise<boolean> {
  return (await client.ask({ method: 'DELETE', key, query: { uploadId } })).status !== 404;
}
