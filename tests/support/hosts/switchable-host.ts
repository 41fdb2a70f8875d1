// A host at one address whose site can be replaced, broken and removed while a browser uses it.

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BuiltSite } from '../sites/built-site.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface SwitchableHost {
  /** Address of the host, ending in `/`. */
  url: string;
  /** Serves another built site from now on: a deployment. */
  deploy(site: BuiltSite): void;
  /** Takes over responses for matching addresses; undefined ends that. */
  answer(pattern: RegExp, how: Answer | undefined): void;
  /** Ends all connections and stops listening, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Passes a request on to the server of a site. */
function forward(site: BuiltSite, request: IncomingMessage, response: ServerResponse): void {
  const target = new URL(request.url ?? '/', site.url);
  const asked = ask(target, { method: request.method, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  asked.end();
}

/** Starts such a host with a site; the caller closes it, and the site. */
export async function switchableHost(first: BuiltSite): Promise<SwitchableHost> {
  let site = first;
  const answers = new Map<string, { pattern: RegExp; how: Answer }>();
  const server = createServer((request, response) => {
    const own = [...answers.values()].find(({ pattern }) => pattern.test(request.url ?? ''));
    if (own === undefined) forward(site, request, response);
    else own.how(request, response);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    deploy: (next) => {
      site = next;
    },
    answer: (pattern, how) => {
      if (how === undefined) answers.delete(pattern.source);
      else answers.set(pattern.source, { pattern, how });
    },
    stop,
    start: () => listen(port),
    close: stop,
  };
}
