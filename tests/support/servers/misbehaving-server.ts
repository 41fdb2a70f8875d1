// A loopback server of one file, or of the objects of a store, that handles ranges and conditions correctly, and misbehaves per request as
// a test specifies.

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** What is wrong with a response. Numbers are bytes of its body. */
export type Misbehaviour =
  | 'reset' // the connection ends without an answer
  | 'silence' // nothing ever comes
  | 'ignored-range' // the whole content with status 200
  | 'gzip' // the body compressed, and said so
  | 'no-length' // 206 without Content-Range and Content-Length
  | { drop: number } // the connection ends after so many
  | { stall: number } // nothing more comes after so many
  | { short: number } // so many are missing, and the length fits what is sent
  | { long: number } // so many are too many, and the length fits what is sent
  | { contentRange: string }
  | { etag: string } // of other content, of the same size
  | { flip: number } // the byte at this place of the body is another
  | { status: number; retryAfter?: string; body?: string }
  | { redirect: string };

type GivenFault = Partial<
  Record<'drop' | 'stall' | 'short' | 'long' | 'flip' | 'status', number> &
    Record<'contentRange' | 'etag' | 'retryAfter' | 'body' | 'redirect', string>
>;

/** A request as it came. */
export interface SeenRequest {
  method: string;
  path: string;
  range: string | undefined;
  ifRange: string | undefined;
}

export interface MisbehavingServer {
  /** Address of the content. */
  url: string;
  requests: SeenRequest[];
  /** Returns what is wrong with the response to a request, the `count`th of all, from 1. */
  script: (request: SeenRequest, count: number) => Misbehaviour | undefined;
  /** What it serves from now on. */
  content: Uint8Array;
  /** What else it serves, by its path without the first slash. */
  objects: Map<string, Uint8Array>;
  /** How many connections there have been. */
  connections: () => number;
  /** Called with the bytes of a body that were handed to the connection. */
  sent: (bytes: number) => void;
}

interface Part {
  from: number;
  to: number;
}

/** The range of a request, both ends included; undefined for the whole. */
function partOf(range: string | undefined, size: number): Part | 'none' | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === undefined) return undefined;
  if (Number(from) >= size) return 'none';
  return { from: Number(from), to: Math.min(size - 1, to ? Number(to) : size - 1) };
}

function breakOff(response: ServerResponse, body: Uint8Array, after: number, end: boolean): void {
  response.flushHeaders();
  response.write(body.subarray(0, after), () => {
    // The bytes must reach the other side before the connection ends.
    if (end) setImmediate(() => response.destroy());
  });
}

function answer(
  response: ServerResponse,
  seen: SeenRequest,
  content: Uint8Array,
  wrong: Misbehaviour | undefined,
  sent: (bytes: number) => void,
): void {
  const given: GivenFault = typeof wrong === 'object' ? wrong : {};
  const etag = given.etag ?? `"${createHash('md5').update(content).digest('hex')}"`;
  const isOther = seen.ifRange !== undefined && seen.ifRange !== etag;
  const part =
    wrong === 'ignored-range' || isOther ? undefined : partOf(seen.range, content.length);
  response.setHeader('ETag', etag);
  if (part === 'none') {
    response.writeHead(416, { 'Content-Range': `bytes */${content.length}` }).end();
    return;
  }
  // A Buffer would give a view of the same bytes.
  const from = part?.from ?? 0;
  let body = Uint8Array.prototype.slice.call(content, from, (part?.to ?? content.length - 1) + 1);
  if (part !== undefined) {
    const range = `bytes ${part.from}-${part.to}/${content.length}`;
    if (wrong !== 'no-length') response.setHeader('Content-Range', given.contentRange ?? range);
  }
  if (wrong === 'gzip') {
    response.setHeader('Content-Encoding', 'gzip');
    body = gzipSync(body);
  }
  if (given.short !== undefined) body = body.subarray(0, body.length - given.short);
  if (given.long !== undefined) body = Buffer.concat([body, new Uint8Array(given.long)]);
  if (given.flip !== undefined) body[given.flip] = (body[given.flip] ?? 0) ^ 1;
  if (wrong !== 'no-length') response.setHeader('Content-Length', body.length);
  response.statusCode = part === undefined ? 200 : 206;
  if (given.drop !== undefined) breakOff(response, body, given.drop, true);
  else if (given.stall !== undefined) breakOff(response, body, given.stall, false);
  else sendBody(response, seen.method === 'HEAD' ? new Uint8Array() : body, sent);
}

const PIECE = 256 * 1024;

/** Sends a body in pieces, so that a test can act in the middle of it. */
function sendBody(response: ServerResponse, body: Uint8Array, sent: (bytes: number) => void): void {
  let at = 0;
  const next = (): void => {
    if (at >= body.length) return void response.end();
    const piece = body.subarray(at, at + PIECE);
    at += piece.length;
    response.write(piece, (error) => {
      if (error) return;
      sent(piece.length);
      next();
    });
  };
  next();
}

function misbehave(
  request: IncomingMessage,
  response: ServerResponse,
  wrong: Misbehaviour | undefined,
): boolean {
  if (wrong === 'silence') return true;
  if (wrong === 'reset') {
    request.socket.destroy();
    return true;
  }
  if (typeof wrong !== 'object') return false;
  if ('redirect' in wrong) {
    response.writeHead(302, { Location: wrong.redirect }).end('moved');
    return true;
  }
  if (!('status' in wrong)) return false;
  if (wrong.retryAfter !== undefined) response.setHeader('Retry-After', wrong.retryAfter);
  response.writeHead(wrong.status, { 'Content-Type': 'text/html' });
  response.end(wrong.body ?? '<html>An error page</html>');
  return true;
}

/** Serves content until the test has finished. */
export async function misbehavingServer(
  content: Uint8Array,
  script: MisbehavingServer['script'] = () => undefined,
): Promise<MisbehavingServer> {
  const own: MisbehavingServer = {
    url: '',
    requests: [],
    script,
    content,
    objects: new Map(),
    sent: () => undefined,
    connections: () => connections,
  };
  let connections = 0;
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    const seen = { method, path, range: headers.range, ifRange: headers['if-range']?.toString() };
    own.requests.push(seen);
    const wrong = own.script(seen, own.requests.length);
    if (misbehave(request, response, wrong)) return;
    const name = path.slice(1).replace(/\?.*$/, '');
    const found = name === 'content' ? own.content : own.objects.get(decodeURIComponent(name));
    if (found !== undefined) answer(response, seen, found, wrong, own.sent);
    else response.writeHead(404).end('<html>Not found</html>');
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  own.url = `http://127.0.0.1:${port}/content`;
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return own;
}
