// Requests by `fetch`, for browsers; imports nothing of Node.

import { piecesOf } from './bytes-stream.ts';
import { joined, type RequestBody, type SendRequest } from './http-request.ts';

// Browsers accept no stream as a body over HTTP/1.1, so the whole body is in memory: callers send parts.
async function wholeBody({ size, pieces }: RequestBody): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces()) all.push(piece);
  return joined(all, size);
}

/**
 * Sends by `fetch`. `cache` is that of a Request: with `no-store`, Chromium requests many ranges of one
 * address in parallel instead of one after another.
 */
export function fetchRequest(cache?: RequestCache): SendRequest {
  return async ({ method, url, headers, body, signal, followRedirects }) => {
    const response = await fetch(url, {
      method,
      ...(headers === undefined ? {} : { headers: { ...headers } }),
      ...(body === undefined ? {} : { body: await wholeBody(body) }),
      ...(cache === undefined ? {} : { cache }),
      ...(signal === undefined ? {} : { signal }),
      // Browsers hide the target of a redirect: it is either followed or an error.
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

/** An empty body. */
async function* noPieces(): AsyncGenerator<Uint8Array> {
  return;
}
