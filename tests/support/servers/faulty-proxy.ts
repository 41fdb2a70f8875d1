// A loopback proxy in front of a store, with the faults a test specifies. It keeps the Host header, so that
// signatures stay valid.

import { createServer, request as send, type IncomingMessage } from 'node:http';
import { listenForTest } from '../forge/git-server.ts';

/** What goes wrong with a request. */
export type ProxyFault =
  | 'cut' // the connection ends while the body is on its way
  | 'lost-answer' // the store does it, and nobody hears of it
  | { status: number; code: string };

export interface FaultyProxy {
  /** Ends without a slash. */
  endpoint: string;
  /** Method and path with its query, of each request. */
  requests: string[];
  /** Called before each request is forwarded. */
  fault: (request: string) => ProxyFault | undefined;
  /** Called when the store has responded, even if the response is dropped. */
  answered: (request: string) => void;
}

/** Passes requests on to a service until the test has finished. */
export async function faultyProxy(target: string): Promise<FaultyProxy> {
  const proxy: FaultyProxy = {
    endpoint: '',
    requests: [],
    fault: () => undefined,
    answered: () => undefined,
  };
  const { hostname, port } = new URL(target);
  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    const named = `${method} ${path}`;
    proxy.requests.push(named);
    const fault = proxy.fault(named);
    if (typeof fault === 'object') {
      request.resume().on('end', () => {
        const text = `<Error><Code>${fault.code}</Code></Error>`;
        response.writeHead(fault.status, { 'Content-Type': 'application/xml' }).end(text);
      });
      return;
    }
    if (fault === 'cut') {
      request.once('data', () => request.socket.destroy());
      return;
    }
    const passed = send({ hostname, port, method, path, headers }, (answer: IncomingMessage) => {
      answer.once('end', () => proxy.answered(named));
      if (fault === 'lost-answer') {
        answer.resume().on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    // The store must notice an aborted request.
    response.on('close', () => {
      if (!response.writableFinished && fault !== 'lost-answer') passed.destroy();
    });
    request.pipe(passed);
  });
  proxy.endpoint = await listenForTest(server);
  return proxy;
}
