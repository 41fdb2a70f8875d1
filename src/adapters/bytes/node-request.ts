// Requests by `node:http(s)`: half the CPU time of Node's `fetch`, and a body is sent as it is read
// (docs/decisions/0013-http-in-node.md).

import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { once } from 'node:events';
import { ArchiveError } from '../../core/error.ts';
import type { HttpResponse, HttpRequest, RequestBody, SendRequest } from './http-request.ts';

const MAX_REDIRECTS = 5;
/** A dropped body of up to this many bytes is read to its end, so that its connection can be reused. */
const CHEAP_BODY = 64 * 1024;

// An agent has a pool of connections per host; idle ones do not keep the process alive.
const SETTINGS = { keepAlive: true, maxSockets: 32, maxFreeSockets: 32 };
const agents = { http: new http.Agent(SETTINGS), https: new https.Agent(SETTINGS) };

function discard(message: IncomingMessage): void {
  // Whoever reads on request keeps it from flowing.
  message.removeAllListeners('readable');
  const length = Number(message.headers['content-length'] ?? NaN);
  if (length <= CHEAP_BODY || message.complete) message.resume();
  else message.destroy();
}

/** The pieces of a body as they come: a stream's own iterator takes three times as long for a small file. */
function piecesOf(message: IncomingMessage): AsyncIterableIterator<Uint8Array> {
  let wake = (): void => undefined;
  let failure: Error | undefined;
  message.on('readable', () => wake());
  message.on('end', () => wake());
  message.on('error', (error) => {
    failure = error;
    wake();
  });
  return {
    async next() {
      for (;;) {
        const value = message.read() as Uint8Array | null;
        if (value !== null) return { value, done: false };
        if (failure !== undefined) throw failure;
        if (message.readableEnded) return { value: undefined, done: true };
        if (message.destroyed) throw new Error('the connection ended before the body did');
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async return() {
      discard(message);
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function responseOf(message: IncomingMessage): HttpResponse {
  return {
    status: message.statusCode ?? 0,
    header(name) {
      const value = message.headers[name.toLowerCase()];
      return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
    },
    body: { [Symbol.asyncIterator]: () => piecesOf(message) },
    discard: () => {
      // A connection that breaks now no longer matters.
      message.on('error', () => undefined);
      discard(message);
    },
  };
}

/** Writes a body as fast as the connection accepts it. Stops early if the request has ended. */
async function sendBody(request: http.ClientRequest, { pieces }: RequestBody): Promise<void> {
  const ended = new AbortController();
  request.once('close', () => ended.abort());
  for await (const piece of pieces()) {
    if (request.destroyed || request.writableEnded) return;
    if (!request.write(piece)) await once(request, 'drain', { signal: ended.signal });
  }
  request.end();
}

/** Destroys a request and its response on a signal. Node's own option for it takes as long as all else together. */
function endOnAbort(request: http.ClientRequest, signal: AbortSignal | undefined): void {
  if (signal === undefined) return;
  const end = (): void => {
    request.destroy(signal.reason as Error);
  };
  signal.addEventListener('abort', end, { once: true });
  request.once('close', () => signal.removeEventListener('abort', end));
}

async function sendOnce({
  method,
  url,
  headers,
  body,
  signal,
}: HttpRequest): Promise<IncomingMessage> {
  signal?.throwIfAborted();
  const { protocol } = new URL(url);
  const [client, agent] = protocol === 'https:' ? [https, agents.https] : [http, agents.http];
  const length = body === undefined ? {} : { 'Content-Length': String(body.size) };
  const request = client.request(url, {
    method,
    agent,
    headers: { 'Accept-Encoding': 'identity', 'User-Agent': 'dandiset', ...headers, ...length },
  });
  endOnAbort(request, signal);
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    if (body === undefined) request.end();
    else
      sendBody(request, body).catch((error: unknown) => {
        reject(error);
        request.destroy();
      });
  });
}

const astray = (from: string, why: string): ArchiveError =>
  new ArchiveError('bytes-unreadable', `${from} could not be read: it redirects ${why}.`);

/** The target of a redirect. @throws ArchiveError if there is none, or if it leaves https */
function redirectTarget(from: string, message: IncomingMessage): string {
  const { location } = message.headers;
  if (location === undefined || !URL.canParse(location, from)) throw astray(from, 'to no address');
  const target = new URL(location, from);
  const isDowngrade = from.startsWith('https:') && target.protocol !== 'https:';
  if (isDowngrade || !/^https?:$/.test(target.protocol))
    throw astray(from, `to ${target.protocol.slice(0, -1)}, which is not followed`);
  return target.href;
}

/** Sends by `node:http(s)`. Requests uncompressed responses. */
export const nodeRequest: SendRequest = async (request) => {
  let { url } = request;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const message = await sendOnce({ ...request, url });
    const isRedirect = [301, 302, 303, 307, 308].includes(message.statusCode ?? 0);
    if (!isRedirect || request.followRedirects !== true) return responseOf(message);
    discard(message);
    url = redirectTarget(url, message);
  }
  throw astray(request.url, `more than ${MAX_REDIRECTS} times`);
};
