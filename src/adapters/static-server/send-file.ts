// Sends one file as a response: conditions, ranges, compression, HEAD.

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { parseByteRange } from './byte-range.ts';
import { isCompressible } from '../../core/hosting/media-type.ts';
import type { ServedFile } from './served-folder.ts';

export interface Sending {
  mediaType: string;
  /** 200, or 404 for the "not found" page. */
  status?: number;
  /** Whether text may be compressed; never for the store, whose bytes are addressed by range. */
  compress: boolean;
  headers?: OutgoingHttpHeaders;
}

// Below this a compressed response is hardly smaller than its headers.
const MIN_COMPRESSED_BYTES = 512;
// 5 is the level at which brotli is as fast as gzip and clearly smaller.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Whether a list of content codings allows one: named, or `*`, and not with weight zero. */
function accepts(header: string | undefined, coding: string): boolean {
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    if (name === coding) return !parameters.some((text) => /^q=0(\.0*)?$/.test(text));
  }
  return false;
}

/** Whether the client's copy is still current (RFC 9110, section 13). */
function isUnchanged(request: IncomingMessage, etag: string, modified: Date): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return tags
      .split(',')
      .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return Math.floor(modified.getTime() / 1000) * 1000 <= since;
}

/** Whether a range may be sent: a client that joins parts must have the same file. */
function isSameFile(request: IncomingMessage, file: ServedFile): boolean {
  const condition = request.headers['if-range'];
  return (
    condition === undefined || condition === file.etag || condition === file.modified.toUTCString()
  );
}

/** Answers a request with a file, and closes it. A client that disconnects is not a failure. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
  { mediaType, status = 200, compress, headers = {} }: Sending,
): Promise<void> {
  try {
    const mayCompress = compress && isCompressible(mediaType);
    const hasRange = request.headers.range !== undefined && status === 200;
    const coding =
      !mayCompress || hasRange || file.size < MIN_COMPRESSED_BYTES
        ? undefined
        : ['br', 'gzip'].find((name) => accepts(request.headers['accept-encoding'], name));
    // Each coding is a representation of its own and needs its own strong validator.
    const etag = coding === undefined ? file.etag : file.etag.replace(/"$/, `-${coding}"`);
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) response.setHeader(name, value);
    response.setHeader('ETag', etag);
    response.setHeader('Last-Modified', file.modified.toUTCString());
    if (mayCompress) response.setHeader('Vary', 'Accept-Encoding');

    if (status === 200 && isUnchanged(request, etag, file.modified)) {
      response.writeHead(304).end();
      return;
    }
    response.setHeader('Content-Type', mediaType);
    if (coding === undefined) response.setHeader('Accept-Ranges', 'bytes');

    const range =
      hasRange && isSameFile(request, file)
        ? parseByteRange(request.headers.range, file.size)
        : undefined;
    if (range === 'unsatisfiable') {
      response
        .writeHead(416, { 'Content-Range': `bytes */${file.size}`, 'Content-Length': 0 })
        .end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: file.size - 1 };
    if (range !== undefined)
      response.setHeader('Content-Range', `bytes ${start}-${end}/${file.size}`);
    if (coding === undefined) response.setHeader('Content-Length', end - start + 1);
    else response.setHeader('Content-Encoding', coding);
    response.writeHead(range === undefined ? status : 206);
    if (request.method === 'HEAD' || file.size === 0) {
      response.end();
      return;
    }
    const bytes = file.handle.createReadStream({ start, end, autoClose: false });
    if (coding === 'br') await pipeline(bytes, createBrotliCompress(BROTLI), response);
    else if (coding === 'gzip') await pipeline(bytes, createGzip(), response);
    else await pipeline(bytes, response);
  } catch (error) {
    // The headers have been sent: the broken connection tells the client that bytes are missing.
    if (!response.destroyed) response.destroy(error as Error);
  } finally {
    await file.handle.close();
  }
}
