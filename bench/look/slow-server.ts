// A folder on loopback over a slow line: each request waits, and all responses share its speed.

import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface SlowLine {
  /** Milliseconds before each response. */
  delay: number;
  /** Bytes per second, shared by all responses. */
  speed: number;
}

export interface SlowServer {
  /** Ends in `/`. */
  url: string;
  /** Since the last reset: requests, and bytes of bodies that were sent. */
  count: { requests: number; bytes: number };
  reset(): void;
  close(): void;
}

const PIECE = 16 * 1024;

/** Serves the files of a folder, whole or by ranges. */
export async function slowServer(folder: string, { delay, speed }: SlowLine): Promise<SlowServer> {
  const count = { requests: 0, bytes: 0 };
  let free = 0;
  /** Waits until the line has carried so many bytes more. */
  async function carry(bytes: number): Promise<void> {
    free = Math.max(free, performance.now()) + (bytes / speed) * 1000;
    const left = free - performance.now();
    if (left > 1) await wait(left);
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    count.requests += 1;
    await wait(delay);
    const file = path.join(folder, path.basename(decodeURIComponent(request.url ?? '/')));
    const { size } = statSync(file);
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const from = Number(first ?? 0);
    const end = Math.min(size, last === undefined || last === '' ? size : Number(last) + 1);
    response.writeHead(first === undefined ? 200 : 206, {
      'Accept-Ranges': 'bytes',
      'Content-Length': end - from,
      ETag: `"${size}"`,
      ...(first === undefined ? {} : { 'Content-Range': `bytes ${from}-${end - 1}/${size}` }),
    });
    if (end > from)
      for await (const piece of createReadStream(file, {
        start: from,
        end: end - 1,
        highWaterMark: PIECE,
      })) {
        if (response.destroyed) return;
        await carry((piece as Buffer).length);
        count.bytes += (piece as Buffer).length;
        response.write(piece);
      }
    response.end();
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    count,
    reset() {
      count.requests = 0;
      count.bytes = 0;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
