// Requests by `fetch`, for browsers. It reaches nothing of Node.

import { piecesOf } from './bytes-stream.ts';
import { joined, type RequestBody, type SendRequest } from './http-request.ts';

// Browsers take no stream as a body over HTTP/1.1: a body is held whole, so that callers send parts.
async function wholeBody({ size, pieces }: RequestBody): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces()) all.push(piece);
  return joined(all, size);
}

/**
 * Sends by `fetch`. `cache` is that of a Request: `no-store` lets many ranges of one address be asked for
 * at once, which Chromium else does one after another.
 */
export function fetchRequest(cache?: RequestCache): SendRequest {
  return async ({ method, url, headers, body, signal, followRedirects }) => {
    const response = await fetch(url, {
      method,
      ...(headers === undefined ? {} : { headers: { ...headers } }),
      ...(body === undefined ? {} : { body: await wholeBody(body) }),
      ...(cache === undefined ? {} : { cache }),
      ...(signal === undefined ? {} : { signal }),
      // A page is not shown where a redirect leads: it is followed or an error.
      redirect: followRedirects === true ? 'follow' : 'error',
    });
    const stream = response.body;
    return {
      status: response.status,
      header: (name) => response.headers.get(name),
      ...(response.type === 'cors' ? { hidesHeaders: true } : {}),
      body: stream === null ? noPieces() : piecesOf(stream),
      discard: () => void stream?.cancel().catch(() => undefined),
    };
  };
}

/** The body of an answer that has none. */
async function* noPieces(): AsyncGenerator<Uint8Array> {
  return;
}
