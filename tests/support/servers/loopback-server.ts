// A server on loopback that responds with texts, and injects the faults a test requests.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The faults of a response. */
export type Fault =
  | 'reset' // the connection ends without a response
  | 'cut-off' // the connection ends before the body does
  | 'silence' // no response ever
  | { status: number; retryAfter?: string }
  | { redirect: string }
  | { body: string };

export interface LoopbackServer {
  /** Ends in `/`. */
  url: string;
  /** Every request so far, by its path and query. */
  requests: string[];
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** The response to a request; undefined for 404. */
  answer: (request: URL) => string | undefined;
  /** The fault of a request, `count` being how often it was requested; undefined for none. */
  fault?: (target: string, count: number) => Fault | undefined;
}

function fail(response: ServerResponse, fault: Fault, body: string): void {
  if (fault === 'silence') return;
  if (fault === 'reset') response.destroy();
  else if (fault === 'cut-off') {
    response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) + 1 });
    response.write(body, () => response.destroy());
  } else if ('body' in fault) response.end(fault.body);
  else if ('redirect' in fault) response.writeHead(302, { Location: fault.redirect }).end();
  else {
    const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
    response.writeHead(fault.status, headers).end('<html>An error page</html>');
  }
}

/** Serves until it is closed. */
export async function loopbackServer({
  answer,
  fault = () => undefined,
}: LoopbackOptions): Promise<LoopbackServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const target = request.url ?? '/';
    requests.push(target);
    const count = requests.filter((earlier) => earlier === target).length;
    const body = answer(new URL(target, `http://${request.headers.host}`));
    const found = fault(target, count);
    if (found !== undefined) fail(response, found, body ?? '');
    else if (body === undefined) response.writeHead(404).end('<html>Not found</html>');
    else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
